import Glibc

/// A folder of a test's own, removed with all that is in it.
final class TemporaryFolder {
  let path: String

  init() {
    var template = Array("/tmp/lepton-files-XXXXXX".utf8CString)
    _ = mkdtemp(&template)
    path = String(decoding: template.dropLast().map(UInt8.init), as: UTF8.self)
  }

  deinit {
    TemporaryFolder.removeAll(path)
  }

  private static func removeAll(_ path: String) {
    if remove(path) == 0 { return }
    for name in names(in: path) { removeAll(path + "/" + name) }
    rmdir(path)
  }

  /// The path of something in the folder.
  func callAsFunction(_ name: String) -> String { path + "/" + name }

  func write(_ text: String, to name: String) {
    guard let file = fopen(self(name), "w") else { return }
    fputs(text, file)
    fclose(file)
  }

  func makeFolder(_ name: String) {
    mkdir(self(name), 0o755)
  }

  func link(_ name: String, to target: String) {
    symlink(target, self(name))
  }

  /// What stands in the folder.
  var names: [String] { TemporaryFolder.names(in: path) }

  private static func names(in path: String) -> [String] {
    guard let folder = opendir(path) else { return [] }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) {
        String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted()
  }
}
