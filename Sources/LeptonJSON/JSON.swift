/// A JSON text as a value: what RFC 8259 can say, with whole numbers kept exact and members kept in
/// the order in which they stand.
public indirect enum JSON: Sendable, Hashable {
  case null
  case bool(Bool)
  case int(Int)
  case double(Double)
  case string(String)
  case array([JSON])
  case object([Member])

  /// A name in an object and what stands under it.
  public struct Member: Sendable, Hashable {
    /// The name, unique in its object.
    public var key: String
    /// What stands under the name.
    public var value: JSON

    /// Makes a member.
    public init(_ key: String, _ value: JSON) {
      self.key = key
      self.value = value
    }
  }

  /// How deep arrays and objects may stand within each other, in reading and in writing.
  public static let depthLimit = 512
}

/// A value that holds no others.
public enum JSONScalar: Sendable, Hashable {
  case null
  case bool(Bool)
  case int(Int)
  case double(Double)
  case string(String)
}

extension JSON {
  /// Makes a tree of a single value.
  public init(_ scalar: JSONScalar) {
    switch scalar {
    case .null: self = .null
    case .bool(let value): self = .bool(value)
    case .int(let value): self = .int(value)
    case .double(let value): self = .double(value)
    case .string(let value): self = .string(value)
    }
  }

  /// The truth value, where this is one.
  public var boolValue: Bool? {
    if case .bool(let value) = self { value } else { nil }
  }

  /// The whole number, where this is one; `3.0` is one too.
  public var intValue: Int? {
    switch self {
    case .int(let value): value
    case .double(let value): JSON.exactInt(value)
    default: nil
    }
  }

  /// The number, where this is one.
  public var doubleValue: Double? {
    switch self {
    case .int(let value): Double(value)
    case .double(let value): value
    default: nil
    }
  }

  /// The text, where this is one.
  public var stringValue: String? {
    if case .string(let value) = self { value } else { nil }
  }

  /// The elements, where this is an array.
  public var arrayValue: [JSON]? {
    if case .array(let value) = self { value } else { nil }
  }

  /// The members in order, where this is an object.
  public var members: [Member]? {
    if case .object(let value) = self { value } else { nil }
  }

  /// What stands under a name, where this is an object that has it.
  public subscript(key: String) -> JSON? {
    members?.first { $0.key == key }?.value
  }

  /// The element at a place, where this is an array that has it.
  public subscript(index: Int) -> JSON? {
    guard let elements = arrayValue, elements.indices.contains(index) else { return nil }
    return elements[index]
  }

  /// The whole number that a double is, where no neighbouring whole number could have been meant.
  fileprivate static func exactInt(_ value: Double) -> Int? {
    guard value.magnitude <= 0x1p53 else { return nil }
    let whole = Int(value)
    return Double(whole) == value ? whole : nil
  }
}

extension JSON: ExpressibleByNilLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByFloatLiteral, ExpressibleByStringLiteral, ExpressibleByArrayLiteral,
  ExpressibleByDictionaryLiteral
{
  /// Makes null of `nil`.
  public init(nilLiteral: ()) { self = .null }
  /// Makes a truth value.
  public init(booleanLiteral value: Bool) { self = .bool(value) }
  /// Makes a whole number.
  public init(integerLiteral value: Int) { self = .int(value) }
  /// Makes a number.
  public init(floatLiteral value: Double) { self = .double(value) }
  /// Makes a text.
  public init(stringLiteral value: String) { self = .string(value) }
  /// Makes an array.
  public init(arrayLiteral elements: JSON...) { self = .array(elements) }
  /// Makes an object whose members keep the order of the literal.
  public init(dictionaryLiteral elements: (String, JSON)...) {
    self = .object(elements.map { Member($0.0, $0.1) })
  }
}
