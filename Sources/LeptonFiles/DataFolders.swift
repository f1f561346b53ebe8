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
  ///
  /// - Parameter kind: The folder's name, where something else than data is looked for.
  public init(executable: String, environment: String?, kind: String = "data") {
    let named = (environment ?? "").split(separator: ":").map(String.init)
    let path = try? PathName(executable)
    let own = path.map { [Self.installed(kind, beside: $0), Self.built(kind, above: $0)] } ?? []
    folders = own.compactMap { $0 } + named
  }

  /// The folders of this process.
  public static func ofThisProcess() -> DataFolders {
    let environment = getenv("LEPTON_DATA").map { String(cString: $0) }
    var folders = DataFolders(executable: ownExecutable, environment: environment)
    if let own { folders.folders.append(own) }
    return folders
  }

  /// The folder of the user's own sets, which `lepton-run data` fills: `lepton/data` in
  /// `XDG_DATA_HOME`, or in `~/.local/share`.
  public static var own: String? {
    func named(_ variable: String) -> String? {
      getenv(variable).map { String(cString: $0) }.flatMap { $0.hasPrefix("/") ? $0 : nil }
    }
    let home = named("XDG_DATA_HOME") ?? named("HOME").map { $0 + "/.local/share" }
    return home.map { $0 + "/lepton/data" }
  }

  /// The folders in which this process finds the lessons.
  public static func ofLessons() -> DataFolders {
    DataFolders(executable: ownExecutable, environment: nil, kind: "lessons")
  }

  private static var ownExecutable: String { (try? SystemError.link("/proc/self/exe")) ?? "" }

  /// A broker that may read what lies in the folders, and nothing else.
  public func broker(for folder: String) -> FileBroker {
    FileBroker(folder: folder, readable: folders)
  }

  /// The first folder in which a file lies under a relative path.
  public func folder(holding path: String) -> String? {
    folders.first { broker(for: $0).exists(path) }
  }

  private static func installed(_ kind: String, beside executable: PathName) -> String? {
    let folder = executable.folder
    switch folder.parts.suffix(2) {
    case let parts where parts.last == "bin": return folder.folder.text + "/share/lepton/\(kind)"
    case ["libexec", "lepton"]: return folder.folder.folder.text + "/share/lepton/\(kind)"
    default: return nil
    }
  }

  private static func built(_ kind: String, above executable: PathName) -> String? {
    var folder = executable.folder
    while !folder.parts.isEmpty {
      let candidate = folder.text + "/notebooks/\(kind)"
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
