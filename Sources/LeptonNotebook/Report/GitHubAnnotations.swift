import LeptonDisplay

/// What is wrong with a run, in the form in which GitHub shows it beside the lines of a change.
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
    WorkflowCommand(file: path, line: line, title: title, message: message).text
  }
}
