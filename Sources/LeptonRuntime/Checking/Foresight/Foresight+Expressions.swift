import LeptonSyntax

extension Foresight {
  /// What is known of an expression's value.
  func known(_ expression: Expression) throws -> Known {
    guard spend() else { return .unknown }
    let span = expression.span
    switch expression.kind {
    case .nothing: return .value(.nothing)
    case .bool(let value): return .value(.bool(value))
    case .int(let value): return .value(.int(value))
    case .float(let value): return .value(.float(value))
    case .string(let value): return .value(.string(value))
    case .name(let name): return known(name)
    case .parenthesized(let value): return try known(value)
    case .list(let elements): return try list(elements)
    case .record(let fields): return try record(fields)
    case .unary(let unary, let operand):
      guard let value = try known(operand).value else { return .unknown }
      return try apply(at: span) { _ in
        unary == .negate ? try Arithmetic.negate(value) : try Truth.not(value)
      }
    case .binary(let binary, let left, let right): return try operate(binary, left, right, span)
    case .comparison(let first, let steps): return try compare(first, steps, span)
    case .call(let callee, let arguments): return try call(callee, arguments, at: span)
    case .field(let base, let name): return try field(name.text, of: base, at: span)
    case .index(let base, let subscripts): return try element(of: base, subscripts, at: span)
    case .function(let function): return self.function(function, named: "")
    case .conditional(let condition, let then, let otherwise):
      if case .finished(let known) = try branch(condition, then, otherwise) { return known }
    case .attempt(let body, _, let handler):
      forget(BindingScan(body.statements))
      forget(BindingScan(handler.statements))
    case .interpolation, .comprehension: try lookInto(expression)
    case .layer(let function): return self.function(function, named: "", isLayer: true)
    case .invalid: break
    }
    return .unknown
  }

  /// Looks at what is evaluated for certain, and forgets what else may be assigned.
  private func lookInto(_ expression: Expression) throws {
    if case .comprehension(_, _, let sequence, _) = expression.kind { _ = try known(sequence) }
    if case .interpolation(let pieces) = expression.kind {
      for case .value(let value, _) in pieces { _ = try known(value) }
    }
    forget(BindingScan(expression))
  }

  private func list(_ elements: [Expression]) throws -> Known {
    let values = try elements.map { try known($0).value }
    let all = values.compactMap(\.self)
    return all.count == values.count ? .value(.list(all)) : .unknown
  }

  private func record(_ fields: [Expression.Field]) throws -> Known {
    var record = Record()
    var isKnown = true
    for field in fields {
      guard let value = try known(field.value).value else {
        isKnown = false
        continue
      }
      record[field.name.text] = value
    }
    return isKnown ? .value(.record(record)) : .unknown
  }

  /// Whether a condition holds, if that is known.
  func truth(of condition: Expression) throws -> Bool? {
    if case .bool(let holds)? = try known(condition).value { holds } else { nil }
  }

  // MARK: Operators

  private func operate(
    _ binary: BinaryOperator, _ left: Expression, _ right: Expression, _ span: Span
  ) throws -> Known {
    if binary == .compose {
      guard let first = value(of: try known(left)), let second = value(of: try known(right)) else {
        return .unknown
      }
      return try apply(at: span) { _ in try Arithmetic.compose(first, second) }
    }
    let first = try known(left).value
    if binary == .and || binary == .or {
      guard case .bool(let holds)? = first, holds == (binary == .and) else {
        forget(BindingScan(right))
        if case .bool? = first { return .value(.bool(binary == .or)) }
        return .unknown
      }
      return try known(right)
    }
    guard let second = try known(right).value, let first else { return .unknown }
    return try apply(at: span) { _ in try Arithmetic.apply(binary.operation, first, second) }
  }

  private func compare(
    _ first: Expression, _ steps: [Expression.ComparisonStep], _ span: Span
  ) throws -> Known {
    let left = try known(first).value
    guard let step = steps.first else { return .unknown }
    let right = try known(step.operand).value
    guard let left, let right else { return .unknown }
    let result = try apply(at: first.span.joined(with: step.operand.span)) { _ in
      try Comparison.apply(step.comparison.operation, left, right)
    }
    return steps.count == 1 ? result : .unknown
  }

  // MARK: Parts

  private func field(_ name: String, of base: Expression, at span: Span) throws -> Known {
    guard let value = try known(base).value else { return .unknown }
    return try field(name, of: value, at: span) ?? .unknown
  }

  /// The field of a value; nothing if it has none of that name.
  func field(_ name: String, of value: Value, at span: Span) throws -> Known? {
    guard let field = try? Fields.value(of: name, in: value) else { return nil }
    // An object may stand for one with more elements; its parts stand for that one's.
    if case .object = value {
      if case .object = field { return .value(field) }
      return .unknown
    }
    return try apply(at: span) { _ in field }
  }

  private func element(
    of base: Expression, _ subscripts: [Expression.Subscript], at span: Span
  ) throws -> Known {
    let value = try known(base).value
    let known = try subscripts.map { try self.known($0) }
    let all = known.compactMap(\.self)
    guard let value, all.count == known.count else { return .unknown }
    return try apply(at: span) { _ in try Indexing.value(of: value, at: all) }
  }

  /// What is known of a subscript; nothing if it is not known as a whole.
  private func known(_ part: Expression.Subscript) throws -> Subscript? {
    switch part {
    case .ellipsis: return .ellipsis
    case .position(let position): return try known(position).value.map { .position($0) }
    case .slice(let start, let stop, let step):
      let bounds = try [start, stop, step].map { bound in try bound.map { try known($0).value } }
      var numbers: [Int?] = []
      for bound in bounds {
        switch bound {
        case nil, .some(.some(.nothing)): numbers.append(nil)
        case .some(.some(.int(let number))): numbers.append(number)
        default: return nil
        }
      }
      return .slice(start: numbers[0], stop: numbers[1], step: numbers[2])
    }
  }
}
