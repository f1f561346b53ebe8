import LeptonDisplay
import LeptonSession
import LeptonSyntax

/// The entries that succeeded as a notebook that expects what they gave.
///
/// A cell has the name and the seed of its entry, so that its chance is the same. Where an entry uses
/// the result of another, `_` or `_3`, the notebook gives that result its name. What differs from run
/// to run, and what is computed from it, is not expected.
struct SavedSession {
  private static let title = "# A session of Lepton\n"
  /// The notebook.
  private(set) var text = title
  /// How many cells it has.
  private(set) var count = 0

  /// Makes a notebook of a transcript.
  init(_ transcript: Transcript) {
    let entries = SavedSession.namingResults(in: transcript.entries)
    var tainted: Set<String> = []
    for entry in entries where entry.isWork {
      let isVolatile = entry.result.isVolatile || !tainted.isDisjoint(with: entry.names.reads)
      if isVolatile { tainted.formUnion(entry.names.defines) }
      text += "\n" + SavedSession.cell(entry, isVolatile: isVolatile)
      count += 1
    }
  }

  /// Whether a text is a session that was saved, and may be written over.
  static func wrote(_ text: String) -> Bool { text.isEmpty || text.hasPrefix(title) }

  private static func cell(_ entry: Transcript.Entry, isVolatile: Bool) -> String {
    let seed = entry.cell.seed == 0 ? "" : " seed=\(entry.cell.seed)"
    let info = "lepton #\(entry.cell.id)\(seed)\(isVolatile ? " volatile" : "")"
    let cell = fence(entry.cell.text, info: info)
    let expected = isVolatile ? [] : entry.result.outputs.flatMap(ExpectedLines.lines)
    return expected.isEmpty
      ? cell : cell + "\n" + fence(expected.joined(separator: "\n"), info: "expect")
  }

  private static func fence(_ text: String, info: String) -> String {
    let runs = text.split { $0 != "`" }.map(\.count).max() ?? 0
    let fence = String(repeating: "`", count: max(3, runs + 1))
    return "\(fence)\(info)\n\(text)\n\(fence)\n"
  }
}

// MARK: Results

extension SavedSession {
  /// The entries with names for the results that others use.
  private static func namingResults(in entries: [Transcript.Entry]) -> [Transcript.Entry] {
    var result = entries
    var last: Int?
    var used: Set<Int> = []
    for index in entries.indices {
      let source = Source(name: "", text: entries[index].cell.text)
      result[index].cell.text = Lexer.tokens(of: source).map { token in
        let text = source[token.span]
        guard token.kind == .identifier, let number = text == "_" ? last : resultNumber(text) else {
          return text
        }
        used.insert(number)
        result[index].names.reads.append("_\(number)")
        return "_\(number)"
      }.joined()
      if entries[index].hasValue { last = entries[index].cell.entry }
    }
    for index in result.indices {
      guard let number = result[index].cell.entry, used.contains(number) else { continue }
      result[index].cell.text = naming("_\(number)", in: result[index].cell.text)
      result[index].names.defines.append("_\(number)")
    }
    return result
  }

  private static func resultNumber(_ name: String) -> Int? {
    name.first == "_" ? Int(name.dropFirst()) : nil
  }

  /// A cell that gives the value it shows last a name.
  private static func naming(_ name: String, in text: String) -> String {
    let source = Source(name: "", text: text)
    let shown = Parser.parse(source).statements.last {
      if case .expression = $0.kind { !$0.isSilent } else { false }
    }
    guard let span = shown?.span else { return text }
    let end = text.utf8.count
    return source[Span(0, span.start)] + "\(name) = \(source[span])\n\(name)"
      + source[Span(span.end, end)]
  }
}

/// What an output says, as the lines of an `expect` fence.
private enum ExpectedLines {
  /// Of more lines only the first and the last are expected.
  private static let most = 60

  static func lines(of output: Output) -> [String] {
    let lines = (output.withoutTimings.map(all) ?? []).map(literal)
    guard lines.count > most else { return lines }
    return lines.prefix(most / 2) + ["..."] + lines.suffix(most / 4)
  }

  private static func all(of output: Output) -> [String] {
    switch output {
    case .text(let text): split(text)
    case .value(let value): split(value.text)
    case .tensor(let tensor): split(tensor.text)
    case .table(let table): rows(of: table)
    case .failure(let failure): ["error[\(failure.code)]: \(failure.message)"]
    case .chart, .heatmap, .diagram, .images, .notice, .elapsed, .record, .verdict, .wish: []
    }
  }

  private static func split(_ text: String) -> [String] {
    text.split(separator: "\n").map { String($0.trimmed) }.filter { !$0.isEmpty }
  }

  private static func rows(of table: Table) -> [String] {
    let names = table.columns.map(\.name)
    let rows = table.rows.map { row in
      zip(row, table.columns).map { NumberText.text(of: $0, $1.format) }
    }
    return (table.title.isEmpty ? [] : split(table.title))
      + ([names] + rows).map { "| " + $0.joined(separator: " | ") + " |" }
  }

  /// A line that means itself; where it would be read as something else, any lines may stand there.
  private static func literal(_ line: String) -> String {
    let isRule = line.hasPrefix("|") && line.allSatisfy { "|-: ".contains($0) }
    return isRule || line.contains("±") || line.contains("\n") ? "..." : line
  }
}
