/// The file of a notebook with the `expect` fences that its cells met.
public struct Corrections: Sendable {
  /// Which fences are mended.
  public enum Extent: Sendable, Hashable {
    /// All that were missed.
    case missed
    /// Only empty ones, which say that whatever the cell gives is to be pinned.
    case empty
  }

  /// A mended fence.
  struct Fence: Sendable {
    /// The place of its cell among the cells, and its place among the fences of that cell.
    var cell: Int
    var ordinal: Int
    /// Its first line in the file, from 1, and how many lines it has there.
    var line: Int
    var lineCount: Int
    /// What it becomes.
    var text: String
  }

  let fences: [Fence]

  /// Finds what a run corrects.
  public init(_ result: RunResult, extent: Extent = .missed) {
    let expectations = result.notebook.expectations
    fences = result.outcomes.enumerated().flatMap { index, outcome in
      let missed = outcome.misses.indices.filter { outcome.misses[$0] != nil }
      return missed.compactMap { ordinal -> Fence? in
        guard let expectation = expectations[outcome.cell.index]?[ordinal],
          extent == .missed || expectation.pattern.lines.isEmpty
        else { return nil }
        return Fence(expectation, outcome, index, ordinal, in: result.notebook)
      }
    }
  }

  /// How many fences are mended.
  public var count: Int { fences.count }

  /// The file with the mended fences; its line ends stay what they are.
  public func applied(to file: [UInt8]) -> [UInt8] {
    let hasReturns = file.contains(UInt8(ascii: "\r"))
    let text = String(decoding: file, as: UTF8.self)
    let table = LineTable(hasReturns ? text.replacing("\r\n", with: "\n") : text)
    var result = ""
    var next = 0
    for fence in fences.sorted(by: { $0.line < $1.line }) {
      result += table[next..<(fence.line - 1)] + fence.text
      next = fence.line - 1 + fence.lineCount
    }
    result += table[next..<max(next, table.count)]
    return Array((hasReturns ? result.replacing("\n", with: "\r\n") : result).utf8)
  }
}

extension Corrections.Fence {
  fileprivate init(
    _ expectation: Expectation, _ outcome: CellOutcome, _ cell: Int, _ ordinal: Int,
    in notebook: Notebook
  ) {
    let comparison = Comparison(of: expectation, to: outcome, in: notebook)
    let actual = ActualForm.closest(
      to: expectation.pattern, of: outcome.outputs, by: comparison)
    self.init(
      cell: cell, ordinal: ordinal, line: notebook.lineInFile(expectation.line),
      lineCount: LineTable(expectation.text).count,
      text: Acceptance(expectation, comparison).fence(for: actual.lines))
  }
}
