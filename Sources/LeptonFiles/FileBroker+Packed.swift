/// Files that gzip may have packed.
extension FileBroker {
  /// The bytes of a file, unpacked if gzip has packed them.
  ///
  /// - Throws: What `read` and `gunzip` throw.
  public func content(of path: String) throws(FileError) -> [UInt8] {
    let bytes = try read(path)
    return bytes.isGzip ? try gunzip(bytes, limit: sizeLimit, name: path) : bytes
  }

  /// The text of a file in UTF-8, unpacked if gzip has packed it.
  ///
  /// - Throws: What `content(of:)` throws, and `file/text`.
  public func text(of path: String) throws(FileError) -> String {
    try String(content(of: path), in: path)
  }
}

extension [UInt8] {
  /// Whether they begin with the mark of gzip, and are not a safetensors file, whose JSON begins behind a length
  /// that may look like it.
  fileprivate var isGzip: Bool {
    starts(with: [0x1F, 0x8B]) && !(count > 8 && self[8] == UInt8(ascii: "{"))
  }
}

extension String {
  /// Bytes of a file as text in UTF-8.
  ///
  /// - Throws: `file/text`.
  init(_ bytes: [UInt8], in path: String) throws(FileError) {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw FileError(
        code: "file/text", message: "\(path.quoted) is not text in UTF-8",
        help: ["save it as UTF-8"])
    }
    self = text
  }
}
