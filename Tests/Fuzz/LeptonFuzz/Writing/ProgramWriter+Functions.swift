extension ProgramWriter {
  /// The parameters of a function, which it knows from here on.
  mutating func parameters(canHaveShapes: Bool) -> String {
    var hasDefault = false
    let list = several(0...3, ", ") { writer in
      var parameter = writer.newName(.anything)
      if canHaveShapes, writer.dice.happens(15) { parameter += ": \(writer.pattern())" }
      hasDefault = writer.dice.happens(hasDefault ? 95 : 20)
      if hasDefault { parameter += " = \(writer.leaf(.anything))" }
      return parameter
    }
    return "(\(list))"
  }

  /// The shape that a heading asks for.
  mutating func pattern() -> String {
    let sizes = several(0...3, ", ") { writer in
      writer.dice.pick(["b", "t", "d", "2", "3", "0", "n"])
    }
    return dice.happens(20) ? "[...\(sizes.isEmpty ? "" : ", ")\(sizes)]" : "[\(sizes)]"
  }

  /// A function without a name.
  mutating func function() -> String {
    scoped { writer in
      let heading =
        writer.dice.happens(70)
        ? writer.newName(.anything) : writer.parameters(canHaveShapes: writer.dice.happens(5))
      let body =
        writer.dice.happens(75) ? writer.expression(.anything) : writer.block(.anything)
      return "\(heading) -> \(body)"
    }
  }

  /// A call of a word, by its heading or as an example calls it.
  mutating func call(of word: Vocabulary.Word) -> String {
    if let example = word.examples.isEmpty ? nil : dice.pick(word.examples), dice.happens(35) {
      return dice.happens(50) ? example : Mutation.changingTokens(of: example, self, &dice)
    }
    let name = word.signature.name
    guard let parameters = word.signature.parameters else { return name }
    var arguments: [String] = []
    var isNamed = false
    for parameter in parameters {
      if !parameter.isRequired, !parameter.isVariadic, dice.happens(55) {
        isNamed = true
        continue
      }
      let count = parameter.isVariadic ? dice.below(4) : dice.happens(3) ? 0 : 1
      for _ in 0..<count {
        let value = expression(Kind(of: parameter))
        isNamed = isNamed || dice.happens(10)
        arguments.append((isNamed ? "\(parameter.name)=" : "") + value)
      }
    }
    if dice.happens(2) { arguments.append(expression(.anything)) }
    if word.signature.isOpen, dice.happens(50) {
      arguments.append("\(fieldName())=\(leaf(.float))")
    }
    return written(name, arguments)
  }

  /// Writes a call: `f(x, y)`, or `x.f(y)`.
  private mutating func written(_ name: String, _ arguments: [String]) -> String {
    if let first = arguments.first, !first.contains("="), dice.happens(15) {
      return "(\(first)).\(name)(\(arguments.dropFirst().joined(separator: ", ")))"
    }
    return "\(name)(\(arguments.joined(separator: ", ")))" + (dice.happens(1) ? "()" : "")
  }

  /// A call of something that the program has defined, or of what is no function at all.
  mutating func callOfOwn() -> String {
    guard let name = knownName(dice.happens(90) ? .function : .anything) else {
      return call(of: dice.pick(vocabulary.words))
    }
    var isNamed = false
    let arguments = several(0...3, ", ") { writer in
      isNamed = isNamed || writer.dice.happens(8)
      return (isNamed ? "\(writer.newName(.anything))=" : "") + writer.expression(.anything)
    }
    return "\(name)(\(arguments))"
  }
}
