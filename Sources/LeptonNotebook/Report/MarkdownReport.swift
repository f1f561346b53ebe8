import LeptonDisplay
import LeptonFiles
import LeptonSession

/// Writes a run as the notebook it was, with what came of it between HTML comments.
///
/// The report is itself a notebook, and running it gives the report again.
public final class MarkdownReport {
  private let notebook: Notebook
  private let parameters: ParameterBinding
  private let sink: any ReportSink
  private var expectationsSeen: [Int: Int] = [:]
  private var endsLine = true
  /// Why the report, or else a picture, could not be written; nothing while all is well.
  public var problem: FileError? { textProblem ?? pictureProblem }
  /// Why the report itself could not be written.
  private(set) var textProblem: FileError?
  private var pictureProblem: FileError?

  /// Makes the report of a notebook.
  public init(_ notebook: Notebook, _ parameters: ParameterBinding, sink: any ReportSink) {
    self.notebook = notebook
    self.parameters = parameters
    self.sink = sink
  }

  /// Writes the front matter, and what keeps the notebook from being run.
  func begin(failures: [Failure]) {
    write(notebook.frontMatter.text)
    write(
      .failures, failures.filter { $0.severity == .error }.map { render(.failure($0), name: "") })
  }

  /// Writes a part of the notebook with what came of it.
  func write(_ block: Notebook.Block, outcome: CellOutcome?) {
    switch block {
    case .prose(let text): write(text)
    case .hint(let hint): write(hint.text)
    case .parameterPlace: write(.parameters, [parameterTable])
    case .cell(let cell):
      write(cell.text)
      if let outcome { write(.out, blocks(of: outcome)) }
    case .expectation(let expectation):
      write(expectation.text)
      let ordinal = expectationsSeen[expectation.cell, default: 0]
      expectationsSeen[expectation.cell] = ordinal + 1
      if let misses = outcome?.misses, ordinal < misses.count, let miss = misses[ordinal] {
        write(.out, [render(.failure(miss), name: "")])
      }
    }
  }

  /// Writes the summary and finishes the report.
  func end(_ result: RunResult) {
    write(.summary, Summary(result).blocks)
    guard textProblem == nil else { return }
    do { try sink.finish() } catch { textProblem = error }
  }

  // Outputs.

  private func blocks(of outcome: CellOutcome) -> [String] {
    if let check = outcome.check { return CheckText.blocks(check, of: outcome) }
    let shown =
      outcome.cell.attributes.showsOutput || outcome.status != .passed ? outcome.outputs : []
    var blocks = Self.joined(shown).enumerated().map { index, output in
      render(output, name: "\(outcome.id)-\(index + 1)")
    }
    if outcome.status.isToldByItself { blocks.removeLast() }
    let isSaid = outcome.error?.code == "limit/time"
    blocks.append(isSaid ? "" : StatusText.note(outcome.status).map { "> \($0)" } ?? "")
    return blocks
  }

  /// Joins texts and values that follow each other, so that they stand in one block.
  ///
  /// A text is put together once and not with every line that is added: a cell may print for hours.
  private static func joined(_ outputs: [Output]) -> [Output] {
    var joined: [Output] = []
    var lines: [String] = []
    func endText() {
      if !lines.isEmpty { joined.append(.text(lines.joined(separator: "\n"))) }
      lines = []
    }
    for output in outputs {
      if let text = plainText(output) {
        lines.append(text)
      } else {
        endText()
        joined.append(output)
      }
    }
    endText()
    return joined
  }

  private static func plainText(_ output: Output) -> String? {
    switch output {
    case .text(let text): text
    case .value(let value): value.text
    default: nil
    }
  }

  private func render(_ output: Output, name: String) -> String {
    MarkdownRenderer.markdown(of: output) { keep($0, named: Self.fileName(name) + ".svg") }
  }

  /// Keeps a picture and gives the link to it; one that cannot be kept stands in the report.
  private func keep(_ picture: Picture, named name: String) -> String {
    do { return try sink.keep(picture, named: name) } catch {
      var problem = error
      problem.help = ["the report is whole: its pictures stand in it"]
      pictureProblem = pictureProblem ?? problem
      return PictureStore.dataURL(of: picture.svg)
    }
  }

  /// A name for a file that means the same in every file system and in a link.
  private static func fileName(_ name: String) -> String {
    String(
      name.unicodeScalars.map { scalar in
        let isPlain =
          scalar.isASCII && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil)
        return isPlain || "-_.".unicodeScalars.contains(scalar)
          ? String(scalar) : "u" + String(scalar.value, radix: 16)
      }.joined())
  }

  private var parameterTable: String {
    guard !parameters.entries.isEmpty else { return "" }
    let hasHelp = parameters.entries.contains { !$0.parameter.help.isEmpty }
    let rows = parameters.entries.map { entry -> [Table.Cell] in
      let given: Table.Cell = .text(entry.origin.word)
      return [.text(entry.parameter.name), .text(entry.value.source), given]
        + (hasHelp ? [.text(entry.parameter.help)] : [])
    }
    let names = ["parameter", "value", "from"] + (hasHelp ? ["meaning"] : [])
    return MarkdownRenderer.markdown(of: Table(columns: names.map { Table.Column($0) }, rows: rows))
  }

  // Writing.

  private func write(_ region: OutputRegion, _ blocks: [String]) {
    let text = region.text(blocks.filter { !$0.isEmpty }.joined(separator: "\n\n"))
    guard !text.isEmpty else { return }
    write(endsLine ? text : "\n" + text)
  }

  private func write(_ text: String) {
    guard textProblem == nil, !text.isEmpty else { return }
    endsLine = text.utf8.last == UInt8(ascii: "\n")
    do { try sink.write(text) } catch { textProblem = error }
  }
}
