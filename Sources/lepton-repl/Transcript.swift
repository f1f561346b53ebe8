import LeptonSession
import LeptonSyntax

/// What was entered since the start, and what it gave: it outlives the worker.
struct Transcript {
  /// An entry that has been evaluated.
  struct Entry {
    /// What was evaluated.
    var cell: Cell
    /// What it gave.
    var result: Workbench.Result
    /// What it defines and reads.
    var names = CellCheck(id: "", failures: [], reads: [], defines: [])
    /// Whether it asks about Lepton and does nothing.
    var isQuestion = false

    /// Whether it belongs into a notebook.
    var isWork: Bool { result.outcome == .finished && result.wishes.isEmpty && !isQuestion }
    /// Whether one of its values has been shown.
    var hasValue: Bool {
      result.outputs.contains {
        switch $0 {
        case .value, .tensor, .table, .chart, .heatmap, .diagram, .images: true
        default: false
        }
      }
    }
  }

  /// The entries, in order.
  private(set) var entries: [Entry] = []
  /// The names that the worker knows because of them, in the order of their definition.
  private(set) var names: [String] = []

  /// Adds an entry.
  mutating func append(_ entry: Entry) {
    entries.append(entry)
    names += entry.names.defines.filter { !names.contains($0) }
  }

  /// Forgets all entries.
  mutating func forget() { self = Transcript() }

  /// The worker that knew the names is gone.
  ///
  /// - Returns: What was lost, in a sentence.
  mutating func loseNames() -> String {
    defer { names = [] }
    guard !names.isEmpty else { return "nothing was defined" }
    let shown = names.prefix(8).joined(separator: ", ")
    let more = names.count > 8 ? " and \(names.count - 8) more" : ""
    return "what was defined is lost: \(shown)\(more)"
  }
}
