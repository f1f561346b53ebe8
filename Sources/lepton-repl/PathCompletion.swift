import Glibc
import LeptonSession

/// Files and folders whose names begin as a text does.
enum PathCompletion {
  /// The most names of a folder that are looked at.
  private static let limit = 20_000

  /// Finds them; those whose names begin with a point only if the text says so.
  static func completions(of text: String) -> [Completion] {
    let folder = text.lastIndex(of: "/").map { text[...$0] } ?? ""
    let prefix = text[folder.endIndex...]
    guard let stream = opendir(folder.isEmpty ? "." : String(folder)) else { return [] }
    defer { closedir(stream) }
    var found: [Completion] = []
    for _ in 0..<limit {
      guard let entry = readdir(stream) else { break }
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      guard name.hasPrefix(prefix), name != ".", name != "..",
        prefix.isEmpty == false || name.first != "."
      else { continue }
      found.append(completion(name, in: folder, replacing: prefix.utf8.count))
    }
    return found.sorted { $0.text < $1.text }
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
      text: name, replaces: count, summary: isKnown ? "\(status.st_size) bytes" : "")
  }
}
