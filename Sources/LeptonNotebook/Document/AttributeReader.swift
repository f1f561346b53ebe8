/// A word of a list of attributes: `#id`, `flag`, `key=value`, `key="quoted value"`.
package struct AttributeWord: Sendable, Hashable {
  /// The key; `#` for an identifier.
  package var key: String
  /// The value; nothing for a flag.
  package var value: String?
  /// The column at which it begins, from 1, in code points.
  package var column: Int
  /// Its length in code points.
  package var length: Int
  /// The line on which it stands, from 0, below the line of the fence.
  package var lineOffset = 0
}

/// Cuts the text behind the word `lepton` of a fence into words.
package struct AttributeReader {
  /// How many bytes a list may have.
  private static let sizeLimit = 4096

  private let scalars: [Unicode.Scalar]
  private var position = 0
  private let column: Int
  /// The words, in order.
  package private(set) var words: [AttributeWord] = []
  /// What is wrong, and with which word.
  package private(set) var mistakes: [(Mistake, AttributeWord)] = []

  /// Reads a list; braces around it are passed over.
  ///
  /// - Parameter column: The column of the list's first code point, from 1.
  package init(_ text: some StringProtocol, column: Int) {
    self.column = column
    guard text.utf8.count <= Self.sizeLimit else {
      scalars = []
      let word = AttributeWord(key: "", value: nil, column: column, length: Self.sizeLimit)
      mistakes.append((.longAttributes(Self.sizeLimit), word))
      return
    }
    scalars = Array(text.unicodeScalars)
    readAll()
  }

  private mutating func readAll() {
    var end = scalars.count
    while end > 0, Self.isBlank(scalars[end - 1]) { end -= 1 }
    skipBlanks()
    if position < end, scalars[position] == "{", scalars[end - 1] == "}" {
      position += 1
      end -= 1
    }
    skipBlanks()
    while position < end {
      readWord(until: end)
      skipBlanks()
    }
  }

  private mutating func readWord(until end: Int) {
    let start = position
    let key = readKey(until: end)
    var value: String?
    var isOpen = false
    if position < end, scalars[position] == "=" {
      position += 1
      (value, isOpen) = readValue(until: end)
    }
    if position == start { position += 1 }
    let word = AttributeWord(
      key: key, value: value, column: column + start, length: position - start)
    if isOpen {
      mistakes.append((.openQuote(key), word))
    } else if key.isEmpty {
      mistakes.append((.badWord(text(start..<position)), word))
    } else {
      words.append(word)
    }
  }

  private mutating func readKey(until end: Int) -> String {
    let start = position
    while position < end, scalars[position] != "=", !Self.isBlank(scalars[position]) {
      position += 1
    }
    return text(start..<position)
  }

  private mutating func readValue(until end: Int) -> (String, isOpen: Bool) {
    guard position < end, scalars[position] == "\"" else {
      let start = position
      while position < end, !Self.isBlank(scalars[position]) { position += 1 }
      return (text(start..<position), false)
    }
    position += 1
    var value = String.UnicodeScalarView()
    while position < end, scalars[position] != "\"" {
      if scalars[position] == "\\", position + 1 < end { position += 1 }
      value.append(scalars[position])
      position += 1
    }
    guard position < end else { return (String(value), true) }
    position += 1
    return (String(value), false)
  }

  private mutating func skipBlanks() {
    while position < scalars.count, Self.isBlank(scalars[position]) { position += 1 }
  }

  private func text(_ range: Range<Int>) -> String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars[range])
    return String(view)
  }

  private static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
    scalar == " " || scalar == "\t"
  }
}
