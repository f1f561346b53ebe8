import LeptonLibrary
import LeptonRuntime
import LeptonSession

/// A session in which calls are tried, many in a cell.
final class Desk {
  /// What came of the calls of the cell that ran last, by their places in it.
  private final class Tray {
    var outcomes: [Int: Outcome] = [:]
  }

  private let tray = Tray()
  private let session: Interpreter

  init() {
    let standard = Library.standard()
    let tray = tray
    let keep = Builtin("oracle_keep(place, given, wanted)", "Keeps values for the test.") {
      (place: Int, given: Value, wanted: Value) in
      tray.outcomes[place] = .values(given: given, wanted: wanted)
      return Value.nothing
    }
    let fail = Builtin("oracle_fail(place, error)", "Keeps a failure for the test.") {
      (place: Int, error: Record) in
      tray.outcomes[place] = .failure(
        "\(error["code"] ?? .nothing): \(error["message"] ?? .nothing)")
      return Value.nothing
    }
    session = Interpreter(
      library: Library(
        families: standard.families + [Family("Oracle", [keep, fail])], files: standard.files))
  }

  /// Runs a program on which the calls stand; whether it is one.
  func prepare(_ program: String) -> Bool {
    session.run(Cell(id: "program", file: "program", text: program), receive: { _ in }) == .finished
  }

  /// What comes of the calls of cases and of their golden results.
  func outcomes(of cases: [GoldenFile.Case]) -> [Outcome] {
    stride(from: 0, to: cases.count, by: 50).flatMap { start in
      let part = Array(cases[start..<min(start + 50, cases.count)])
      if let outcomes = run(part) { return outcomes }
      // One of them is no program; alone it does not stop the others.
      return part.map { run([$0])?.first ?? .mistake }
    }
  }

  /// Runs cases as one cell; `nil` if the cell is no program.
  private func run(_ cases: [GoldenFile.Case]) -> [Outcome]? {
    tray.outcomes = [:]
    let lines = cases.enumerated().map { place, sample in
      "try { oracle_keep(\(place), \(sample.call), \(sample.result ?? "nothing")) } "
        + "catch e { oracle_fail(\(place), e) };"
    }
    let cell = Cell(id: "oracle", file: "oracle", text: lines.joined(separator: "\n"))
    guard session.run(cell, receive: { _ in }) == .finished else { return nil }
    return cases.indices.map { tray.outcomes[$0] ?? .mistake }
  }
}

/// What came of a call.
enum Outcome {
  case values(given: Value, wanted: Value)
  case failure(String)
  /// The call is no program.
  case mistake

  /// What is wrong, with the call and both values; `nil` if nothing is.
  func mistake(in sample: GoldenFile.Case, _ tolerance: Tolerance) -> String? {
    switch (self, sample.result) {
    case (.mistake, _): return "\(sample.call) is no program"
    case (.failure(let text), nil):
      return text.hasPrefix("name/") ? "\(sample.call) is no call: \(text)" : nil
    case (.failure(let text), let golden?):
      return "\(sample.call) fails with \(text), and NumPy gives \(golden)"
    case (.values(let given, _), nil):
      return "\(sample.call) gives \(given.source), and NumPy refuses it"
    case (.values(let given, let wanted), let golden?):
      if tolerance.accepts(given, as: wanted) { return nil }
      return "\(sample.call) gives \(given.source), and NumPy gives \(golden)"
    }
  }
}
