/// The file of a notebook with the `expect` fences that its cells met.
public struct Corrections: Sendable {
  /// Which fences are mended.
  public enum Extent: Sendable, Hashable {
    /// All that were missed.
    case missed
    /// Only empty ones, which say that whatever the cell gives is to be pinned.
    case empty
  }

  /// The mended fences: the first line of each in the file, how many lines it has, its text.
  private var fences: [(line: Int, count: Int, text: String)] = []

  /// Finds what a run corrects.
  public init(_ result: RunResult, extent: Extent = .missed) {
    let notebook = result.notebook
    for outcome in result.outcomes {
      let expectations = notebook.expectations[outcome.cell.index] ?? []
      let actual = ActualLine.lines(of: outcome.outputs)
      for (expectation, miss) in zip(expectations, outcome.misses) where miss != nil {
        if extent == .empty, !expectation.pattern.lines.isEmpty { continue }
        let comparison = Comparison(of: expectation, to: outcome, in: notebook)
        let count = expectation.text.utf8.count { $0 == UInt8(ascii: "\n") }
        fences.append(
          (
            notebook.lineInFile(expectation.line),
            count + (expectation.text.utf8.last == UInt8(ascii: "\n") ? 0 : 1),
            Acceptance(expectation, comparison).fence(for: actual)
          ))
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
      next = fence.line - 1 + fence.count
    }
    result += table[next..<max(next, table.count)]
    return Array((hasReturns ? result.replacing("\n", with: "\r\n") : result).utf8)
  }
}
