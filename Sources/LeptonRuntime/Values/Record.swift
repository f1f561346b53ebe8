/// Values under names, in the order in which the names were first given.
///
/// Looking up a name takes constant time: a record of more than a few names keeps an index.
public struct Record {
  /// The names, in order.
  public private(set) var names: [String] = []
  /// The values, one for each name.
  public private(set) var values: [Value] = []
  /// The positions of the names; built once there are more than `scanLimit`.
  private var positions: [String: Int] = [:]

  /// Up to this many names a scan beats hashing.
  private static let scanLimit = 8

  /// Makes an empty record.
  public init() {}

  /// Makes a record of pairs; a name given twice keeps its first place and its last value.
  public init(_ fields: KeyValuePairs<String, Value>) {
    for (name, value) in fields { self[name] = value }
  }

  /// The number of names.
  public var count: Int { names.count }

  /// The value under a name; setting `nil` removes the name.
  public subscript(name: String) -> Value? {
    get { position(of: name).map { values[$0] } }
    set {
      switch (position(of: name), newValue) {
      case (let position?, let value?): values[position] = value
      case (let position?, nil): remove(at: position)
      case (nil, let value?): append(name, value)
      case (nil, nil): break
      }
    }
  }

  /// The position of a name.
  public func position(of name: String) -> Int? {
    names.count > Self.scanLimit ? positions[name] : names.firstIndex(of: name)
  }

  /// Takes the value at a position out, leaving `nothing`, so that it can be changed in place.
  mutating func take(at position: Int) -> Value {
    var taken = Value.nothing
    swap(&taken, &values[position])
    return taken
  }

  /// Puts a value at a position.
  mutating func put(_ value: Value, at position: Int) { values[position] = value }

  private mutating func append(_ name: String, _ value: Value) {
    names.append(name)
    values.append(value)
    if names.count > Self.scanLimit { index() }
  }

  private mutating func remove(at position: Int) {
    names.remove(at: position)
    values.remove(at: position)
    positions = [:]
    index()
  }

  /// Brings the index up to date with the names.
  private mutating func index() {
    if positions.isEmpty {
      for (position, name) in names.enumerated() { positions[name] = position }
    } else if let last = names.last {
      positions[last] = names.count - 1
    }
  }
}

extension Record: ExpressibleByDictionaryLiteral {
  /// Makes a record of a literal.
  public init(dictionaryLiteral fields: (String, Value)...) {
    for (name, value) in fields { self[name] = value }
  }
}
