import Glibc
import LeptonLink
import LeptonSession
import Synchronization
import Testing

/// A session whose cells are orders: `print x`, `fail`, `wait`, `flood 1000`.
final class ScriptedSession: Session, Sendable {
  private let isInterrupted = Atomic(false)
  let options: WorkerOptions

  init(options: WorkerOptions = WorkerOptions()) { self.options = options }

  func run(_ cell: Cell, receive: (Event) -> Void) throws -> CellResult {
    defer { isInterrupted.store(false, ordering: .relaxed) }
    let words = cell.text.split(separator: " ").map(String.init)
    receive(.heartbeat(line: cell.firstLine))
    switch words.first {
    case "print": receive(.output(.text(cell.text)))
    case "fail": return .failed
    case "options": receive(.output(.text(options.readableRoots.joined(separator: ","))))
    case "flood":
      for number in 0..<(Int(words[1]) ?? 0) { receive(.output(.text("line \(number)"))) }
    case "wait":
      while !isInterrupted.load(ordering: .relaxed) { usleep(500) }
      return .interrupted
    default: break
    }
    return .finished
  }

  func check(_ cells: [Cell]) throws -> [CellCheck] {
    cells.map { CellCheck(id: $0.id, failures: [], reads: ["x"], defines: [$0.text]) }
  }

  func isComplete(_ text: String) throws -> Completeness { .incomplete(indent: text.utf8.count) }

  func complete(_ text: String, at offset: Int) throws -> [Completion] {
    [Completion(text: text, replaces: offset, summary: "a \"quoted\" \u{1}")]
  }

  func describe(_ text: String, at offset: Int) throws -> WordDescription? {
    guard text == "dense" else { return nil }
    return WordDescription(heading: "dense(units)", summary: "", details: "", examples: [])
  }

  func interrupt() { isInterrupted.store(true, ordering: .relaxed) }
}

/// Opens a pair of connected sockets.
func socketPair() throws -> (Int32, Int32) {
  var numbers: [Int32] = [-1, -1]
  try #require(socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &numbers) == 0)
  return (numbers[0], numbers[1])
}

/// Makes a client whose server runs in this process.
func clientOfScriptedServer(_ options: WorkerOptions = WorkerOptions()) throws -> WorkerClient {
  let (front, back) = try socketPair()
  let server = SessionServer(descriptor: back) { ScriptedSession(options: $0) }
  try #require(BigStackThread.start { _ = server.serve() })
  return try WorkerClient(socket: front, options: options)
}

/// A cell with that text.
func cell(_ text: String, id: String = "cell-1", firstLine: Int = 1) -> Cell {
  Cell(id: id, file: "test.lnb", text: text, firstLine: firstLine)
}
