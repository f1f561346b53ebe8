import LeptonSyntax

extension Value {
  /// The Lepton that makes the value, whole.
  public var source: String {
    ValueWriter.text(of: self, isWhole: true)
  }

  /// The Lepton that makes the value, shortened where it is large.
  public var display: String {
    ValueWriter.text(of: self, isWhole: false)
  }

  /// How `print`, `str` and f-strings write the value: a string stands for itself, and a tensor without
  /// axes is a number.
  public var text: String {
    switch self {
    case .string(let text): text
    case .tensor(let tensor): tensor.numeral ?? display
    default: display
    }
  }
}

/// Writes values as the Lepton that makes them.
struct ValueWriter {
  /// Whether nothing is left out.
  let isWhole: Bool
  /// What has been written.
  private(set) var text = ""
  /// The names of what stands in the value more than once.
  private let shared: SharedNames

  /// How many elements of a list are shown.
  static let shownElements = 100
  /// How many of a long list are shown at either end.
  private static let shownEnds = 10

  private init(isWhole: Bool, shared: SharedNames) {
    self.isWhole = isWhole
    self.shared = shared
  }

  /// The Lepton that makes a value; what is shared in it is bound to names first.
  static func text(of value: Value, isWhole: Bool) -> String {
    let shared = SharedNames(in: value)
    let writer = ValueWriter(isWhole: isWhole, shared: shared)
    return shared.bindings { $0.source { writer.writing($0, depth: 0) } }
      + writer.writing(value, depth: 0)
  }

  /// Writes a value.
  mutating func write(_ value: Value, depth: Int) {
    guard depth < Value.nestingLimit else {
      text += "…"
      return
    }
    if let name = shared.name(of: value) {
      text += name
      return
    }
    if depth > 0, case .function(let closure as Closure) = value, closure.origin == nil {
      text += closure.sourceInside
      return
    }
    if let composite = value.composite {
      text += composite.source { writing($0, depth: depth + 1) }
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
    case .object(let object): text += isWhole ? object.source : object.display
    }
  }

  /// A value as it stands in another.
  private func writing(_ value: Value, depth: Int) -> String {
    var writer = ValueWriter(isWhole: isWhole, shared: shared)
    writer.write(value, depth: depth)
    return writer.text
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
      text += Self.key(name) + ": "
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

  /// A key as a record writes it.
  static func key(_ name: String) -> String { isIdentifier(name) ? name : name.quoted }

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
