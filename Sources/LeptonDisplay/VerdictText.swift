import LeptonSession

/// Writes what became of an `expect`.
enum VerdictText {
  /// The condition, the values of its operands where it did not hold, the author's message.
  static func lines(_ verdict: Verdict) -> String {
    let mark = verdict.holds ? "✓" : "✗"
    var lines = ["\(mark) expect \(verdict.condition)"]
    if !verdict.holds {
      lines += verdict.operands.map { "    \($0.source) = \($0.value)" }
      if !verdict.message.isEmpty { lines.append("    \(verdict.message)") }
    }
    return lines.map { Escaping.visible($0) }.joined(separator: "\n")
  }
}
