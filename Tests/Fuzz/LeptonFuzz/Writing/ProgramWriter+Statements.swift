extension ProgramWriter {
  /// Writes a statement.
  mutating func statement() -> String {
    nested { writer in
      guard !writer.isAtEnd else { return writer.assignment() }
      if writer.isInLoop, writer.dice.happens(8) { return writer.jump() }
      switch writer.dice.below(28) {
      case 0...6: return writer.assignment()
      case 7...12: return writer.expression(.anything) + (writer.dice.happens(20) ? ";" : "")
      case 13, 14: return writer.update()
      case 15, 16: return writer.definition()
      case 17: return writer.forLoop()
      case 18: return writer.whileLoop()
      case 19, 20: return writer.conditional(.anything)
      case 21: return "record \(writer.newName(.float)) = \(writer.expression(.float))"
      case 22: return writer.expectation()
      case 23: return writer.jump()
      case 24: return writer.importing()
      case 25: return "# \(writer.words)\n" + writer.statement()
      case 26: return "## \(writer.words)\n" + writer.definition()
      default: return writer.attempt(.anything)
      }
    }
  }

  private mutating func assignment() -> String {
    let kind = dice.pick(Kind.allCases)
    let value = expression(kind)
    return "\(newName(kind)) = \(value)"
  }

  /// Changes a part of what a name holds.
  private mutating func update() -> String {
    let kind = dice.pick([Kind.list, .record, .tensor, .anything])
    guard let name = knownName(kind) else { return assignment() }
    let path = several(1...3, "") { writer in
      writer.dice.happens(kind == .record ? 70 : 15)
        ? ".\(writer.fieldName())" : writer.subscripts()
    }
    return "\(name)\(path) = \(expression(.anything))"
  }

  private mutating func definition() -> String {
    let name = newName(.function)
    let heading = "fn \(name)\(parameters(canHaveShapes: true))"
    let result = dice.happens(10) ? " -> \(pattern())" : ""
    return scoped { writer in
      writer.isInFunction = true
      defer { writer.isInFunction = false }
      return heading + result
        + (writer.dice.happens(50)
          ? " = \(writer.expression(.anything))" : " \(writer.block(.anything))")
    }
  }

  private mutating func forLoop() -> String {
    let sequence = expression(dice.pick([.list, .tensor, .anything, .record]))
    return scoped { writer in
      let names = writer.several(1...2, ", ") { $0.newName(.anything) }
      return "for \(names) in \(sequence) \(writer.loopBody())"
    }
  }

  private mutating func whileLoop() -> String {
    guard dice.happens(85) else { return "while \(expression(.bool)) \(loopBody())" }
    let limit = dice.below(5)
    return scoped { writer in
      let name = writer.newName(.int)
      let body = writer.several(0...2, "\n") { $0.statement() }
      return "\(name) = 0\nwhile \(name) < \(limit) {\n\(name) = \(name) + 1\n\(body)\n}"
    }
  }

  private mutating func loopBody() -> String {
    let outer = isInLoop
    isInLoop = true
    defer { isInLoop = outer }
    return block(.anything)
  }

  /// A block whose value is of a kind.
  mutating func block(_ kind: Kind) -> String {
    nested { writer in
      let statements = writer.isAtEnd ? "" : writer.several(0...2, "\n") { $0.statement() }
      let value = writer.dice.happens(90) ? writer.expression(kind) : ""
      let gap = statements.isEmpty || value.isEmpty ? "" : "\n"
      return statements.isEmpty && writer.dice.happens(70)
        ? "{ \(value) }" : "{\n\(statements)\(gap)\(value)\n}"
    }
  }

  private mutating func expectation() -> String {
    "expect \(expression(.bool))" + (dice.happens(40) ? ", \(expression(.string))" : "")
  }

  /// `break`, `continue`, `return`, sometimes where they have no meaning.
  private mutating func jump() -> String {
    if isInLoop || dice.happens(3) { return dice.pick(["break", "continue"]) }
    guard isInFunction || dice.happens(3) else { return assignment() }
    return dice.happens(70) ? "return \(expression(.anything))" : "return"
  }

  private mutating func importing() -> String {
    let module = vocabulary.modules.isEmpty ? "numbers" : dice.pick(vocabulary.modules)
    names.append((module, .record))
    return dice.happens(85)
      ? "import \(module)" : "import \"\(dice.pick(["x.lep", "", "../a", "a/b.lep"]))\""
  }

  /// Something that a comment may say.
  private var words: String {
    mutating get { dice.pick(["what follows", "TODO { [ (", "σ 損失 🎉", "\"unclosed", "", "#!"]) }
  }
}
