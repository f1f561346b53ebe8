import LeptonDisplay

/// What is wrong with a run, in the form in which GitHub shows it beside the lines of a change.
///
/// A line is a workflow command, `::error file=…,line=…,title=…::message`; in its values `%`, line
/// ends, `:` and `,` are written as percent codes.
public struct GitHubAnnotations {
  private let path: String
  private let result: RunResult

  /// Takes the result of a run of the notebook that the user calls by this path.
  public init(_ result: RunResult, path: String) {
    self.path = path
    self.result = result
  }

  /// A line for each thing that is wrong.
  public var lines: [String] {
    let mistakes = result.notebook.failures.filter { $0.severity == .error }.map {
      line($0.place.line, title: $0.code, message: $0.message)
    }
    return mistakes
      + result.testCases.compactMap { testCase in
        switch testCase.verdict {
        case .passed, .skipped: nil
        case .failure(_, let details): line(testCase.line, title: testCase.name, message: details)
        case .error(let code, _, let details):
          line(testCase.line, title: "\(testCase.name): \(code)", message: details)
        }
      }
  }

  private func line(_ line: Int, title: String, message: String) -> String {
    "::error file=\(property(path)),line=\(line),title=\(property(title))::\(data(message))"
  }

  private func data(_ text: String) -> String {
    text.replacing("%", with: "%25").replacing("\r", with: "%0D").replacing("\n", with: "%0A")
  }

  private func property(_ text: String) -> String {
    data(text).replacing(":", with: "%3A").replacing(",", with: "%2C")
  }
}
