extension LayoutWalk {
  /// Adds what stands between brackets, with commas.
  ///
  /// It stands on one line; else all of it on a line of its own, if `packs` allows that; else each part
  /// on its own, with a comma behind the last. A comma there tells that the author wants it so.
  mutating func bracketed<Element>(
    _ elements: [Element], packs: Bool = true, fills: Bool = false,
    _ element: (inout LayoutWalk, Element) -> Void
  ) {
    group { walk in
      walk.token()
      walk.indented { walk in
        walk.isBehindOpener = true
        walk.add(.softLine)
        if packs { walk.add(.begin) }
        walk.separated(elements, fills: fills, element)
        if packs { walk.add(.end) }
      }
      walk.add(.softLine)
      walk.token()
    }
  }

  private mutating func separated<Element>(
    _ elements: [Element], fills: Bool, _ element: (inout LayoutWalk, Element) -> Void
  ) {
    for (index, value) in elements.enumerated() {
      comments(keepsBlank: true)
      element(&self, value)
      guard isNext(.comma) else { break }
      if index == elements.count - 1 {
        dropToken()
        add(.forceBreak)
      } else {
        token()
        add(fills && !isAtLineEnd ? .fillLine : .line)
      }
    }
    if !elements.isEmpty { add(.comma) }
    comments()
  }

  /// Adds a list; one of numbers has as many on a line as fit, and keeps the author's lines.
  mutating func list(_ elements: [Expression]) {
    let areNumbers = elements.count > 1 && elements.allSatisfy(\.isNumber)
    bracketed(elements, packs: areNumbers, fills: areNumbers) { $0.expression($1) }
  }

  mutating func comprehension(
    _ body: Expression, _ nameCount: Int, _ sequence: Expression, _ condition: Expression?
  ) {
    group { walk in
      walk.token()
      walk.indented { walk in
        walk.isBehindOpener = true
        walk.add(.softLine)
        walk.expression(body)
        walk.add(.line)
        walk.token()
        walk.add(.space)
        walk.names(nameCount)
        walk.add(.space)
        walk.token()
        walk.add(.space)
        walk.expression(sequence)
        if let condition {
          walk.add(.line)
          walk.token()
          walk.add(.space)
          walk.expression(condition)
        }
        walk.comments()
      }
      walk.add(.softLine)
      walk.token()
    }
  }

  mutating func parenthesized(_ value: Expression) {
    group { walk in
      walk.token()
      walk.indented { walk in
        walk.isBehindOpener = true
        walk.add(.softLine)
        walk.inParentheses(value)
        walk.comments()
      }
      walk.add(.softLine)
      walk.token()
    }
  }

  // MARK: Branches

  /// Adds `if … { } else { }`, whose blocks break together.
  mutating func branches(_ expression: Expression) {
    guard case .conditional(let condition, let then, let otherwise) = expression.kind else {
      return self.expression(expression)
    }
    token()
    add(.space)
    head(condition)
    add(.space)
    block(then)
    guard let otherwise else { return }
    add(.space)
    token()
    add(.space)
    if otherwise.hasBraces {
      block(otherwise)
    } else if case .expression(let value)? = otherwise.statements.first?.kind {
      branches(value)
    }
  }

  mutating func attempt(_ body: Block, _ handler: Block) {
    group { walk in
      walk.token()
      walk.add(.space)
      walk.block(body)
      walk.add(.space)
      walk.token()
      walk.add(.space)
      walk.token()
      walk.add(.space)
      walk.block(handler)
    }
  }
}
