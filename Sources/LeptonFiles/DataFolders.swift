import Glibc

/// Where bundled data may lie, in the order in which it is looked for.
public struct DataFolders: Sendable, Hashable {
  /// The folders, each of which may or may not exist.
  public var folders: [String]

  /// Makes a list of folders.
  public init(_ folders: [String]) {
    self.folders = folders
  }

  /// The folders of an executable and of a value of `LEPTON_DATA`.
  ///
  /// For `…/bin/x` and `…/libexec/lepton/x` it is `…/share/lepton/data`; for an executable in a
  /// build tree, `notebooks/data` in the nearest folder above it that has one; then the folders
  /// named in `LEPTON_DATA`, separated by colons.
  public init(executable: String, environment: String?) {
    let named = (environment ?? "").split(separator: ":").map(String.init)
    let path = try? PathName(executable)
    let own = path.map { [DataFolders.installed(beside: $0), DataFolders.built(above: $0)] } ?? []
    folders = own.compactMap { $0 } + named
  }

  /// The folders of this process.
  public static func ofThisProcess() -> DataFolders {
    let executable = (try? SystemError.link("/proc/self/exe")) ?? ""
    let environment = getenv("LEPTON_DATA").map { String(cString: $0) }
    return DataFolders(executable: executable, environment: environment)
  }

  /// A broker that may read what lies in the folders, and nothing else.
  public func broker(for folder: String) -> FileBroker {
    FileBroker(folder: folder, readable: folders)
  }

  /// The first folder in which a file lies under a relative path.
  public func folder(holding path: String) -> String? {
    folders.first { broker(for: $0).exists(path) }
  }

  private static func installed(beside executable: PathName) -> String? {
    let folder = executable.folder
    switch folder.parts.suffix(2) {
    case let parts where parts.last == "bin": return folder.folder.text + "/share/lepton/data"
    case ["libexec", "lepton"]: return folder.folder.folder.text + "/share/lepton/data"
    default: return nil
    }
  }

  private static func built(above executable: PathName) -> String? {
    var folder = executable.folder
    while !folder.parts.isEmpty {
      let candidate = folder.text + "/notebooks/data"
      if isFolder(candidate) { return candidate }
      folder = folder.folder
    }
    return nil
  }

  private static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.isFolder
  }
}
