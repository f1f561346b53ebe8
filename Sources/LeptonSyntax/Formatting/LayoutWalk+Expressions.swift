extension LayoutWalk {
  mutating func expression(_ expression: Expression) {
    switch expression.kind {
    case .nothing, .bool, .int, .float, .string, .name, .invalid:
      comments()
      tokens(of: expression.span)
    case .interpolation(let pieces): interpolation(pieces)
    case .list(let elements): list(elements)
    case .comprehension(let body, let names, let sequence, let condition):
      comprehension(body, names.count, sequence, condition)
    case .record(let fields):
      bracketed(fields, packs: false) { walk, field in
        walk.tokens(2)
        walk.add(.space)
        walk.expression(field.value)
      }
    case .parenthesized(let value): parenthesized(value)
    case .unary(let unary, let value):
      token()
      if unary == .not { add(.space) }
      self.expression(value)
    case .binary(.power, let left, let right):
      self.expression(left)
      token()
      self.expression(right)
    case .binary, .comparison: chain(expression)
    case .call, .field, .index: postfix(expression)
    case .function(let function): self.function(function)
    case .layer(let function):
      token()
      add(.space)
      self.function(function)
    case .conditional: group { $0.branches(expression) }
    case .attempt(let body, _, let handler): attempt(body, handler)
    }
  }

  /// Adds what stands behind `=` or `->`.
  mutating func value(_ value: Expression) {
    guard value.isChain, !value.isComposition else {
      add(.space)
      return expression(value)
    }
    group { walk in
      walk.indented {
        $0.add(.line)
        $0.chain(value, steps: 0)
      }
    }
  }

  /// Adds what stands before a block; its further lines stand further to the right than the block's.
  mutating func head(_ expression: Expression) {
    if expression.isChain { chain(expression, steps: 2) } else { self.expression(expression) }
  }

  /// Adds what stands in parentheses, whose further lines stand below the first.
  mutating func inParentheses(_ value: Expression) {
    if value.isChain { chain(value, steps: 0) } else { expression(value) }
  }

  // MARK: Operators

  /// Adds operands of operators that bind equally, all on one line or each on its own.
  ///
  /// Lines end behind an operator, but begin with `>>`, where the author's breaks stay, and with one
  /// that a comment stands before.
  private mutating func chain(_ expression: Expression, steps: Int = 1) {
    let operands = expression.chainedOperands
    let isComposition = expression.isComposition
    group { walk in
      walk.expression(operands[0])
      walk.indented(steps) { walk in
        for operand in operands.dropFirst() {
          let leads = isComposition || walk.isBehindComment
          if isComposition && walk.isAtLineEnd { walk.add(.forceBreak) }
          walk.add(leads ? .line : .space)
          walk.token()
          if isComposition && walk.isAtLineEnd { walk.add(.forceBreak) }
          walk.add(leads ? .space : .line)
          walk.expression(operand)
        }
      }
    }
  }

  // MARK: Calls, indices and fields

  private mutating func postfix(_ expression: Expression) {
    let (primary, suffixes) = expression.postfixes
    self.expression(primary)
    var isIndented = false
    for suffix in suffixes {
      switch suffix.kind {
      case .field(let base, let name):
        if isAtLineEnd {
          if !isIndented { add(.indent(1)) }
          isIndented = true
          add(.hardLine)
        }
        // `1.e5` is a number.
        if case .int = base.kind, name.text.lowercased().hasPrefix("e") { add(.space) }
        tokens(2)
      case .call(_, let arguments): self.arguments(arguments, end: suffix.span.end)
      case .index(_, let subscripts): self.subscripts(subscripts)
      default: break
      }
    }
    if isIndented { add(.indent(-1)) }
  }

  private mutating func arguments(_ arguments: [Expression.Argument], end: Int) {
    guard let last = arguments.last, hugs(arguments, last, end: end) else {
      return bracketed(arguments) { $0.argument($1) }
    }
    token()
    for argument in arguments.dropLast() {
      self.argument(argument)
      token()
      add(.space)
    }
    argument(last)
    token()
  }

  private mutating func argument(_ argument: Expression.Argument) {
    if argument.name != nil { tokens(2) }
    expression(argument.value)
  }

  /// Whether the last argument may break while the brackets of the call stay on its first and last
  /// line.
  private func hugs(
    _ arguments: [Expression.Argument], _ last: Expression.Argument, end: Int
  ) -> Bool {
    let value = last.value
    guard value.isBlockLike || arguments.count == 1 && value.isBracketed else { return false }
    let others = arguments.dropLast().map(\.value.span)
    return others.reduce(0) { $0 + wordWidth(of: $1) } <= 50
      && arguments.dropLast().allSatisfy { !$0.value.isBlockLike }
      && !hasComment(before: last.value.span.start)
      && isClosed(from: value.span.end, to: end)
  }

  mutating func subscripts(_ subscripts: [Expression.Subscript]) {
    bracketed(subscripts) { walk, part in
      switch part {
      case .position(let value): walk.expression(value)
      case .ellipsis: walk.token()
      case .slice(let start, let stop, let step):
        if let start { walk.expression(start) }
        walk.token()
        if let stop { walk.expression(stop) }
        if walk.isNext(.colon) { walk.token() }
        if let step { walk.expression(step) }
      }
    }
  }
}
