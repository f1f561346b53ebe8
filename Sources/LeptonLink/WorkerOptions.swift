/// What a worker is told before it does anything: what it may touch and how much it may use.
public struct WorkerOptions: Sendable, Hashable, Codable {
  /// The folder in which relative paths begin; nothing means the first of `readableRoots`.
  public var folder: String?
  /// The folders below which its programs may read files, beside the bundled data.
  public var readableRoots: [String]
  /// The files that its programs may write, and the folders below which they may.
  public var writableRoots: [String]
  /// How many threads compute; 0 means as many as there are processors.
  public var threads: Int
  /// Whether training is cut to one step on a few samples.
  public var isSmokeRun: Bool
  /// Whether the files that cells touch are noted.
  public var notesFiles: Bool
  /// How many bytes of address space the process may have; nothing means no limit.
  public var addressSpaceLimit: Int?
  /// How the kernel confines the process; nothing where its programs are trusted.
  public var confinement: Confinement?

  /// Tells what a worker may touch and use.
  public init(
    folder: String? = nil, readableRoots: [String] = [], writableRoots: [String] = [],
    threads: Int = 0, isSmokeRun: Bool = false, notesFiles: Bool = false,
    addressSpaceLimit: Int? = nil, confinement: Confinement? = nil
  ) {
    self.folder = folder
    self.readableRoots = readableRoots
    self.writableRoots = writableRoots
    self.threads = threads
    self.isSmokeRun = isSmokeRun
    self.notesFiles = notesFiles
    self.addressSpaceLimit = addressSpaceLimit
    self.confinement = confinement
  }
}
