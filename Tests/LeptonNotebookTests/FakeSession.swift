import LeptonNotebook
import LeptonSession
import Synchronization

/// A session that acts out what its cells say, line by line:
/// `x = y` defines and reads names, `print TEXT`, `value N`, `fail CODE`, `wrong` (a mistake the check
/// finds), `die`, `hang` (until interrupted), `record NAME N`, `expect true`, `chart`, `table`.
final class FakeSession: Session, @unchecked Sendable {
  private let flag = Mutex(false)
  private(set) var ran: [Cell] = []
  /// Is called when a cell hangs.
  var whenHanging: () -> Void = {}

  func check(_ cells: [Cell]) -> [CellCheck] {
    cells.map { cell in
      var check = CellCheck(id: cell.id, failures: [], reads: [], defines: [])
      for (number, line) in lines(of: cell) {
        if line == "wrong", !cell.expectsFailure {
          check.failures.append(failure("name/unknown", cell, number, line))
        }
        let words = line.split(separator: " ").map(String.init)
        guard words.count > 2, words[1] == "=" else { continue }
        check.reads += words[2...].filter {
          $0.first?.isLetter == true && !check.defines.contains($0)
        }
        check.defines.append(words[0])
      }
      return check
    }
  }

  func run(_ cell: Cell, receive: (Event) -> Void) throws -> CellResult {
    ran.append(cell)
    flag.withLock { $0 = false }
    for (number, line) in lines(of: cell) {
      receive(.heartbeat(line: number))
      let words = line.split(separator: " ").map(String.init)
      switch words.first {
      case "print": receive(.output(.text(words.dropFirst().joined(separator: " "))))
      case "value": receive(.output(.value(ValueText(words[1], type: "int"))))
      case "fail", "wrong":
        receive(
          .output(
            .failure(failure(words.count > 1 ? words[1] : "name/unknown", cell, number, line))))
        return .failed
      case "die": throw SessionError.workerDied(how: "was killed", cell: cell.id, line: number)
      case "hang":
        whenHanging()
        while !flag.withLock({ $0 }) {}
        return .interrupted
      case "record":
        let value = Double(words[2]) ?? .nan
        receive(.output(.record(Metric(name: words[1], value: value, isInteger: false))))
      case "expect":
        receive(
          .output(
            .verdict(
              Verdict(holds: words[1] == "true", condition: words[1], operands: [], line: number))))
      case "chart":
        receive(
          .output(.chart(Chart(title: "c", series: [.init(name: "s", x: [0, 1], y: [0, 1])]))))
      case "table":
        receive(.output(.table(Table(columns: [.init("a")], rows: [[.float(0.5)]]))))
      default: break
      }
    }
    return .finished
  }

  func isComplete(_ text: String) -> Completeness { .complete }
  func complete(_ text: String, at offset: Int) -> [Completion] { [] }
  func describe(_ text: String, at offset: Int) -> WordDescription? { nil }
  func interrupt() { flag.withLock { $0 = true } }

  private func lines(of cell: Cell) -> [(Int, String)] {
    let lines = cell.text.split(separator: "\n", omittingEmptySubsequences: false)
    return lines.enumerated().map { ($0.offset + cell.firstLine, String($0.element)) }
  }

  private func failure(_ code: String, _ cell: Cell, _ line: Int, _ text: String) -> Failure {
    Failure(
      code: code, message: "it failed",
      place: Failure.Place(file: cell.file, line: line, column: 1, length: 1, text: text))
  }
}

/// A notebook run over a fake session, with its report.
struct FakeRun {
  var result: RunResult
  var report: String
  var pictures: [String: String]
  var session: FakeSession

  init(_ text: String, given: [String] = [], options: RunOptions = RunOptions()) throws {
    let session = FakeSession()
    let control = RunControl(interrupt: { session.interrupt() })
    try self.init(text, given: given, options: options, session: session, control: control)
  }

  init(
    _ text: String, given: [String] = [], options: RunOptions = RunOptions(), session: FakeSession,
    control: RunControl
  ) throws {
    let notebook = Notebook(parsing: text, name: "n.lnb")
    let sink = MemorySink(folder: "n.out")
    let binding = try ParameterBinding(
      notebook.frontMatter.parameters, given: ParameterSources(commandLine: given))
    let run = NotebookRun(
      notebook, parameters: binding, options: options, session: session, control: control,
      report: sink)
    result = run.run()
    report = sink.text
    pictures = sink.pictures
    self.session = session
  }

  var statuses: [CellStatus] { result.outcomes.map(\.status) }
  var ids: [String] { result.outcomes.map(\.id) }
}

/// A notebook of cells, each with its attributes before a bar: `#a raises|fail x/y`.
func notebook(_ cells: String...) -> String {
  cells.map { cell in
    let parts = cell.split(separator: "|", maxSplits: 1, omittingEmptySubsequences: false)
    return "```lepton \(parts[0])\n\(parts[1])\n```\n"
  }.joined(separator: "\n")
}
