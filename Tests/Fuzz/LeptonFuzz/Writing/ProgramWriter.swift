/// Writes programs: right by the grammar, mostly right by their types, and odd where it is allowed.
///
/// The same dice give the same program. Programs use every construct of the grammar and every word of
/// the table; `FuzzTests` holds them to that.
public struct ProgramWriter {
  var dice: Dice
  let vocabulary: Vocabulary
  /// The names that have been given so far, with what they are meant to be.
  var names: [(name: String, kind: Kind)] = []
  /// How many more pieces a program may have; leaves are written once it is used up.
  var budget = 0
  /// How many constructs enclose the place at hand.
  var depth = 0
  /// Whether `return` has a meaning at the place at hand.
  var isInFunction = false
  /// Whether `break` and `continue` have a meaning at the place at hand.
  var isInLoop = false

  /// Makes a writer that rolls some dice.
  public init(_ vocabulary: Vocabulary, dice: Dice) {
    self.vocabulary = vocabulary
    self.dice = dice
  }

  /// Writes a program.
  public mutating func program() -> String {
    names = []
    budget = 10 + dice.below(120)
    var lines: [String] = []
    for _ in 0..<(1 + dice.below(7)) { lines.append(statement()) }
    return lines.joined(separator: dice.happens(10) ? "; " : dice.happens(20) ? "\n\n" : "\n")
  }

  /// Writes calls of one word, which is the next one with every index.
  public mutating func calls(ofWordAt index: Int) -> String {
    names = []
    budget = 40
    let word = vocabulary.words[index % max(1, vocabulary.words.count)]
    return (0..<(1 + dice.below(3))).map { _ in
      let call = call(of: word)
      return dice.happens(30) ? "\(newName(.anything)) = \(call)" : call
    }.joined(separator: "\n")
  }

  // MARK: Names

  private static let spellings = [
    "a", "b", "c", "xs", "total", "cfg", "net", "row", "x_1", "_y", "σ", "损失", "Δx", "e1", "T",
  ]

  /// A name for something; now and then one that is taken, or a word's.
  mutating func newName(_ kind: Kind) -> String {
    let isWord = dice.happens(4)
    let name = isWord ? dice.pick(vocabulary.words).signature.name : dice.pick(Self.spellings)
    names.removeAll { $0.name == name }
    names.append((name, kind))
    return name
  }

  /// A name that was given to something of a kind, if there is one.
  mutating func knownName(_ kind: Kind) -> String? {
    let fitting = names.filter { $0.kind == kind || kind == .anything || $0.kind == .anything }
    return fitting.isEmpty ? nil : dice.pick(fitting).name
  }

  /// Writes something with names of its own, which are forgotten behind it.
  mutating func scoped(_ body: (inout Self) -> String) -> String {
    let outer = names
    defer { names = outer }
    return body(&self)
  }

  /// Writes something one step deeper.
  mutating func nested(_ body: (inout Self) -> String) -> String {
    depth += 1
    budget -= 1
    defer { depth -= 1 }
    return body(&self)
  }

  /// Whether only what is simple should follow.
  var isAtEnd: Bool { budget <= 0 || depth > 9 }

  /// A few things, written one by one and joined.
  mutating func several(
    _ range: ClosedRange<Int>, _ separator: String, _ one: (inout Self) -> String
  )
    -> String
  {
    let count = Int.random(in: range, using: &dice)
    return (0..<count).map { _ in one(&self) }.joined(separator: separator)
  }
}
