import LeptonFiles
import LeptonLibrary
import LeptonRuntime
import LeptonSession
import Testing

/// Every example of every word, run as a cell and compared with what its row says.
@Suite struct ExampleTests {
  /// One example of a word.
  struct Example: CustomStringConvertible, Sendable {
    let word: String
    let input: String
    let output: String
    var description: String { "\(word): \(input)" }
  }

  static let all = examples(of: Library.standard())

  /// The examples of all words, wherever they are written.
  static func examples(of library: Library) -> [Example] {
    library.names.flatMap { name in
      (library.describe(name)?.examples ?? []).map {
        Example(word: name, input: $0.input, output: $0.output)
      }
    }
  }

  @Test("Every example gives what its row says", arguments: all)
  func example(_ example: Example) {
    let outcome = Transcript(of: example.input)
    #expect(outcome.text == example.output)
  }
}

/// What a cell gave, as lines of text.
struct Transcript {
  let text: String

  /// Runs a cell in a session of its own.
  init(of text: String, files: FileBroker = FileBroker()) {
    let session = Interpreter(library: .standard(), files: files)
    let cell = Cell(id: "example", file: "example.lep", text: text, seed: 1)
    var lines: [String] = []
    let mistakes = session.check([cell]).flatMap(\.failures).filter { $0.severity == .error }
    lines += mistakes.map { "\($0.code): \($0.message)" }
    if mistakes.isEmpty {
      _ = session.run(cell) { event in
        if case .output(let output) = event, let kept = output.withoutTimings {
          lines.append(kept.line)
        }
      }
    }
    self.text = lines.joined(separator: "\n")
  }
}

extension Output {
  /// The output as a reader of an example sees it.
  fileprivate var line: String {
    switch self {
    case .text(let text): text
    case .value(let value): value.text
    case .tensor(let tensor): tensor.text
    case .table(let table):
      ([table.columns.map(\.name)] + table.rows.map { $0.map(\.text) })
        .map { $0.joined(separator: " | ") }.joined(separator: "\n")
    case .chart(let chart): "chart: \(chart.title)"
    case .heatmap(let map): "heatmap: \(map.rows) × \(map.columns)"
    case .diagram(let diagram): "diagram: \(diagram.boxes.count) layers"
    case .images(let grid): "\(grid.images.count) pictures"
    case .failure(let failure): "\(failure.code): \(failure.message)"
    case .notice(let text): "notice: \(text)"
    case .elapsed: "a time"
    case .record(let metric): "\(metric.name) = \(metric.value)"
    case .verdict(let verdict): "\(verdict.condition): \(verdict.holds)"
    case .wish(let wish): wish.refusal
    }
  }
}

extension Table.Cell {
  fileprivate var text: String {
    switch self {
    case .missing: ""
    case .text(let text): text
    case .int(let int): "\(int)"
    case .float(let float): "\(float)"
    case .bool(let bool): "\(bool)"
    }
  }
}
