/// What a worker is told before it does anything: what it may touch and how much it may use.
public struct WorkerOptions: Sendable, Hashable, Codable {
  /// The folders below which its programs may read files, beside the bundled data; relative paths
  /// begin in the first.
  public var readableRoots: [String]
  /// The folder below which its programs may write files; nothing means nowhere.
  public var writableRoot: String?
  /// How many threads compute; 0 means as many as there are processors.
  public var threads: Int
  /// Whether training is cut to one step on a few samples.
  public var isSmokeRun: Bool
  /// How many bytes of address space the process may have; nothing means no limit.
  public var addressSpaceLimit: Int?

  /// Tells what a worker may touch and use.
  public init(
    readableRoots: [String] = [], writableRoot: String? = nil, threads: Int = 0,
    isSmokeRun: Bool = false, addressSpaceLimit: Int? = nil
  ) {
    self.readableRoots = readableRoots
    self.writableRoot = writableRoot
    self.threads = threads
    self.isSmokeRun = isSmokeRun
    self.addressSpaceLimit = addressSpaceLimit
  }
}
