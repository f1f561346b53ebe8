import LeptonSession

/// The forms in which an expectation may write the tensors that a cell gave.
package enum ActualForm: CaseIterable, Sendable {
  /// The Lepton that makes them: `tensor([0.5, 1.0])`.
  case source
  /// Their elements alone: `[0.5, 1.0]`, `0.5`.
  case elements
  /// As the report shows them: the source, and a line with element type and shape.
  case shown

  /// The lines of what a cell gave, as an expectation that says `pattern` writes them.
  ///
  /// - Returns: The lines, and how they differ from the pattern all the same.
  package static func closest(
    to pattern: ExpectationPattern, of outputs: [Output], by comparison: Comparison
  ) -> (lines: [ActualLine], miss: Failure?) {
    let meant = form(in: pattern, of: outputs)
    let lines = meant.lines(of: outputs)
    guard let miss = comparison.firstDifference(between: pattern, and: lines) else {
      return (lines, nil)
    }
    guard outputs.contains(where: \.isTensor) else { return (lines, miss) }
    for form in allCases where form != meant {
      let others = form.lines(of: outputs)
      if comparison.firstDifference(between: pattern, and: others) == nil { return (others, nil) }
    }
    return (lines, miss)
  }

  /// The form that the author of an expectation seems to mean.
  private static func form(in pattern: ExpectationPattern, of outputs: [Output]) -> ActualForm {
    let texts = pattern.lines.compactMap { line in
      if case .parts(_, let text, _) = line { text.trimmed } else { nil }
    }
    if texts.contains(where: { $0.hasPrefix("# ") }) { return .shown }
    let namesMaker = outputs.contains { output in
      guard case .tensor(let tensor) = output else { return false }
      let maker = tensor.text.prefix { $0 != "(" } + "("
      return texts.contains { $0.contains(maker) }
    }
    return namesMaker || texts.isEmpty ? .source : .elements
  }

  private func lines(of outputs: [Output]) -> [ActualLine] {
    ActualLine.lines(of: self == .source ? outputs : outputs.map(written))
  }

  private func written(_ output: Output) -> Output {
    guard case .tensor(var tensor) = output else { return output }
    switch self {
    case .source: break
    case .shown: tensor.text = tensor.shownText
    case .elements:
      let inside = tensor.text.drop { $0 != "(" }.dropFirst()
      if inside.last == ")" { tensor.text = String(inside.dropLast()) }
    }
    return .tensor(tensor)
  }
}

extension Output {
  fileprivate var isTensor: Bool { if case .tensor = self { true } else { false } }
}
