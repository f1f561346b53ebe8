// What the layout asks of expressions.

extension Expression {
  /// Whether operators that bind equally join it, which may break behind each.
  var isChain: Bool {
    switch kind {
    case .binary(let binary, _, _): binary != .power
    case .comparison: true
    default: false
    }
  }

  /// Whether it is `a >> b`.
  var isComposition: Bool {
    if case .binary(.compose, _, _) = kind { true } else { false }
  }

  /// The operands that operators of one precedence join, from left to right.
  var chainedOperands: [Expression] {
    switch kind {
    case .comparison(let first, let steps): return [first] + steps.map(\.operand)
    case .binary(let top, _, _):
      var operands: [Expression] = []
      var rest = self
      while case .binary(let binary, let left, let right) = rest.kind,
        Self.bindEqually(binary, top)
      {
        operands.append(right)
        rest = left
      }
      operands.append(rest)
      return operands.reversed()
    default: return [self]
    }
  }

  private static func bindEqually(_ first: BinaryOperator, _ second: BinaryOperator) -> Bool {
    let sums: Set<BinaryOperator> = [.add, .subtract]
    let products: Set<BinaryOperator> = [.multiply, .divide, .floorDivide, .remainder, .matmul]
    return first == second
      || [sums, products].contains { $0.contains(first) && $0.contains(second) }
  }

  /// What calls, indices and fields stand behind, and those, from left to right.
  var postfixes: (primary: Expression, suffixes: [Expression]) {
    var suffixes: [Expression] = []
    var rest = self
    while true {
      switch rest.kind {
      case .call(let base, _), .index(let base, _), .field(let base, _):
        suffixes.append(rest)
        rest = base
      default: return (rest, suffixes.reversed())
      }
    }
  }

  /// Whether it is a number as it is written, perhaps with a sign.
  var isNumber: Bool {
    switch kind {
    case .int, .float: true
    case .unary(.negate, let value): value.isNumber
    default: false
    }
  }

  /// Whether it ends in a block.
  var isBlockLike: Bool {
    switch kind {
    case .function(let function), .layer(let function): function.body.hasBraces
    default: false
    }
  }

  /// Whether it stands in brackets of its own.
  var isBracketed: Bool {
    switch kind {
    case .list, .record, .comprehension: true
    default: false
    }
  }
}
