/// Values under names, in the order in which the names were first given.
///
/// Looking up a name takes constant time. A record is one reference; whoever changes it while others
/// hold it changes a copy.
public struct Record {
  private var storage: Storage

  /// As many values as there are names.
  final class Storage {
    private(set) var names: RecordNames
    /// The same, for whoever looks a name up without counting.
    private var lentNames: Unmanaged<RecordNames>
    /// Where the first of the names stands.
    private(set) var firstName: UnsafePointer<String>
    private(set) var values: UnsafeMutablePointer<Value>
    private(set) var count: Int
    private var capacity: Int

    init(names: RecordNames, values: some Collection<Value>) {
      self.names = names
      lentNames = .passUnretained(names)
      firstName = UnsafePointer(names.first)
      count = values.count
      capacity = max(count, 4)
      self.values = .allocate(capacity: capacity)
      _ = UnsafeMutableBufferPointer(start: self.values, count: count).initialize(from: values)
    }

    deinit {
      values.deinitialize(count: count)
      values.deallocate()
    }

    /// The values as a buffer.
    var all: UnsafeBufferPointer<Value> { UnsafeBufferPointer(start: values, count: count) }

    /// The value under a name, if that stands at a position as far as a glance can tell.
    @inline(__always)
    func value(under name: UnsafePointer<String>, at position: Int)
      -> UnsafeMutablePointer<Value>?
    {
      guard position < count, RecordNames.look(name, like: firstName + position) else { return nil }
      return values + position
    }

    /// The value under a name.
    func value(under name: UnsafePointer<String>) -> UnsafeMutablePointer<Value>? {
      position(of: name).map { values + $0 }
    }

    /// The position of a name.
    @inline(__always)
    func position(of name: UnsafePointer<String>) -> Int? {
      lentNames._withUnsafeGuaranteedRef { $0.position(of: name) }
    }

    /// Adds a value at the end under a name that is not there yet.
    fileprivate func append(_ name: String, _ value: Value) {
      if !isKnownUniquelyReferenced(&names) {
        names = RecordNames(copying: names)
        lentNames = .passUnretained(names)
      }
      names.append(name)
      firstName = UnsafePointer(names.first)
      if count == capacity {
        let larger = UnsafeMutablePointer<Value>.allocate(capacity: capacity * 2)
        larger.moveInitialize(from: values, count: count)
        values.deallocate()
        values = larger
        capacity *= 2
      }
      (values + count).initialize(to: value)
      count += 1
    }
  }

  /// Makes an empty record.
  public init() { self.init(names: RecordNames([]), values: []) }

  /// Makes a record of pairs; a name given twice keeps its first place and its last value.
  public init(_ fields: KeyValuePairs<String, Value>) {
    self.init()
    for (name, value) in fields { self[name] = value }
  }

  /// Makes a record of names and one value for each.
  init(names: RecordNames, values: some Collection<Value>) {
    storage = Storage(names: names, values: values)
  }

  /// A record of the same names with other values, as many as there are names.
  public func replacingValues(_ values: [Value]) -> Record {
    values.count == count ? Record(names: storage.names, values: values) : self
  }

  /// The names, in order.
  public var names: [String] { storage.names.list }
  /// The values, one for each name.
  public var values: [Value] { Array(storage.all) }
  /// The number of names.
  public var count: Int { storage.count }

  /// The module whose names these are; `nil` for any other record.
  var module: String? { storage.names.module }

  /// These values as the namespace of a module: a name that it lacks is none of the names around it.
  func asModule(_ name: String) -> Record {
    let names = RecordNames(copying: storage.names)
    names.module = name
    return Record(names: names, values: values)
  }

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
  @inline(__always)
  subscript(position: Int) -> Value { storage.values[position] }

  /// The name at a position.
  func name(at position: Int) -> String { storage.names.first[position] }

  /// The position of a name.
  public func position(of name: String) -> Int? { storage.names.position(of: name) }

  /// Changes the value at a position in place.
  @inline(__always)
  mutating func update<Result>(
    at position: Int, _ body: (inout Value) throws -> Result
  ) rethrows -> Result {
    own()
    return try body(&storage.values[position])
  }

  /// Where the value under a name stands, to be changed there.
  mutating func place(of name: UnsafePointer<String>) -> UnsafeMutablePointer<Value>? {
    own()
    return withStorage { $0.value(under: name) }
  }

  /// Lends the storage, without counting.
  @inline(__always)
  func withStorage<Result>(_ body: (Storage) -> Result?) -> Result? {
    Unmanaged.passUnretained(storage)._withUnsafeGuaranteedRef(body)
  }

  /// Sees to it that nobody else holds the storage.
  @inline(__always)
  mutating func own() {
    if isKnownUniquelyReferenced(&storage) { return }
    storage = Storage(names: storage.names, values: storage.all)
  }

  private mutating func append(_ name: String, _ value: Value) {
    own()
    storage.append(name, value)
  }

  private mutating func remove(at position: Int) {
    var (names, values) = (names, values)
    names.remove(at: position)
    values.remove(at: position)
    storage = Storage(names: RecordNames(names), values: values)
  }
}

extension Record: ExpressibleByDictionaryLiteral {
  /// Makes a record of a literal.
  public init(dictionaryLiteral fields: (String, Value)...) {
    self.init()
    for (name, value) in fields { self[name] = value }
  }
}
