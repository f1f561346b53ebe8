import LeptonSession

/// A notebook as it stands in its file, without what an earlier run added to it.
public struct Notebook: Sendable {
  /// What messages call it: its path as the user gave it.
  public let name: String
  /// What the lines before the text say about the run.
  public internal(set) var frontMatter: FrontMatter
  /// Its parts, in order; their texts joined are the file behind the front matter.
  public internal(set) var blocks: [Block] = []
  /// What is wrong with it; an error keeps it from being run.
  public internal(set) var failures: [Failure] = []

  /// What an earlier run added to the file and this one takes out.
  var removals: [Removal] = []

  /// Lines that were taken out: how many, and the number of the line that stood below them.
  struct Removal: Sendable {
    var before: Int
    var count: Int
  }

  /// The line of the file that a line is, as messages and reports count: without the outputs of an
  /// earlier run, so that the report of a report names the same lines.
  public func lineInFile(_ line: Int) -> Int {
    removals.reduce(line) { $1.before <= line ? $0 + $1.count : $0 }
  }

  /// A part of a notebook.
  public enum Block: Sendable {
    /// Anything that is no cell: reaches the report as it is.
    case prose(String)
    /// The place where parameters are shown.
    case parameterPlace
    /// A cell.
    case cell(NotebookCell)
    /// A hint for an exercise: reaches the report as it is.
    case hint(Hint)
    /// What the cell before it must give.
    case expectation(Expectation)
  }

  /// What it is called: its title, else its name.
  public var title: String { frontMatter.title ?? name }

  /// Its cells, in order.
  public var cells: [NotebookCell] {
    blocks.compactMap { if case .cell(let cell) = $0 { cell } else { nil } }
  }

  /// The expectations of each cell that has any, by the cell's place among the cells.
  public var expectations: [Int: [Expectation]] {
    let all = blocks.compactMap {
      if case .expectation(let expectation) = $0 { expectation } else { nil }
    }
    return Dictionary(grouping: all, by: \.cell)
  }

  /// Whether an error keeps it from being run.
  public var isRunnable: Bool { !failures.contains { $0.severity == .error } }
}

/// A cell: a fence whose info string begins with `lepton`.
public struct NotebookCell: Sendable, Hashable {
  /// Its place among the cells, from 0.
  public var index: Int
  /// The fence as it stands in the file.
  public var text: String
  /// What stands between the fences.
  public var code: String
  /// The line of the opening fence, from 1.
  public var line: Int
  /// What the author asks of it.
  public var attributes: CellAttributes

  /// The identifier it has until the names it defines are known.
  public var provisionalID: String { attributes.id ?? "cell-\(index + 1)" }
}
