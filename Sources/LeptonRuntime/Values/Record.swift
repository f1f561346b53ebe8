/// Values under names, in the order in which the names were first given.
///
/// Looking up a name takes constant time: a record of more than a few names keeps an index. Two names
/// are the same if their code points are. A record is one reference; whoever changes it while others
/// hold it changes a copy.
public struct Record {
  private var storage: Storage

  private final class Storage {
    var names: [String]
    var values: [Value]
    /// The positions of the names; there once there are more than `scanLimit`.
    var index: NameIndex?

    init(names: [String], values: [Value], index: NameIndex?) {
      self.names = names
      self.values = values
      self.index = index
    }
  }

  /// Up to this many names a scan beats hashing.
  private static let scanLimit = 8

  /// Makes an empty record.
  public init() { storage = Storage(names: [], values: [], index: nil) }

  /// Makes a record of pairs; a name given twice keeps its first place and its last value.
  public init(_ fields: KeyValuePairs<String, Value>) {
    self.init()
    for (name, value) in fields { self[name] = value }
  }

  /// Makes a record of names, of which no two are the same, and one value for each.
  init(distinct names: [String], values: [Value]) {
    let index = names.count > Self.scanLimit ? NameIndex(names) : nil
    storage = Storage(names: names, values: values, index: index)
  }

  /// The names, in order.
  public var names: [String] { storage.names }
  /// The values, one for each name.
  public var values: [Value] { storage.values }
  /// The number of names.
  public var count: Int { storage.names.count }

  /// The value under a name; setting `nil` removes the name.
  public subscript(name: String) -> Value? {
    get { position(of: name).map { storage.values[$0] } }
    set {
      switch (position(of: name), newValue) {
      case (let position?, let value?): update(at: position) { $0 = value }
      case (let position?, nil): remove(at: position)
      case (nil, let value?): append(name, value)
      case (nil, nil): break
      }
    }
  }

  /// The value at a position.
  subscript(position: Int) -> Value { storage.values[position] }

  /// The position of a name.
  public func position(of name: String) -> Int? {
    if let index = storage.index { return index.position(of: name, among: storage.names) }
    return storage.names.firstIndex { $0.isSame(as: name) }
  }

  /// Whether a name stands at a position.
  @inline(__always)
  func has(_ name: String, at position: Int) -> Bool {
    position < storage.names.count && storage.names[position].isSame(as: name)
  }

  /// Changes the value at a position in place.
  @inline(__always)
  mutating func update<Result>(
    at position: Int, _ body: (inout Value) throws -> Result
  ) rethrows -> Result {
    own()
    return try body(&storage.values[position])
  }

  /// Sees to it that nobody else holds the storage.
  private mutating func own() {
    if isKnownUniquelyReferenced(&storage) { return }
    storage = Storage(names: storage.names, values: storage.values, index: storage.index)
  }

  private mutating func append(_ name: String, _ value: Value) {
    own()
    storage.names.append(name)
    storage.values.append(value)
    if storage.index != nil {
      storage.index?.append(name)
    } else if storage.names.count > Self.scanLimit {
      storage.index = NameIndex(storage.names)
    }
  }

  private mutating func remove(at position: Int) {
    own()
    storage.names.remove(at: position)
    storage.values.remove(at: position)
    storage.index = storage.names.count > Self.scanLimit ? NameIndex(storage.names) : nil
  }
}

extension Record: ExpressibleByDictionaryLiteral {
  /// Makes a record of a literal.
  public init(dictionaryLiteral fields: (String, Value)...) {
    self.init()
    for (name, value) in fields { self[name] = value }
  }
}
