import LeptonSyntax

// What can be seen of values without running anything.

extension CellWalk {
  /// Reports a condition that is neither true nor false.
  func checkTruth(of condition: Expression) {
    guard let type = LiteralTypes(condition), type.isDisjoint(with: .bool) else { return }
    report(.neverTruth(type), at: condition.span)
  }

  /// Reports comparisons whose outcome has nothing to do with what is compared.
  func checkComparison(_ first: Expression, _ steps: [Expression.ComparisonStep]) {
    var left = first
    for step in steps {
      checkComparison(left, step.comparison, step.operand)
      left = step.operand
    }
  }

  private func checkComparison(
    _ left: Expression, _ comparison: ComparisonOperator, _ right: Expression
  ) {
    let span = left.span.joined(with: right.span)
    if left.isNaN || right.isNaN, comparison != .isIn { return report(.comparesNaN, at: span) }
    let types = (LiteralTypes(left), LiteralTypes(right))
    switch comparison {
    case .equal, .notEqual:
      guard let first = types.0, let second = types.1, !first.mayEqual(second) else { return }
      report(.neverEqual(first, second), at: span)
    case .less, .lessOrEqual, .greater, .greaterOrEqual:
      for (value, type) in [(left, types.0), (right, types.1)] {
        guard let type, type.isDisjoint(with: .ordered) else { continue }
        report(.notOrdered(type), at: value.span)
      }
    case .isIn:
      guard let type = types.1, type.isDisjoint(with: .holding) else { return }
      report(.holdsNothing(type), at: right.span)
    }
  }

  /// Reports a name that is bound twice at once.
  func checkDistinct(_ names: [Expression.Name]) {
    for name in names.repeated(by: \.text) where !name.text.isEmpty {
      report(.repeatedName(name.text), at: name.span)
    }
  }

  /// Warns of names that a function assigns and nobody reads.
  func warnOfUnread(_ function: Scope) {
    for (number, name) in function.bindings.names.enumerated() {
      let text = name.text
      guard function.bindings.assigns(number), !function.reads(number), !text.hasPrefix("_") else {
        continue
      }
      report(.unread(text, isOuter: isBoundOutside(text, of: function)), at: name.span)
    }
  }

  /// Whether a name has a value around a function, or is one of its parameters.
  private func isBoundOutside(_ name: String, of function: Scope) -> Bool {
    var place = function.parent
    while let current = place {
      if current.has(name) { return true }
      place = current.parent
    }
    return notebook.isDefined(name, before: cell)
  }
}

extension Expression {
  /// Whether it is `nan` as it is written.
  fileprivate var isNaN: Bool {
    switch kind {
    case .float(let value): value.isNaN
    case .parenthesized(let value), .unary(.negate, let value): value.isNaN
    default: false
    }
  }
}

extension LiteralTypes {
  /// The types whose values are before or behind others: a list is a tensor.
  fileprivate static let ordered: LiteralTypes = [.number, .string, .list, .bool]
  /// The types whose values hold others.
  fileprivate static let holding: LiteralTypes = [.string, .list, .record]

  /// Whether values of two types can be equal.
  fileprivate func mayEqual(_ other: LiteralTypes) -> Bool {
    let numbers: LiteralTypes = [.number, .bool, .list]
    return !isDisjoint(with: other) || isSubset(of: numbers) && other.isSubset(of: numbers)
  }
}
