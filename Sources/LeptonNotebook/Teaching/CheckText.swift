import LeptonDisplay

/// Says in a report what a check found: the author's words and the values, never the code.
enum CheckText {
  /// The blocks of Markdown behind a check.
  static func blocks(_ check: CheckVerdict, of outcome: CellOutcome) -> [String] {
    let name = outcome.cell.attributes.exercise.check ?? outcome.id
    return [line(check, name: name, status: outcome.status)] + values(check)
  }

  /// Writes a line for a check, such as `✗ **mse**: The result must be a scalar`.
  static func line(_ check: CheckVerdict, name: String, status: CellStatus) -> String {
    let bold = "**\(MarkdownRenderer.escaped(name))**"
    let said = check.message.isEmpty ? "" : ": \(MarkdownRenderer.escaped(check.message))"
    let reasons = check.reasons.map { MarkdownRenderer.escaped($0) }.joined(separator: ", ")
    let partly = reasons.isEmpty ? "" : " (\(reasons))"
    switch check.outcome {
    case .passed: return "> ✓ \(bold)\(said)\(partly)"
    case .failed where check.share > 0: return "> ◐ \(bold)\(said)\(partly)"
    case .failed: return "> ✗ \(bold)\(said)\(partly)"
    case .notAttempted: return "> \(bold) is not done yet."
    case .notRun: return "> " + (StatusText.note(status) ?? "\(bold) was not checked.")
    }
  }

  /// The values that a check saw.
  static func values(_ check: CheckVerdict) -> [String] {
    check.outcome == .passed || check.values.isEmpty
      ? [] : [MarkdownRenderer.fenced(check.values.joined(separator: "\n"))]
  }
}
