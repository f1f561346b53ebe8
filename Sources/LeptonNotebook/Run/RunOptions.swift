import LeptonSession

/// What the command line says about a run; what it leaves out the front matter decides.
public struct RunOptions: Sendable, Hashable {
  /// The seed of the notebook's chance.
  public var seed: Int?
  /// After how many seconds a cell is stopped.
  public var timeout: Double?
  /// After how many seconds the whole run is stopped.
  public var totalTimeout: Double?
  /// How many bytes of text a cell may give.
  public var outputLimit: Int?
  /// How many bytes of text all cells together may give.
  public var totalOutputLimit: Int?
  /// What is done with the cells behind one that failed.
  public var onError: FailurePolicy?
  /// Whether the report tells how long cells took.
  public var showsTimings: Bool
  /// Whether training is cut to one step, so that no number is what it should be: nothing is compared.
  public var isSmokeRun: Bool
  /// What confines the run of a stranger's notebook, in words; nothing where it is trusted.
  public var confinedBy: String?

  /// Makes the options of a run.
  public init(
    seed: Int? = nil, timeout: Double? = nil, totalTimeout: Double? = nil, outputLimit: Int? = nil,
    totalOutputLimit: Int? = nil, onError: FailurePolicy? = nil, showsTimings: Bool = false,
    isSmokeRun: Bool = false,
    confinedBy: String? = nil
  ) {
    self.seed = seed
    self.timeout = timeout
    self.totalTimeout = totalTimeout
    self.outputLimit = outputLimit
    self.totalOutputLimit = totalOutputLimit
    self.onError = onError
    self.showsTimings = showsTimings
    self.isSmokeRun = isSmokeRun
    self.confinedBy = confinedBy
  }
}

extension RunOptions {
  /// After how many seconds a cell of a notebook is stopped; a stranger's cell may ask for less only.
  func seconds(of cell: NotebookCell, in notebook: Notebook) -> Double? {
    let asked = cell.attributes.timeout ?? timeout ?? notebook.frontMatter.timeout
    guard confinedBy != nil, let asked, let timeout else { return asked }
    return min(asked, timeout)
  }

  /// What is done with the cells of a notebook behind one that failed.
  func policy(of notebook: Notebook) -> FailurePolicy {
    onError ?? notebook.frontMatter.onError ?? .independent
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
