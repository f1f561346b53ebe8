extension JSON {
  /// How a JSON text is laid out.
  public enum Form: Sendable, Hashable {
    /// In one line, without spaces.
    case compact
    /// A member or element to a line, indented by two spaces, for people to read.
    case pretty
  }

  /// Writes a JSON text in UTF-8, without a line end behind it.
  ///
  /// Deterministic: doubles have the fewest digits that read back as the same double, members keep
  /// their order. What is written can be read: a double that is not finite, a name twice in an
  /// object, and what is deeper than `depthLimit` are refused.
  public func bytes(_ form: Form = .compact) throws(JSONError) -> [UInt8] {
    var writer = JSONWriter(form: form)
    try writer.write(self)
    return writer.bytes
  }

  /// Writes a JSON text; see `bytes(_:)`.
  public func text(_ form: Form = .compact) throws(JSONError) -> String {
    String(decoding: try bytes(form), as: UTF8.self)
  }
}

/// Writes one JSON text.
struct JSONWriter {
  let form: JSON.Form
  private(set) var bytes: [UInt8] = []
  private var depth = 0

  init(form: JSON.Form) {
    self.form = form
  }

  mutating func write(_ json: JSON) throws(JSONError) {
    switch json {
    case .null: write("null")
    case .bool(let value): write(value ? "true" : "false")
    case .int(let value): write(String(value))
    case .double(let value): try write(value)
    case .string(let value): writeQuoted(value)
    case .array(let elements): try write(elements)
    case .object(let members): try write(members)
    }
  }

  private mutating func write(_ text: String) {
    bytes.append(contentsOf: text.utf8)
  }

  private mutating func write(_ value: Double) throws(JSONError) {
    guard value.isFinite else {
      throw JSONError(code: "json/number", message: "\(value) cannot be written as a JSON number")
    }
    write(value.description)
  }

  private mutating func write(_ elements: [JSON]) throws(JSONError) {
    bytes.append(UInt8(ascii: "["))
    try deepen()
    for (index, element) in elements.enumerated() {
      separate(index)
      try write(element)
    }
    close(UInt8(ascii: "]"), isEmpty: elements.isEmpty)
  }

  private mutating func write(_ members: [JSON.Member]) throws(JSONError) {
    bytes.append(UInt8(ascii: "{"))
    try deepen()
    var names = UniqueNames()
    for (index, member) in members.enumerated() {
      guard names.insert(member.key, after: members[..<index]) else {
        throw JSONError(
          code: "json/duplicate", message: "the name `\(member.key)` stands twice in one object")
      }
      separate(index)
      writeQuoted(member.key)
      write(form == .pretty ? ": " : ":")
      try write(member.value)
    }
    close(UInt8(ascii: "}"), isEmpty: members.isEmpty)
  }

  private mutating func deepen() throws(JSONError) {
    depth += 1
    guard depth <= JSON.depthLimit else {
      throw JSONError(
        code: "json/depth",
        message: "arrays and objects stand more than \(JSON.depthLimit) deep in each other")
    }
  }

  /// Writes what stands before an element.
  private mutating func separate(_ index: Int) {
    if index > 0 { bytes.append(UInt8(ascii: ",")) }
    if form == .pretty { breakLine() }
  }

  private mutating func close(_ bracket: UInt8, isEmpty: Bool) {
    depth -= 1
    if form == .pretty, !isEmpty { breakLine() }
    bytes.append(bracket)
  }

  private mutating func breakLine() {
    bytes.append(0x0A)
    bytes.append(contentsOf: repeatElement(0x20, count: 2 * depth))
  }
}

extension JSONWriter {
  /// Writes a text in quotes; all that need not be escaped stands for itself.
  private mutating func writeQuoted(_ text: String) {
    var text = text
    bytes.append(UInt8(ascii: "\""))
    text.withUTF8 { utf8 in
      bytes.reserve(utf8.count + utf8.count / 8)
      var written = 0
      for (place, byte) in utf8.enumerated() where byte.needsEscape {
        bytes.append(contentsOf: utf8[written..<place])
        writeEscaped(byte)
        written = place + 1
      }
      bytes.append(contentsOf: utf8[written...])
    }
    bytes.append(UInt8(ascii: "\""))
  }

  private mutating func writeEscaped(_ byte: UInt8) {
    switch byte {
    case 0x0A: write("\\n")
    case 0x0D: write("\\r")
    case 0x09: write("\\t")
    case 0x00..<0x20: write("\\u00" + (byte < 16 ? "0" : "") + String(byte, radix: 16))
    default:
      bytes.append(UInt8(ascii: "\\"))
      bytes.append(byte)
    }
  }
}

extension UInt8 {
  /// Whether it cannot stand for itself in a text.
  fileprivate var needsEscape: Bool {
    self < 0x20 || self == UInt8(ascii: "\"") || self == UInt8(ascii: "\\")
  }
}

extension [UInt8] {
  /// Makes room for many more bytes at once; few find room as the array grows.
  fileprivate mutating func reserve(_ more: Int) {
    if more > capacity { reserveCapacity(count + more) }
  }
}
