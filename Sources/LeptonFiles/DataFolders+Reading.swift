/// Files of data sets, which are checked against the sums beside them.
extension DataFolders {
  /// What a path begins with that names a file of a data set: `data:iris/iris.csv`.
  static let scheme = "data:"

  /// The path within the folders that a path beginning with `data:` names; nil for any other.
  static func place(of path: String) -> String? {
    path.hasPrefix(scheme) ? String(path.dropFirst(scheme.utf8.count)) : nil
  }

  /// Reads a file of a set.
  ///
  /// - Parameter path: `SET/FILE`, as in `iris/iris.csv`.
  /// - Throws: `data/missing` if no folder has it, `data/damaged` if its SHA-256 is not the one that
  ///   `SHA256SUMS` beside it says, and what `FileBroker.read` throws.
  public func read(_ path: String, limit: Int = 1 << 31) throws(FileError) -> [UInt8] {
    guard let folder = folder(holding: path) else { throw missing(path) }
    let bytes = try broker(for: folder).read(path, limit: limit)
    if let digest = sums(beside: path, in: folder)[path], digest != SHA256.hex(bytes) {
      throw .changed(folder + "/" + path, digest: digest, found: SHA256.hex(bytes))
    }
    return bytes
  }

  /// Opens a file of a set, all bytes of which are gone through once.
  ///
  /// - Throws: What `read` throws, but for `file/size`.
  func opened(_ path: String) throws(FileError) -> OpenFile {
    guard let folder = folder(holding: path) else { throw missing(path) }
    let file = try broker(for: folder).opened(path)
    if let digest = sums(beside: path, in: folder)[path] {
      let found = try SHA256.hex(of: file)
      if digest != found { throw .changed(folder + "/" + path, digest: digest, found: found) }
    }
    return file
  }

  /// The digests that `SHA256SUMS` of the set in a folder says, by path.
  public func sums(beside path: String, in folder: String) -> [String: String] {
    let set = path.prefix { $0 != "/" }
    guard let text = try? broker(for: folder).readText("\(set)/SHA256SUMS", limit: 1 << 20) else {
      return [:]
    }
    let lines = text.split(separator: "\n").map { $0.split(separator: " ", maxSplits: 1) }
    return Dictionary(
      lines.filter { $0.count == 2 }.map {
        ("\(set)/" + $0[1].drop { $0 == " " || $0 == "*" }, String($0[0]))
      }
    ) { first, _ in first }
  }

  /// Nobody has a file of a set.
  public func missing(_ path: String) -> FileError {
    let set = String(path.prefix { $0 != "/" })
    let searched = folders.map(\.quoted).joined(separator: ", ")
    return FileError(
      code: "data/missing",
      message: "the data set `\(set)` is not here: there is no `\(path)` in "
        + (searched.isEmpty ? "any folder, since none is known" : searched),
      help: [
        "`lepton-run data list` tells which sets there are, and how each is had",
        "or name the folder that holds `\(set)` in the environment variable LEPTON_DATA",
      ])
  }
}

extension FileError {
  /// A file of a set has other bytes than it should.
  public static func changed(_ path: String, digest: String, found: String) -> FileError {
    FileError(
      code: "data/damaged",
      message: "`\(path)` is damaged: its SHA-256 should be \(digest), but is \(found)",
      help: ["install Lepton again, or name a folder with a good copy in LEPTON_DATA"])
  }
}
