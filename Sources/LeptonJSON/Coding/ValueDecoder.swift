/// Makes one value of its JSON.
struct ValueDecoder: Decoder {
  let json: JSON
  let codingPath: [any CodingKey]
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  /// The value of JSON that stands somewhere in the whole.
  static func value<T: Decodable>(of json: JSON, at path: [any CodingKey]) throws -> T {
    if let direct = T.self as? any DirectlyCoded.Type {
      guard let value = direct.init(json: json) as? T else {
        throw unexpected(json, direct.expectation, at: path)
      }
      return value
    }
    guard path.count < JSON.depthLimit else {
      throw JSONError(value: "values stand more than \(JSON.depthLimit) deep in each other", at: [])
    }
    return try T(from: ValueDecoder(json: json, codingPath: path))
  }

  func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
    guard let members = json.members else { throw unexpected("an object") }
    return KeyedDecodingContainer(Keyed(members, at: codingPath))
  }

  func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
    guard let elements = json.arrayValue else { throw unexpected("an array") }
    return Unkeyed(elements: elements, codingPath: codingPath)
  }

  func singleValueContainer() -> any SingleValueDecodingContainer {
    Single(json: json, codingPath: codingPath)
  }

  private func unexpected(_ expectation: String) -> JSONError {
    ValueDecoder.unexpected(json, expectation, at: codingPath)
  }

  private static func unexpected(
    _ json: JSON, _ expectation: String, at path: [any CodingKey]
  ) -> JSONError {
    JSONError(value: "expected \(expectation), found \(json.kind)", at: path)
  }
}

extension JSON {
  /// What it is, for messages.
  fileprivate var kind: String {
    switch self {
    case .null: "null"
    case .bool(let value): "\(value)"
    case .int(let value): "\(value)"
    case .double(let value): "\(value)"
    case .string: "a text"
    case .array: "an array"
    case .object: "an object"
    }
  }
}

extension ValueDecoder {
  private struct Keyed<Key: CodingKey>: KeyedDecodingContainerProtocol {
    private let members: [JSON.Member]
    /// Where each name stands, once they are many.
    private let places: [String: Int]
    let codingPath: [any CodingKey]

    init(_ members: [JSON.Member], at path: [any CodingKey]) {
      self.members = members
      codingPath = path
      let named = members.count < 16 ? [] : members.enumerated().map { ($1.key, $0) }
      places = Dictionary(named, uniquingKeysWith: { first, _ in first })
    }

    var allKeys: [Key] { members.compactMap { Key(stringValue: $0.key) } }

    func contains(_ key: Key) -> Bool { find(key) != nil }

    func decodeNil(forKey key: Key) throws -> Bool { try member(key) == .null }

    func decode<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T {
      try ValueDecoder.value(of: try member(key), at: codingPath + [key])
    }

    func nestedContainer<Nested: CodingKey>(
      keyedBy type: Nested.Type, forKey key: Key
    ) throws -> KeyedDecodingContainer<Nested> {
      try nested(key).container(keyedBy: type)
    }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
      try nested(key).unkeyedContainer()
    }

    func superDecoder() throws -> any Decoder { try nested(SuperKey()) }

    func superDecoder(forKey key: Key) throws -> any Decoder { try nested(key) }

    private func nested(_ key: any CodingKey) throws -> ValueDecoder {
      ValueDecoder(json: try member(key), codingPath: codingPath + [key])
    }

    private func member(_ key: any CodingKey) throws -> JSON {
      guard let json = find(key) else {
        throw JSONError(value: "the name `\(key.stringValue)` is missing", at: codingPath)
      }
      return json
    }

    private func find(_ key: any CodingKey) -> JSON? {
      let name = key.stringValue
      if members.count < 16 { return members.first { $0.key == name }?.value }
      return places[name].map { members[$0].value }
    }
  }

  private struct Unkeyed: UnkeyedDecodingContainer {
    let elements: [JSON]
    let codingPath: [any CodingKey]
    private(set) var currentIndex = 0

    init(elements: [JSON], codingPath: [any CodingKey]) {
      self.elements = elements
      self.codingPath = codingPath
    }

    var count: Int? { elements.count }
    var isAtEnd: Bool { currentIndex >= elements.count }

    mutating func decodeNil() throws -> Bool {
      guard try element() == .null else { return false }
      currentIndex += 1
      return true
    }

    mutating func decode<T: Decodable>(_ type: T.Type) throws -> T {
      let value: T = try ValueDecoder.value(of: try element(), at: path)
      currentIndex += 1
      return value
    }

    mutating func nestedContainer<Nested: CodingKey>(
      keyedBy type: Nested.Type
    ) throws -> KeyedDecodingContainer<Nested> {
      try nested().container(keyedBy: type)
    }

    mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
      try nested().unkeyedContainer()
    }

    mutating func superDecoder() throws -> any Decoder { try nested() }

    private var path: [any CodingKey] { codingPath + [IndexKey(currentIndex)] }

    private func element() throws -> JSON {
      guard !isAtEnd else {
        throw JSONError(value: "the array has only \(elements.count) elements", at: codingPath)
      }
      return elements[currentIndex]
    }

    private mutating func nested() throws -> ValueDecoder {
      let decoder = ValueDecoder(json: try element(), codingPath: path)
      currentIndex += 1
      return decoder
    }
  }

  private struct Single: SingleValueDecodingContainer {
    let json: JSON
    let codingPath: [any CodingKey]

    func decodeNil() -> Bool { json == .null }

    func decode<T: Decodable>(_ type: T.Type) throws -> T {
      try ValueDecoder.value(of: json, at: codingPath)
    }
  }
}
