/// The text of an Einstein summation, read for operands of given numbers of axes.
struct EinsumEquation {
  typealias Label = Einsum.Label

  /// The names of the axes of each operand.
  let inputs: [[Label]]
  /// The names of the axes of the result.
  let output: [Label]

  init(_ text: String, ranks: [Int]) throws {
    let characters = text.filter { $0 != " " }
    let sides = EinsumEquation.sides(of: characters)
    guard let left = sides.first, sides.count <= 2 else {
      throw EinsumEquation.unreadable(text, "\"->\" stands more than once")
    }
    let terms = left.split(separator: ",", omittingEmptySubsequences: false)
    guard terms.count == ranks.count else {
      throw EinsumEquation.unreadable(
        text, "it names \(terms.count) operands, and \(ranks.count) are given")
    }
    let patterns = try terms.map { try Pattern($0, of: text) }
    inputs = try zip(patterns, ranks).enumerated().map { place, pair in
      try pair.0.labels(rank: pair.1, operand: place)
    }
    let all = inputs.joined()
    let rest = all.filter(\.isRest)
    let named = Set(rest).sorted { $0.order < $1.order }
    guard sides.count == 2 else {
      let once = Dictionary(grouping: all.filter { !$0.isRest }) { $0 }.filter { $1.count == 1 }
      output = named + once.keys.sorted { $0.order < $1.order }
      return
    }
    let pattern = try Pattern(sides[1], of: text)
    guard pattern.hasRest || named.isEmpty else {
      throw EinsumEquation.unreadable(text, "the result needs \"...\" too")
    }
    output =
      pattern.before.map(Label.letter) + (pattern.hasRest ? named : [])
      + pattern.after.map(Label.letter)
    try check(pattern, text)
  }

  /// The result names each of the operands' axes at most once.
  private func check(_ pattern: Pattern, _ text: String) throws {
    for (place, label) in output.enumerated() {
      if output[..<place].contains(label) {
        throw EinsumEquation.unreadable(text, "the result names \(label) twice")
      }
      if !inputs.contains(where: { $0.contains(label) }) {
        throw EinsumEquation.unreadable(text, "no operand has the axis \(label) of the result")
      }
    }
  }

  private static func sides(of text: String) -> [Substring] {
    var sides: [Substring] = []
    var rest = text[...]
    while let arrow = rest.indices.first(where: { rest[$0...].hasPrefix("->") }) {
      sides.append(rest[..<arrow])
      rest = rest[arrow...].dropFirst(2)
    }
    return sides + [rest]
  }

  /// The names of one operand: letters, and at most once `...`.
  private struct Pattern {
    var before: [Character] = []
    var after: [Character] = []
    var hasRest = false

    init(_ term: Substring, of text: String) throws {
      var rest = term
      while let next = rest.first {
        if rest.hasPrefix("...") {
          guard !hasRest else {
            throw EinsumEquation.unreadable(text, "\"...\" stands twice in \"\(term)\"")
          }
          hasRest = true
          rest = rest.dropFirst(3)
          continue
        }
        guard next.isLetter else {
          throw EinsumEquation.unreadable(text, "\"\(next)\" is no name of an axis")
        }
        if hasRest { after.append(next) } else { before.append(next) }
        rest = rest.dropFirst()
      }
    }

    func labels(rank: Int, operand: Int) throws -> [Label] {
      let names = before.count + after.count
      guard hasRest ? names <= rank : names == rank else {
        throw TensorError(
          "shape/einsum",
          "operand \(operand) has \(rank) axes, and the equation names \(names)",
          help: hasRest ? [] : ["\"...\" stands for axes without a name"])
      }
      return before.map(Label.letter) + (names..<rank).map { .rest($0 - rank) }
        + after.map(Label.letter)
    }
  }

  static let noOperands = TensorError("value/einsum", "einsum needs at least one operand")

  static func unreadable(_ text: String, _ why: String) -> TensorError {
    TensorError(
      "value/einsum", "the equation \"\(text)\" cannot be read: \(why)",
      help: ["a matrix product is \"ij,jk->ik\": a name for each axis, the result behind \"->\""])
  }

  static func sizes(
    _ label: Label, _ size: Int, axis: Int, operand: Int, _ known: Int
  ) -> TensorError {
    TensorError(
      "shape/einsum",
      "einsum's \(label) is axis \(axis) of operand \(operand) with size \(size), and had size \(known) before"
    )
  }

  static func diagonal(_ label: Label, _ size: Int, _ other: Int) -> TensorError {
    TensorError(
      "shape/einsum",
      "einsum's \(label) stands for two axes of one operand, and their sizes \(size) and \(other) differ"
    )
  }
}

extension Einsum.Label: CustomStringConvertible {
  var isRest: Bool { if case .rest = self { true } else { false } }

  /// Axes without a name come first, from the outermost; letters follow the alphabet.
  fileprivate var order: (Int, UInt32) {
    switch self {
    case .rest(let place): (place, 0)
    case .letter(let letter): (0, letter.unicodeScalars.first?.value ?? 0)
    }
  }

  var description: String {
    switch self {
    case .letter(let letter): "\"\(letter)\""
    case .rest(let place): "axis \(place) of \"...\""
    }
  }
}
