import LeptonSession

/// What the command line says about a run; what it leaves out the front matter decides.
public struct RunOptions: Sendable, Hashable {
  /// The seed of the notebook's chance.
  public var seed: Int?
  /// After how many seconds a cell is stopped.
  public var timeout: Double?
  /// Whether the report tells how long cells took.
  public var showsTimings: Bool

  /// Makes the options of a run.
  public init(seed: Int? = nil, timeout: Double? = nil, showsTimings: Bool = false) {
    self.seed = seed
    self.timeout = timeout
    self.showsTimings = showsTimings
  }
}

/// Something a person who waits for a run may want to see.
public enum RunEvent: Sendable {
  /// A cell begins: its name, its place among the cells from 1, how many there are.
  case cellBegan(id: String, number: Int, count: Int)
  /// Work goes on.
  case progress(Progress)
  /// A cell ended.
  case cellEnded(CellOutcome)
  /// Something is wrong: with the notebook, or with a cell.
  case failure(Failure)
}
