import Glibc

// What stands in a folder.
extension FileBroker {
  /// The names in a folder that may be read, in order, those of folders with a slash behind them; those
  /// that begin with a dot are left out.
  ///
  /// - Throws: `file/missing`, `file/denied`, `file/permission`, `file/kind` (no folder), `file/path`,
  ///   `file/size` (more than a million names).
  public func names(in path: String) throws(FileError) -> [String] {
    let file = try FileError.wording(FileError.reading, path) { try open(path, O_DIRECTORY) }
    guard let stream = fdopendir(dup(file.number)) else {
      throw FileError.reading(path, SystemError(errno))
    }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      let isFolder = entry.pointee.d_type == UInt8(DT_DIR)
      if !name.hasPrefix(".") { names.append(isFolder ? name + "/" : name) }
      guard names.count <= 1_000_000 else {
        throw FileError(
          code: "file/size", message: "\(path.quoted) holds more than a million names")
      }
    }
    return names.sorted()
  }
}
