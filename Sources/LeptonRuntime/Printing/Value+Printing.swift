import LeptonSyntax

extension Value {
  /// The Lepton that makes the value, whole.
  public var source: String {
    var writer = ValueWriter(isWhole: true)
    writer.write(self, depth: 0)
    return writer.text
  }

  /// The Lepton that makes the value, shortened where it is large.
  public var display: String {
    var writer = ValueWriter(isWhole: false)
    writer.write(self, depth: 0)
    return writer.text
  }

  /// How `print` and f-strings write the value: a string stands for itself.
  public var text: String {
    if case .string(let text) = self { return text }
    return display
  }
}

/// Writes values as the Lepton that makes them.
struct ValueWriter {
  /// Whether nothing is left out.
  let isWhole: Bool
  /// What has been written.
  private(set) var text = ""

  /// How many elements of a list are shown.
  private static let shownElements = 100
  /// How many of a long list are shown at either end.
  private static let shownEnds = 10

  init(isWhole: Bool) { self.isWhole = isWhole }

  /// Writes a value.
  mutating func write(_ value: Value, depth: Int) {
    guard depth < Value.nestingLimit else {
      text += "…"
      return
    }
    switch value {
    case .nothing: text += "nothing"
    case .bool(let bool): text += bool ? "true" : "false"
    case .int(let int): text += String(int)
    case .float(let float): text += Self.number(float)
    case .string(let string): text += string.quoted
    case .list(let elements): write(elements, depth: depth)
    case .record(let record): write(record, depth: depth)
    case .tensor(let tensor): text += isWhole ? tensor.source : tensor.display
    case .function(let function): text += function.source
    case .object(let object): text += object.source
    }
  }

  private mutating func write(_ elements: [Value], depth: Int) {
    text += "["
    let isCut = !isWhole && elements.count > Self.shownElements
    let shown = isCut ? elements.prefix(Self.shownEnds) : elements[...]
    writeSequence(shown, depth: depth)
    if isCut {
      text += ", …, "
      writeSequence(elements.suffix(Self.shownEnds), depth: depth)
    }
    text += "]"
  }

  private mutating func writeSequence(_ elements: ArraySlice<Value>, depth: Int) {
    for (position, element) in elements.enumerated() {
      if position > 0 { text += ", " }
      write(element, depth: depth + 1)
    }
  }

  private mutating func write(_ record: Record, depth: Int) {
    text += "{"
    for (position, name) in record.names.enumerated() {
      if position > 0 { text += ", " }
      text += (Self.isIdentifier(name) ? name : name.quoted) + ": "
      write(record.values[position], depth: depth + 1)
    }
    text += "}"
  }

  /// The shortest text that reads back as the number.
  static func number(_ number: Double) -> String {
    if number.isNaN { return "nan" }
    if number.isInfinite { return number < 0 ? "-inf" : "inf" }
    return number.description
  }

  /// Whether a key can be written without quotes.
  static func isIdentifier(_ name: String) -> Bool {
    guard let first = name.unicodeScalars.first else { return false }
    return (first.properties.isXIDStart || first == "_")
      && name.unicodeScalars.allSatisfy { $0.properties.isXIDContinue }
      && !keywords.contains(name)
  }

  private static let keywords: Set<String> = [
    "fn", "if", "else", "for", "in", "while", "break", "continue", "return", "try", "catch",
    "import", "expect", "record", "layer", "and", "or", "not", "true", "false", "nothing", "inf",
    "nan",
  ]
}
