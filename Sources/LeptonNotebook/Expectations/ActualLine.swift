import LeptonDisplay
import LeptonSession

/// A line of what a cell gave, with its numbers in full precision.
package struct ActualLine: Sendable, Hashable {
  /// The line as it is shown.
  package var text: String
  /// Its tokens.
  package var tokens: [Token]

  private init(_ text: some StringProtocol) {
    self.text = text.trimmed
    tokens = Tokenizer.tokens(of: text)
  }

  private init(text: String, tokens: [Token]) {
    self.text = text
    self.tokens = tokens
  }

  /// The lines of everything a cell gave that can be compared.
  package static func lines(of outputs: [Output]) -> [ActualLine] {
    outputs.flatMap(lines).filter { !$0.tokens.isEmpty }
  }

  private static func lines(of output: Output) -> [ActualLine] {
    switch output {
    case .text(let text): lines(of: text)
    case .value(let value): lines(of: value.text)
    case .tensor(let tensor): lines(of: tensor)
    case .table(let table): lines(of: table)
    case .failure(let failure): [ActualLine("error[\(failure.code)]: \(failure.message)")]
    case .chart, .heatmap, .diagram, .images, .notice, .elapsed, .record, .verdict, .wish: []
    }
  }

  private static func lines(of text: String) -> [ActualLine] {
    text.split(separator: "\n").map { ActualLine($0) }
  }

  private static func lines(of tensor: TensorValue) -> [ActualLine] {
    var lines = lines(of: tensor.text)
    // A line about element type and shape has other numbers.
    let rows = lines.indices.filter { !lines[$0].text.hasPrefix("# ") }
    let count = rows.reduce(0) { $0 + lines[$1].tokens.count { $0.number != nil } }
    guard count == tensor.elements.count else { return lines }
    var rest = tensor.elements[...]
    for line in rows {
      for token in lines[line].tokens.indices where lines[line].tokens[token].number != nil {
        lines[line].tokens[token].number = rest.popFirst()
      }
    }
    return lines
  }

  private static func lines(of table: Table) -> [ActualLine] {
    let head = ActualLine("| " + table.columns.map(\.name).joined(separator: " | ") + " |")
    return (table.title.isEmpty ? [] : lines(of: table.title)) + [head]
      + table.rows.map { row(zip($0, table.columns).map(cell)) }
  }

  private static func row(_ cells: [(text: String, tokens: [Token])]) -> ActualLine {
    let bar = Token(text: "|", number: nil, column: 1)
    return ActualLine(
      text: "| " + cells.map(\.text).joined(separator: " | ") + " |",
      tokens: [bar] + cells.flatMap { $0.tokens + [bar] })
  }

  private static func cell(_ cell: Table.Cell, _ column: Table.Column) -> (
    text: String, tokens: [Token]
  ) {
    let text = NumberText.text(of: cell, column.format)
    var tokens = Tokenizer.tokens(of: text)
    let numbers = tokens.indices.filter { tokens[$0].number != nil }
    if case .float(let value) = cell, numbers.count == 1 {
      if case .percent = column.format {
        tokens[numbers[0]].number = value * 100
      } else {
        tokens[numbers[0]].number = value
      }
    }
    return (text, tokens)
  }
}
