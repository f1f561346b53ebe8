import Glibc
import LeptonSession

/// Files and folders whose names begin as a text does.
enum PathCompletion {
  /// The most names of a folder that are looked at.
  private static let limit = 20_000

  /// Finds folders and those files that are wanted; those whose names begin with a point only if the
  /// text says so.
  static func completions(
    of text: String, isWanted: (String) -> Bool = { _ in true }
  ) -> [Completion] {
    let folder = text.lastIndex(of: "/").map { text[...$0] } ?? ""
    let prefix = text[folder.endIndex...]
    return names(in: folder.isEmpty ? "." : String(folder)).filter {
      $0.hasPrefix(prefix) && (!prefix.isEmpty || $0.first != ".")
    }.map { completion($0, in: folder, replacing: prefix.utf8.count) }
      .filter { $0.text.hasSuffix("/") || isWanted($0.text) }
  }

  /// The names in a folder, sorted.
  static func names(in folder: String) -> [String] {
    guard let stream = opendir(folder) else { return [] }
    defer { closedir(stream) }
    var found: [String] = []
    while found.count < limit, let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != ".", name != ".." { found.append(name) }
    }
    return found.sorted()
  }

  /// Writes how large a file is: `812 bytes`, `14 kB`, `3.2 MB`.
  private static func size(_ count: Int) -> String {
    if count < 1000 { return count == 1 ? "1 byte" : "\(count) bytes" }
    let units = [("GB", 1e9), ("MB", 1e6), ("kB", 1e3)]
    let (name, size) = units.first { Double(count) >= $0.1 } ?? ("kB", 1e3)
    let number = (Double(count) / size * 10).rounded() / 10
    return number < 10 ? "\(number) \(name)" : "\(Int(number.rounded())) \(name)"
  }

  private static func completion(
    _ name: String, in folder: Substring, replacing count: Int
  ) -> Completion {
    var status = stat()
    let isKnown = stat(folder + name, &status) == 0
    if isKnown, status.st_mode & S_IFMT == S_IFDIR {
      return Completion(text: name + "/", replaces: count, summary: "folder")
    }
    return Completion(
      text: name, replaces: count, summary: isKnown ? size(Int(status.st_size)) : "")
  }
}
