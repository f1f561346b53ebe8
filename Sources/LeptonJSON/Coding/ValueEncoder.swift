/// A place in the JSON that is being made; containers fill it while the value encodes itself.
private final class Slot {
  enum Content {
    case empty
    case json(JSON)
    case array([Slot])
    case object([(key: String, slot: Slot)])
  }

  var content = Content.empty

  /// The JSON that has been made; nil where nothing was.
  var json: JSON? {
    switch content {
    case .empty: nil
    case .json(let json): json
    case .array(let slots): .array(slots.map { $0.json ?? .null })
    case .object(let members): .object(members.map { JSON.Member($0.key, $0.slot.json ?? .null) })
    }
  }

  func append(_ slot: Slot) {
    guard case .array(var slots) = content else { return }
    content = .empty
    slots.append(slot)
    content = .array(slots)
  }

  func append(_ key: String, _ slot: Slot) {
    guard case .object(var members) = content else { return }
    content = .empty
    members.append((key, slot))
    content = .object(members)
  }

  /// Becomes an array, unless it is one.
  func becomeArray() {
    if case .array = content { return }
    content = .array([])
  }

  /// Becomes an object, unless it is one.
  func becomeObject() {
    if case .object = content { return }
    content = .object([])
  }

  /// Adds a slot that holds a value's JSON.
  static func holding(_ json: JSON) -> Slot {
    let slot = Slot()
    slot.content = .json(json)
    return slot
  }
}

/// Makes the JSON of one value.
struct ValueEncoder: Encoder {
  private let slot: Slot
  let codingPath: [any CodingKey]
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  private init(_ slot: Slot, at path: [any CodingKey]) {
    self.slot = slot
    codingPath = path
  }

  /// The JSON of a value that stands somewhere in the whole.
  static func json(of value: some Encodable, at path: [any CodingKey]) throws -> JSON {
    if let direct = value as? any DirectlyCoded {
      guard let json = direct.json else {
        throw JSONError(value: "\(value) is too large for a JSON number", at: path)
      }
      return json
    }
    guard path.count < JSON.depthLimit else {
      throw JSONError(value: "values stand more than \(JSON.depthLimit) deep in each other", at: [])
    }
    let slot = Slot()
    try value.encode(to: ValueEncoder(slot, at: path))
    let json = slot.json ?? .object([])
    if value is any NamedValues, case .object(let members) = json {
      return .object(members.sorted { $0.key < $1.key })
    }
    return json
  }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    slot.becomeObject()
    return KeyedEncodingContainer(Keyed(slot: slot, codingPath: codingPath))
  }

  func unkeyedContainer() -> any UnkeyedEncodingContainer {
    slot.becomeArray()
    return Unkeyed(slot: slot, codingPath: codingPath)
  }

  func singleValueContainer() -> any SingleValueEncodingContainer {
    Single(slot: slot, codingPath: codingPath)
  }
}

extension ValueEncoder {
  private struct Keyed<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let slot: Slot
    let codingPath: [any CodingKey]

    func encodeNil(forKey key: Key) {
      slot.append(key.stringValue, .holding(.null))
    }

    func encode<T: Encodable>(_ value: T, forKey key: Key) throws {
      let json = try ValueEncoder.json(of: value, at: codingPath + [key])
      slot.append(key.stringValue, .holding(json))
    }

    func nestedContainer<Nested: CodingKey>(
      keyedBy type: Nested.Type, forKey key: Key
    ) -> KeyedEncodingContainer<Nested> {
      nested(key).container(keyedBy: type)
    }

    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
      nested(key).unkeyedContainer()
    }

    func superEncoder() -> any Encoder { nested(SuperKey()) }

    func superEncoder(forKey key: Key) -> any Encoder { nested(key) }

    private func nested(_ key: any CodingKey) -> ValueEncoder {
      let member = Slot()
      slot.append(key.stringValue, member)
      return ValueEncoder(member, at: codingPath + [key])
    }
  }

  private struct Unkeyed: UnkeyedEncodingContainer {
    let slot: Slot
    let codingPath: [any CodingKey]
    private(set) var count = 0

    init(slot: Slot, codingPath: [any CodingKey]) {
      self.slot = slot
      self.codingPath = codingPath
    }

    mutating func encodeNil() {
      slot.append(.holding(.null))
      count += 1
    }

    mutating func encode<T: Encodable>(_ value: T) throws {
      let json = try ValueEncoder.json(of: value, at: codingPath + [IndexKey(count)])
      slot.append(.holding(json))
      count += 1
    }

    mutating func nestedContainer<Nested: CodingKey>(
      keyedBy type: Nested.Type
    ) -> KeyedEncodingContainer<Nested> {
      nested().container(keyedBy: type)
    }

    mutating func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
      nested().unkeyedContainer()
    }

    mutating func superEncoder() -> any Encoder { nested() }

    private mutating func nested() -> ValueEncoder {
      let element = Slot()
      slot.append(element)
      count += 1
      return ValueEncoder(element, at: codingPath + [IndexKey(count - 1)])
    }
  }

  private struct Single: SingleValueEncodingContainer {
    let slot: Slot
    let codingPath: [any CodingKey]

    func encodeNil() {
      slot.content = .json(.null)
    }

    func encode<T: Encodable>(_ value: T) throws {
      slot.content = .json(try ValueEncoder.json(of: value, at: codingPath))
    }
  }
}
