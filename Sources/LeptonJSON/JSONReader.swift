/// Reads one JSON text by recursive descent over its bytes.
///
/// Whoever wants no tree of it goes from member to member: ``entersObject()``, ``name()`` and ``scalar()`` or
/// ``value()``, ``goesOn()``.
public struct JSONReader {
  let bytes: UnsafeBufferPointer<UInt8>
  /// How many bytes have been read.
  public internal(set) var position = 0
  private var depth = 0

  /// Begins with the first of some bytes, which must outlive the reader.
  public init(_ bytes: UnsafeBufferPointer<UInt8>) {
    self.bytes = bytes
  }

  /// Reads the whole text.
  mutating func document() throws(JSONError) -> JSON {
    let json = try value()
    try end()
    return json
  }

  /// Makes sure that nothing is left.
  ///
  /// - Throws: `json/trailing`.
  public mutating func end() throws(JSONError) {
    skipSpace()
    guard position == bytes.count else {
      throw failure("json/trailing", "more text stands behind the end of the JSON value")
    }
  }

  /// The first byte of the value that comes next; `nil` at the end.
  public mutating func peek() -> UInt8? {
    skipSpace()
    return next
  }

  /// Reads a value.
  public mutating func value() throws(JSONError) -> JSON {
    switch peek() {
    case UInt8(ascii: "{"): .object(try object())
    case UInt8(ascii: "["): .array(try array())
    default: JSON(try scalar())
    }
  }

  /// Reads a value that is neither array nor object.
  public mutating func scalar() throws(JSONError) -> JSONScalar {
    guard let byte = peek() else { throw unexpected("a value") }
    switch byte {
    case UInt8(ascii: "\""): return .string(try text())
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
    default: throw unexpected("a value")
    }
  }

  private mutating func array() throws(JSONError) -> [JSON] {
    var elements: [JSON] = []
    var isInside = try enters(closing: UInt8(ascii: "]"))
    while isInside {
      elements.append(try value())
      isInside = try goesOn(closing: UInt8(ascii: "]"), else: "`,` or `]`")
    }
    return elements
  }

  private mutating func object() throws(JSONError) -> [JSON.Member] {
    var members: [JSON.Member] = []
    var names = UniqueNames()
    var isInside = try entersObject()
    while isInside {
      skipSpace()
      let start = position
      let key = try name()
      guard names.insert(key, after: members) else { throw duplicate(key, at: start) }
      members.append(JSON.Member(key, try value()))
      isInside = try goesOn()
    }
    return members
  }

  private mutating func word(
    _ word: StaticString, _ value: JSONScalar
  ) throws(JSONError) -> JSONScalar {
    let start = position
    for offset in 0..<word.utf8CodeUnitCount {
      guard next == word.utf8Start[offset] else {
        throw failure("json/syntax", "expected a value, found a word that is none", at: start)
      }
      position += 1
    }
    return value
  }
}

// From member to member.
extension JSONReader {
  /// Steps into the object that begins here; whether it has a member.
  ///
  /// - Throws: `json/syntax` if there is none, `json/depth`.
  public mutating func entersObject() throws(JSONError) -> Bool {
    guard peek() == UInt8(ascii: "{") else { throw unexpected("`{`") }
    return try enters(closing: UInt8(ascii: "}"))
  }

  /// Steps behind a member, and the comma or brace that must follow it; whether there is another.
  ///
  /// - Throws: `json/syntax`.
  public mutating func goesOn() throws(JSONError) -> Bool {
    try goesOn(closing: UInt8(ascii: "}"), else: "`,` or `}`")
  }

  /// Reads a name and the colon behind it.
  ///
  /// - Throws: `json/syntax`, `json/text`.
  public mutating func name() throws(JSONError) -> String {
    guard peek() == UInt8(ascii: "\"") else { throw unexpected("a name in quotes") }
    let key = try text()
    try colon()
    return key
  }

  /// Steps over a name and the colon behind it if the name stands in just these bytes.
  ///
  /// - Throws: `json/syntax` if there is no colon.
  public mutating func skipName(_ name: [UInt8]) throws(JSONError) -> Bool {
    skipSpace()
    let end = position + name.count + 1
    guard end < bytes.count, next == UInt8(ascii: "\""), bytes[end] == UInt8(ascii: "\"") else {
      return false
    }
    for (offset, byte) in name.enumerated() where bytes[position + 1 + offset] != byte {
      return false
    }
    position = end + 1
    try colon()
    return true
  }

  /// What is said of a name that stands a second time in an object.
  public func duplicate(_ name: String, at place: Int) -> JSONError {
    failure("json/duplicate", "the name `\(name)` stands twice in one object", at: place)
  }

  private mutating func colon() throws(JSONError) {
    guard peek() == UInt8(ascii: ":") else { throw unexpected("`:`") }
    position += 1
  }

  /// Steps into an array or object, one level deeper; whether anything stands in it.
  private mutating func enters(closing bracket: UInt8) throws(JSONError) -> Bool {
    depth += 1
    guard depth <= JSON.depthLimit else {
      throw failure(
        "json/depth", "arrays and objects stand more than \(JSON.depthLimit) deep in each other")
    }
    position += 1
    return !leaves(closing: bracket)
  }

  /// Steps behind an element and what must follow it; whether there is another.
  private mutating func goesOn(
    closing bracket: UInt8, else expected: String
  ) throws(JSONError) -> Bool {
    if leaves(closing: bracket) { return false }
    guard skip(UInt8(ascii: ",")) else { throw unexpected(expected) }
    return true
  }

  private mutating func leaves(closing bracket: UInt8) -> Bool {
    skipSpace()
    guard skip(bracket) else { return false }
    depth -= 1
    return true
  }
}

// The bytes, one by one.
extension JSONReader {
  /// The byte at the position; nil at the end.
  var next: UInt8? { position < bytes.count ? bytes[position] : nil }

  /// Steps over a byte if it is the one at the position.
  mutating func skip(_ byte: UInt8) -> Bool {
    guard next == byte else { return false }
    position += 1
    return true
  }

  mutating func skipSpace() {
    while let byte = next, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 {
      position += 1
    }
  }
}

// What can be wrong.
extension JSONReader {
  func failure(_ code: String, _ message: String, at offset: Int? = nil) -> JSONError {
    JSONError(code: code, message: message, place: place(of: offset ?? position))
  }

  /// Says what should stand at the position, and what does.
  func unexpected(_ expected: String) -> JSONError {
    guard let byte = next else {
      return failure("json/syntax", "expected \(expected), but the text ends")
    }
    let found =
      (0x21..<0x7F).contains(byte)
      ? "`\(Unicode.Scalar(byte))`" : "a character that may not stand here"
    return failure("json/syntax", "expected \(expected), found \(found)")
  }

  private func place(of offset: Int) -> JSONError.Place {
    let before = bytes[..<min(offset, bytes.count)]
    let lineStart = before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
    let line = before.count { $0 == 0x0A } + 1
    let column = before[lineStart...].count { $0 & 0xC0 != 0x80 } + 1
    return JSONError.Place(line: line, column: column)
  }
}

/// The names of an object, compared one by one while they are few.
struct UniqueNames {
  private var many: Set<String> = []

  /// Remembers a name; false if one of the members has it.
  mutating func insert(_ name: String, after members: some Collection<JSON.Member>) -> Bool {
    if members.count < 16 { return !members.contains { $0.key == name } }
    if many.isEmpty { many = Set(members.map(\.key)) }
    return many.insert(name).inserted
  }
}
