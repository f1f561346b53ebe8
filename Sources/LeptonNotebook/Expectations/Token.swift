/// A piece of a line: a number, or a word or sign that must stand there as it is.
package struct Token: Sendable, Hashable {
  /// How it is written.
  package var text: String
  /// The number it is, in full precision where the value itself was at hand.
  package var number: Double?
  /// The column at which it begins, from 1, in code points.
  package var column: Int

  /// Whether it is written as a whole number.
  package var isInteger: Bool {
    number != nil && text.utf8.allSatisfy { (48...57).contains($0) || $0 == 43 || $0 == 45 }
  }
}

/// Cuts a line into tokens; blanks part tokens and do not count.
package struct Tokenizer {
  private let scalars: [Unicode.Scalar]
  private var position = 0
  private var tokens: [Token] = []

  /// The tokens of a line.
  package static func tokens(of line: some StringProtocol) -> [Token] {
    var tokenizer = Tokenizer(scalars: Array(line.unicodeScalars))
    while tokenizer.position < tokenizer.scalars.count { tokenizer.readToken() }
    return tokenizer.tokens
  }

  private init(scalars: [Unicode.Scalar]) { self.scalars = scalars }

  private mutating func readToken() {
    let scalar = scalars[position]
    if scalar.properties.isWhitespace {
      position += 1
    } else if let end = endOfNumber() {
      let spelling = text(position..<end)
      append(upTo: end, number: Double(spelling))
    } else if isWordPart(scalar) {
      readWord()
    } else {
      if scalar == "\\", peek(1) == "|" { position += 1 }
      append(upTo: position + 1)
    }
  }

  private mutating func readWord() {
    var end = position
    while end < scalars.count, isWordPart(scalars[end]) { end += 1 }
    let numbers: [String: Double] = ["nan": .nan, "inf": .infinity]
    append(upTo: end, number: numbers[text(position..<end)])
    joinSign()
  }

  /// `-inf` is one number.
  private mutating func joinSign() {
    guard tokens.count > 1, let last = tokens.last, last.number == .infinity else { return }
    let sign = tokens[tokens.count - 2]
    guard sign.text == "-", sign.column + 1 == last.column, !followsValue(tokens.count - 2) else {
      return
    }
    tokens.removeLast(2)
    tokens.append(Token(text: "-inf", number: -.infinity, column: sign.column))
  }

  private func followsValue(_ index: Int) -> Bool {
    guard index > 0 else { return false }
    let before = tokens[index - 1]
    let isAdjacent = before.column + before.text.unicodeScalars.count == tokens[index].column
    return isAdjacent && (before.number != nil || before.text == ")" || before.text == "]")
  }

  private func endOfNumber() -> Int? {
    var end = position
    if scalars[end] == "-" || scalars[end] == "+" {
      guard !standsBehindValue() else { return nil }
      end += 1
    }
    let digits = end
    skipDigits(&end)
    guard end > digits else { return nil }
    if end + 1 < scalars.count, scalars[end] == ".", isDigit(scalars[end + 1]) {
      end += 1
      skipDigits(&end)
    }
    skipExponent(&end)
    return end
  }

  private func skipExponent(_ end: inout Int) {
    guard end < scalars.count, scalars[end] == "e" || scalars[end] == "E" else { return }
    var last = end + 1
    if last < scalars.count, scalars[last] == "-" || scalars[last] == "+" { last += 1 }
    let digits = last
    skipDigits(&last)
    if last > digits { end = last }
  }

  private func skipDigits(_ end: inout Int) {
    while end < scalars.count, isDigit(scalars[end]) { end += 1 }
  }

  /// Whether what stands directly before makes a sign an operator.
  private func standsBehindValue() -> Bool {
    guard position > 0 else { return false }
    let before = scalars[position - 1]
    return isWordPart(before) || before == ")" || before == "]"
  }

  private mutating func append(upTo end: Int, number: Double? = nil) {
    tokens.append(Token(text: text(position..<end), number: number, column: position + 1))
    position = end
  }

  private func peek(_ distance: Int) -> Unicode.Scalar? {
    position + distance < scalars.count ? scalars[position + distance] : nil
  }

  private func text(_ range: Range<Int>) -> String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars[range])
    return String(view)
  }

  private func isDigit(_ scalar: Unicode.Scalar) -> Bool { (0x30...0x39).contains(scalar.value) }

  private func isWordPart(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "_" || scalar.properties.isAlphabetic || scalar.properties.numericType != nil
  }
}
