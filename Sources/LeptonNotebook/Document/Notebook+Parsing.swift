import LeptonSession
import LeptonSyntax

extension Notebook {
  /// Reads a notebook; never fails: what is wrong stands in `failures`.
  public init(parsing source: SourceText, name: String) {
    self.init(parsing: source.text, name: name)
  }

  /// Reads a notebook whose lines end with line feeds.
  package init(parsing text: String, name: String) {
    let table = LineTable(text)
    let head = FrontMatterText(of: table)
    var reader = FrontMatterReader(head, name: name)
    let frontMatter = reader.read()
    self.init(name: name, frontMatter: frontMatter)
    failures = reader.failures
    var parser = NotebookParser(
      table: LineTable(table[head.lineCount..<table.count]), lineOffset: head.lineCount, name: name,
      hasParameters: !frontMatter.parameters.isEmpty)
    parser.parse()
    blocks = parser.blocks
    removals = parser.removals
    failures += parser.failures
    failures += exerciseMistakes.map { mistake, cell in
      mistake.failure(
        at: Failure.Place(file: name, line: cell.line, text: cell.text.prefix { $0 != "\n" }))
    }
    failures += strayHints
  }
}

/// Cuts the text behind the front matter into prose, cells and expectations.
private struct NotebookParser {
  let table: LineTable
  /// How many lines of the file stand before the text.
  let lineOffset: Int
  let name: String
  let hasParameters: Bool
  var blocks: [Notebook.Block] = []
  var failures: [Failure] = []

  /// How many failures are worth telling.
  private static let failureLimit = 100

  /// The first line that belongs to no block yet.
  private var position = 0
  private var cellCount = 0
  /// Where the last cell, or an expectation behind it, ended, if nothing but outputs came since.
  private var endOfCell: Int?
  /// The runs of lines that an earlier run added.
  private(set) var removals: [Notebook.Removal] = []
  private var linesOfIDs: [String: Int] = [:]
  /// The region that is open, and the line that opens it.
  private var region: Int?

  init(table: LineTable, lineOffset: Int, name: String, hasParameters: Bool) {
    self.table = table
    self.lineOffset = lineOffset
    self.name = name
    self.hasParameters = hasParameters
  }

  mutating func parse() {
    let body = withoutSummary()
    let outline = MarkdownOutline(of: LineTable(table[0..<body]))
    var conflict = Suspicion.conflict(in: LineTable(table[0..<body]), outside: outline.fences)
    for block in outline.blocks {
      if let line = conflict, line < block.line {
        report(.conflict, line: line)
        conflict = nil
      }
      take(block, outline)
    }
    if let conflict { report(.conflict, line: conflict) }
    if let region {
      report(.unclosedRegion, line: region)
    }
    addProse(until: body)
    if hasParameters, !blocks.contains(where: \.isParameterPlace) {
      blocks.insert(.parameterPlace, at: 0)
    }
  }

  /// How many lines there are before the summary of an earlier run, which is always last, and which
  /// prose that opens an HTML block could hide from the outline.
  private func withoutSummary() -> Int {
    guard table.count > 0, table[table.count - 1] == OutputRegion.end,
      let opening = (0..<table.count).last(where: { table[$0] == OutputRegion.summary.opening })
    else { return table.count }
    return opening > 0 && table.isBlank(opening - 1) ? opening - 1 : opening
  }

  private mutating func take(_ block: MarkdownOutline.Block, _ outline: MarkdownOutline) {
    if region != nil {
      if case .html(let line, OutputRegion.end) = block { closeRegion(at: line) }
      return
    }
    switch block {
    case .html(let line, let text):
      if OutputRegion(opening: text) != nil { openRegion(at: line) }
    case .heading(let lines): take(heading: lines)
    case .fence(let fence) where fence.language == "lepton": take(cell: fence)
    case .fence(let fence) where fence.language == "expect": take(expectation: fence)
    case .fence(let fence) where fence.language == "hint": take(hint: fence)
    case .fence: break
    }
  }

  private mutating func openRegion(at line: Int) {
    let start = line > position && table.isBlank(line - 1) ? line - 1 : line
    let follows = endOfCell.map { isBlank($0..<start) } ?? false
    addProse(until: start)
    position = start
    if !follows { endOfCell = nil }
    region = line
  }

  private mutating func closeRegion(at line: Int) {
    region = nil
    removals.append(Notebook.Removal(before: number(of: position), count: line + 1 - position))
    position = line + 1
    if endOfCell != nil { endOfCell = position }
  }

  private mutating func take(heading lines: Range<Int>) {
    guard hasParameters, !blocks.contains(where: \.isParameterPlace) else { return }
    addProse(until: lines.upperBound)
    blocks.append(.parameterPlace)
  }

  private mutating func take(cell fence: MarkdownOutline.Fence) {
    addProse(until: fence.lines.lowerBound)
    checkClosed(fence)
    let attributes = readAttributes(fence)
    if let (character, line) = Suspicion.reordering(in: fence.content) {
      report(.reordering(character), line: fence.lines.lowerBound + 1 + line)
    }
    blocks.append(
      .cell(
        NotebookCell(
          index: cellCount, text: table[fence.lines], code: fence.content,
          line: number(of: fence.lines.lowerBound), attributes: attributes)))
    cellCount += 1
    position = fence.lines.upperBound
    endOfCell = position
  }

  private mutating func take(expectation fence: MarkdownOutline.Fence) {
    let line = fence.lines.lowerBound
    guard let end = endOfCell, isBlank(end..<line) else {
      report(.strayExpectation, line: line)
      return
    }
    addProse(until: line)
    checkClosed(fence)
    var options = CellAttributes()
    let words = AttributeReader(fence.info.dropFirst(6), column: fence.infoColumn + 7)
    let mistakes = words.mistakes + options.apply(words.words, allowing: ["rtol", "atol"])
    report(mistakes, fenceLine: line)
    let pattern = ExpectationPattern(fence.content)
    for (mistake, offset) in pattern.mistakes { report(mistake, line: line + 1 + offset) }
    blocks.append(
      .expectation(
        Expectation(
          cell: cellCount - 1, text: table[fence.lines], line: number(of: line),
          tolerance: options.tolerance, pattern: pattern)))
    position = fence.lines.upperBound
    endOfCell = position
  }

  /// Takes a hint; a fence of that language without `for=` is somebody else's.
  private mutating func take(hint fence: MarkdownOutline.Fence) {
    let words = AttributeReader(fence.info.dropFirst(4), column: fence.infoColumn + 5).words
    guard let name = words.first(where: { $0.key == "for" })?.value else { return }
    addProse(until: fence.lines.lowerBound)
    checkClosed(fence)
    blocks.append(
      .hint(
        Hint(
          text: table[fence.lines], content: fence.content, exercise: name,
          line: number(of: fence.lines.lowerBound))))
    position = fence.lines.upperBound
    endOfCell = nil
  }

  /// Reads what stands behind the word `lepton`, and the lines `#| key: value` at the top of the cell.
  private mutating func readAttributes(_ fence: MarkdownOutline.Fence) -> CellAttributes {
    let reader = AttributeReader(fence.info.dropFirst(6), column: fence.infoColumn + 7)
    var attributes = CellAttributes()
    let words = reader.words + commentedAttributes(fence)
    let mistakes = reader.mistakes + attributes.apply(words)
    let line = fence.lines.lowerBound
    report(mistakes, fenceLine: line)
    if let id = attributes.id {
      if let other = linesOfIDs.updateValue(number(of: line), forKey: id) {
        report(.repeatedIdentifier(id, line: other), line: line)
      }
    }
    return attributes
  }

  private func commentedAttributes(_ fence: MarkdownOutline.Fence) -> [AttributeWord] {
    let lines = fence.content.split(separator: "\n", omittingEmptySubsequences: false)
    return lines.prefix { $0.hasPrefix("#|") }.enumerated().map { offset, line in
      let parts = line.dropFirst(2).split(separator: ":", maxSplits: 1)
      var value = parts.count > 1 ? parts[1].trimmed : nil
      if let quoted = value, quoted.count > 1, quoted.hasPrefix("\""), quoted.hasSuffix("\"") {
        value = String(quoted.dropFirst().dropLast())
      }
      return AttributeWord(
        key: parts.first?.trimmed ?? "", value: value, column: 1,
        length: line.unicodeScalars.count, lineOffset: offset + 1)
    }
  }

  private mutating func checkClosed(_ fence: MarkdownOutline.Fence) {
    if !fence.isClosed { report(.unclosedFence, line: fence.lines.lowerBound) }
  }

  /// The number of a line as messages count: from the top of the file, from 1, without what an earlier
  /// run added above it.
  private func number(of line: Int) -> Int {
    line + lineOffset + 1 - removals.reduce(0) { $0 + $1.count }
  }

  private mutating func addProse(until line: Int) {
    let text = table[position..<max(position, line)]
    if !text.isEmpty { blocks.append(.prose(text)) }
    position = max(position, line)
  }

  private func isBlank(_ lines: Range<Int>) -> Bool { lines.allSatisfy(table.isBlank) }

  private mutating func report(_ mistakes: [(Mistake, AttributeWord)], fenceLine: Int) {
    for (mistake, word) in mistakes {
      report(
        mistake, line: fenceLine + word.lineOffset, column: word.column, length: word.length)
    }
  }

  private mutating func report(_ mistake: Mistake, line: Int, column: Int = 1, length: Int? = nil) {
    guard failures.count < Self.failureLimit else { return }
    let place = Failure.Place(
      file: name, line: number(of: line), text: table[line], column: column, length: length)
    failures.append(mistake.failure(at: place))
  }
}

extension Notebook.Block {
  fileprivate var isParameterPlace: Bool {
    if case .parameterPlace = self { true } else { false }
  }
}
