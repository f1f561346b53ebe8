import Glibc

/// An absolute path in its parts, without `.`, `..` and empty ones.
struct PathName: Hashable {
  private(set) var parts: [String]

  private init(parts: [String]) {
    self.parts = parts
  }

  /// Takes a path apart; a relative one starts at a folder, itself from the current one.
  init(_ path: String, in folder: String = ".") throws(FileError) {
    guard !path.isEmpty else {
      throw FileError(code: "file/path", message: "the path is empty")
    }
    guard !path.utf8.contains(0), !folder.utf8.contains(0) else {
      throw FileError(code: "file/path", message: "a path cannot contain the character U+0000")
    }
    parts = []
    if !path.utf8.starts(with: "/".utf8) {
      if !folder.utf8.starts(with: "/".utf8) { append(PathName.currentFolder()) }
      append(folder)
    }
    append(path)
  }

  private mutating func append(_ path: String) {
    for part in path.utf8.split(separator: UInt8(ascii: "/")) {
      switch String(Substring(part)) {
      case ".": continue
      case "..": _ = parts.popLast()
      case let name: parts.append(name)
      }
    }
  }

  private static func currentFolder() -> String {
    guard let path = getcwd(nil, 0) else { return "/" }
    defer { free(path) }
    return String(cString: path)
  }

  /// The path as one text.
  var text: String { "/" + parts.joined(separator: "/") }

  /// The last part; none for the root of the file system.
  var name: String? { parts.last }

  /// The folder in which it stands.
  var folder: PathName { PathName(parts: parts.dropLast()) }

  /// The parts below a folder, empty for the folder itself; nil if it is not below it.
  ///
  /// Names are compared byte for byte, as the kernel does, not as Unicode does.
  func parts(below root: PathName) -> [String]? {
    let isBelow =
      parts.count >= root.parts.count && zip(root.parts, parts).allSatisfy(PathName.same)
    return isBelow ? Array(parts.dropFirst(root.parts.count)) : nil
  }

  private static func same(_ one: String, _ other: String) -> Bool {
    one.utf8.elementsEqual(other.utf8)
  }
}
