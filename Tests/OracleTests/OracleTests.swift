import LeptonLibrary
import LeptonRuntime
import LeptonSession
import Testing

/// Words beside NumPy, called as a user calls them.
@Suite struct OracleTests {
  @Test("Every family has its golden file, and every word enough inputs")
  func files() {
    #expect(GoldenFile.families == GoldenFile.programs)
    for family in GoldenFile.families {
      let words = GoldenFile(family: family)?.words ?? []
      #expect(!words.isEmpty, "\(family)")
      for word in words { #expect(word.cases.count >= 200, "\(word)") }
    }
  }

  @Test("A word gives what NumPy gives, and fails where NumPy does", arguments: GoldenFile.words)
  func agrees(_ word: GoldenFile.Word) {
    let desk = Desk()
    let mistakes = word.cases.compactMap { desk.mistake(in: $0, word.tolerance) }
    for mistake in mistakes.prefix(8) { Issue.record("\(word): \(mistake)") }
    if mistakes.count > 8 { Issue.record("\(word): \(mistakes.count) mistakes in all") }
  }
}

/// A session in which calls are tried.
private final class Desk {
  /// What the last cell gave.
  private final class Catch: @unchecked Sendable {
    var value: Value?
  }

  private let caught = Catch()
  private let session: Interpreter

  init() {
    let standard = Library.standard()
    let caught = caught
    let keep = Builtin("oracle_keep(value)", "Keeps a value for the test.") { (value: Value) in
      caught.value = value
      return Value.nothing
    }
    session = Interpreter(
      library: Library(
        families: standard.families + [Family("Oracle", [keep])], files: standard.files))
  }

  /// What is wrong with a case, with the call and both values; `nil` if nothing is.
  func mistake(in sample: GoldenFile.Case, _ tolerance: Tolerance) -> String? {
    let (given, failure) = result(of: sample.call)
    guard let text = sample.result else {
      if let failure {
        return failure.isAboutProgram ? "\(sample.call) is no call: \(failure)" : nil
      }
      return "\(sample.call) gives \(given?.source ?? "nothing"), and NumPy refuses it"
    }
    let wanted = result(of: text).value
    guard let wanted else { return "\(sample.call): the golden result \(text) cannot be read" }
    guard let given else {
      return "\(sample.call) fails with \(failure?.text ?? "nothing"), and NumPy gives \(text)"
    }
    if tolerance.accepts(given, as: wanted) { return nil }
    return "\(sample.call) gives \(given.source), and NumPy gives \(text)"
  }

  private func result(of expression: String) -> (value: Value?, failure: Mishap?) {
    caught.value = nil
    var failure: Mishap?
    let cell = Cell(id: "oracle", file: "oracle", text: "oracle_keep(\(expression));")
    _ = session.run(cell) { event in
      if case .output(.failure(let found)) = event {
        failure = Mishap(code: found.code, text: "\(found.code): \(found.message)")
      }
    }
    return (caught.value, failure)
  }
}

/// How a call failed.
private struct Mishap: CustomStringConvertible {
  let code: String
  let text: String
  var description: String { text }

  /// Whether the call itself is wrong, and not what it is given.
  var isAboutProgram: Bool { code.hasPrefix("name/") || code.hasPrefix("syntax/") }
}
