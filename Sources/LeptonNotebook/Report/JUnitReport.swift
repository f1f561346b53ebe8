import LeptonDisplay
import LeptonFiles

/// The results of a run as JUnit XML, which the tools of continuous integration read.
///
/// The form is the one that pytest writes and whose schema Jenkins publishes (`junit-10.xsd`). That
/// knows a file only of a suite, and no lines: so what each case put out is its place, `n.lnb:12`. All
/// there is to say of a failure stands in the text of its element, because some tools show no more.
public struct JUnitReport {
  private let suites: [(name: String, file: String, result: RunResult)]

  /// Takes the results of runs, each with the path of its notebook as the user gave it.
  public init(_ runs: [(path: String, result: RunResult)]) {
    suites = runs.map { ($0.result.notebook.name, $0.path, $0.result) }
  }

  /// Writes it as a file, atomically.
  public func write(to path: String) throws(FileError) { try AtomicWriter.write(xml, to: path) }

  /// The whole document.
  package var xml: String {
    let body = suites.map(suite).joined()
    return "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<testsuites>\n\(body)</testsuites>\n"
  }

  private func suite(_ name: String, _ file: String, _ result: RunResult) -> String {
    let cases = result.testCases
    let head = Element.open(
      "testsuite",
      [
        ("name", name), ("tests", "\(cases.count)"),
        ("failures", "\(cases.count(where: \.isFailure))"),
        ("errors", "\(cases.count(where: \.isError))"),
        ("skipped", "\(cases.count(where: \.isSkipped))"),
        ("time", seconds(cases.reduce(0) { $0 + $1.seconds }, result)), ("file", file),
      ])
    let body = cases.map { testCase($0, suite: name, file: file, result) }.joined()
    return "\(head)\n\(properties(of: result))\(body)</testsuite>\n"
  }

  private func properties(of result: RunResult) -> String {
    let entries = result.parameters.entries
    guard !entries.isEmpty else { return "" }
    let lines = entries.map { entry in
      Element.empty("property", [("name", entry.parameter.name), ("value", entry.value.source)])
        + "\n"
    }
    return "<properties>\n\(lines.joined())</properties>\n"
  }

  private func testCase(
    _ testCase: TestCase, suite: String, file: String, _ result: RunResult
  ) -> String {
    let attributes = [
      ("classname", suite), ("name", testCase.name), ("time", seconds(testCase.seconds, result)),
    ]
    let place = Element.full("system-out", [], "\(file):\(testCase.line)")
    return Element.open("testcase", attributes) + (child(of: testCase.verdict) ?? "") + place
      + "</testcase>\n"
  }

  private func child(of verdict: TestCase.Verdict) -> String? {
    switch verdict {
    case .passed: nil
    case .failure(let message, let details):
      Element.full("failure", [("message", message)], details)
    case .error(let code, let message, let details):
      Element.full("error", [("message", message), ("type", code)], details)
    case .skipped(let why): Element.full("skipped", [("message", why)], why)
    }
  }

  /// Times stand in the document only where they were asked for: they differ from run to run.
  private func seconds(_ seconds: Double, _ result: RunResult) -> String {
    result.showsTimings ? NumberText.text(of: seconds, .fixed(digits: 3)) : "0"
  }
}

/// Elements of XML as text.
private enum Element {
  typealias Attributes = [(name: String, value: String)]

  static func open(_ name: String, _ attributes: Attributes) -> String {
    "<\(name)\(text(of: attributes))>"
  }

  static func empty(_ name: String, _ attributes: Attributes) -> String {
    "<\(name)\(text(of: attributes))/>"
  }

  static func full(_ name: String, _ attributes: Attributes, _ content: String) -> String {
    open(name, attributes) + Escaping.xml(content, keepingLineEnds: true) + "</\(name)>"
  }

  private static func text(of attributes: Attributes) -> String {
    attributes.map { " \($0.name)=\"\(Escaping.xml($0.value))\"" }.joined()
  }
}

extension TestCase {
  fileprivate var isFailure: Bool { if case .failure = verdict { true } else { false } }
  fileprivate var isError: Bool { if case .error = verdict { true } else { false } }
  fileprivate var isSkipped: Bool { if case .skipped = verdict { true } else { false } }
}
