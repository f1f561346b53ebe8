/// Reads one JSON text by recursive descent over its bytes.
struct JSONReader {
  let bytes: UnsafeBufferPointer<UInt8>
  var position = 0
  private var depth = 0

  init(_ bytes: UnsafeBufferPointer<UInt8>) {
    self.bytes = bytes
  }

  /// Reads the whole text.
  mutating func document() throws(JSONError) -> JSON {
    let json = try value()
    skipSpace()
    guard position == bytes.count else {
      throw failure("json/trailing", "more text stands behind the end of the JSON value")
    }
    return json
  }

  private mutating func value() throws(JSONError) -> JSON {
    skipSpace()
    guard let byte = next else { throw unexpected("a value") }
    switch byte {
    case UInt8(ascii: "{"): return try nested { (reader) throws(JSONError) in try reader.object() }
    case UInt8(ascii: "["): return try nested { (reader) throws(JSONError) in try reader.array() }
    case UInt8(ascii: "\""): return .string(try text())
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
    default: throw unexpected("a value")
    }
  }

  /// Reads an array or object one level deeper.
  private mutating func nested(
    _ read: (inout JSONReader) throws(JSONError) -> JSON
  ) throws(JSONError) -> JSON {
    depth += 1
    guard depth <= JSON.depthLimit else {
      throw failure(
        "json/depth", "arrays and objects stand more than \(JSON.depthLimit) deep in each other")
    }
    let json = try read(&self)
    depth -= 1
    return json
  }

  private mutating func array() throws(JSONError) -> JSON {
    position += 1
    var elements: [JSON] = []
    skipSpace()
    if skip(UInt8(ascii: "]")) { return .array(elements) }
    while true {
      elements.append(try value())
      skipSpace()
      if skip(UInt8(ascii: "]")) { return .array(elements) }
      guard skip(UInt8(ascii: ",")) else { throw unexpected("`,` or `]`") }
    }
  }

  private mutating func object() throws(JSONError) -> JSON {
    position += 1
    var members: [JSON.Member] = []
    var names = UniqueNames()
    skipSpace()
    if skip(UInt8(ascii: "}")) { return .object(members) }
    while true {
      let key = try name(&names, in: members)
      members.append(JSON.Member(key, try value()))
      skipSpace()
      if skip(UInt8(ascii: "}")) { return .object(members) }
      guard skip(UInt8(ascii: ",")) else { throw unexpected("`,` or `}`") }
    }
  }

  /// Reads a name and the colon behind it.
  private mutating func name(
    _ names: inout UniqueNames, in members: [JSON.Member]
  ) throws(JSONError) -> String {
    skipSpace()
    guard next == UInt8(ascii: "\"") else { throw unexpected("a name in quotes") }
    let start = position
    let key = try text()
    guard names.insert(key, after: members) else {
      throw failure("json/duplicate", "the name `\(key)` stands twice in one object", at: start)
    }
    skipSpace()
    guard skip(UInt8(ascii: ":")) else { throw unexpected("`:`") }
    return key
  }

  private mutating func word(_ word: StaticString, _ json: JSON) throws(JSONError) -> JSON {
    let start = position
    for offset in 0..<word.utf8CodeUnitCount {
      guard next == word.utf8Start[offset] else {
        throw failure("json/syntax", "expected a value, found a word that is none", at: start)
      }
      position += 1
    }
    return json
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
