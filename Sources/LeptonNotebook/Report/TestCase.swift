import LeptonDisplay
import LeptonSession

/// A thing that a run tried out, as the tools of continuous integration count them: a cell, an
/// `expect` fence, an `expect` in code, a bound of the front matter.
package struct TestCase: Sendable, Hashable {
  /// What it is called: `train`, `train::expect`, `train::accuracy > 0.9`, `metric::accuracy`.
  package var name: String
  /// The line of the notebook on which it stands, from 1.
  package var line: Int
  /// How long it took; nothing for what takes no time of its own.
  package var seconds = 0.0
  /// How it went.
  package var verdict: Verdict

  /// How a test case went.
  package enum Verdict: Sendable, Hashable {
    /// As it should.
    case passed
    /// What was expected does not hold: a sentence, and all there is to say.
    case failure(String, details: String)
    /// It could not be tried to its end: the code, a sentence, and all there is to say.
    case error(code: String, String, details: String)
    /// It was not tried.
    case skipped(String)
  }
}

extension RunResult {
  /// Everything that the run tried out, in the order of the notebook; bounds stand last.
  package var testCases: [TestCase] {
    var taken: Set<String> = []
    return (outcomes.flatMap(\.testCases) + metricChecks.map(\.testCase)).map { testCase in
      var unique = testCase
      var ordinal = 2
      while !taken.insert(unique.name).inserted {
        unique.name = "\(testCase.name) (\(ordinal))"
        ordinal += 1
      }
      unique.line = notebook.lineInFile(unique.line)
      return unique
    }
  }
}

extension CellOutcome {
  /// The cell itself, then what it was to give.
  fileprivate var testCases: [TestCase] {
    guard cell.attributes.isEvaluated else { return [] }
    let itself = TestCase(name: id, line: cell.line, seconds: seconds, verdict: ownVerdict)
    return [itself] + (check == nil ? verdicts.map { $0.testCase(of: id) } : [])
      + misses.map(testCase)
  }

  private var ownVerdict: TestCase.Verdict {
    let words = StatusText.words(self)
    let told = error.map(FailureText.plain) ?? words
    switch status {
    case .passed: return .passed
    case .needs, .notRun, .skipped, .withoutData, .notAttempted: return .skipped(words)
    case .checkFailed:
      let values = check?.values.joined(separator: "\n") ?? ""
      return .failure(words, details: [words, values].joined(separator: "\n"))
    case .failed, .rejected:
      return .error(
        code: error?.code ?? "cell/failed", error?.message ?? words, details: told)
    case .interrupted: return .error(code: "run/interrupted", words, details: told)
    case .timedOut, .outOfTime: return .error(code: "limit/time", words, details: told)
    case .workerDied: return .error(code: "run/worker", words, details: told)
    }
  }

  /// The case of a fence: nothing was missed, or this.
  private func testCase(_ miss: Failure?) -> TestCase {
    TestCase(
      name: "\(id)::expect", line: miss?.place.line ?? cell.line,
      verdict: miss.map { .failure($0.message, details: FailureText.plain($0)) } ?? .passed)
  }
}

extension Verdict {
  fileprivate func testCase(of cell: String) -> TestCase {
    let values = operands.map { "\($0.source) = \($0.value)" }.joined(separator: "\n")
    let sentence = message.isEmpty ? "\(condition) does not hold" : message
    let details = [condition, values, message].filter { !$0.isEmpty }.joined(separator: "\n")
    return TestCase(
      name: "\(cell)::\(condition)", line: line,
      verdict: holds ? .passed : .failure(sentence, details: details))
  }
}

extension MetricCheck {
  fileprivate var testCase: TestCase {
    let name = bound.name
    let found =
      metric.map { "\(name) is \(NumberText.text(of: $0.value))" } ?? "\(name) was not recorded"
    let sentence = "\(found), and must be \(bound.words)"
    return TestCase(
      name: "metric::\(name)", line: bound.line,
      verdict: holds ? .passed : .failure(sentence, details: sentence))
  }
}
