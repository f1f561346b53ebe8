/// The names of a record, in order, and where they stand; records made at the same place share them.
///
/// Up to a few names a scan beats hashing; beyond that an index is kept. Names are compared by their
/// code points.
final class RecordNames {
  /// The names, one behind the other.
  private(set) var first: UnsafeMutablePointer<String>
  /// How many there are.
  private(set) var count = 0
  private var capacity: Int
  /// The positions of the names; there once there are more than `scanLimit`.
  private var index: NameIndex?
  /// The position that was found last: a program that reads a name often changes it next.
  private var lastFound = 0
  /// The module whose names they are; `nil` for those of any other record.
  var module: String?

  /// Up to this many names a scan beats hashing.
  private static let scanLimit = 8

  /// Takes names of which no two are the same.
  init(_ names: some Collection<String>) {
    capacity = max(names.count, 4)
    first = .allocate(capacity: capacity)
    for name in names { append(name) }
  }

  /// Makes a copy.
  convenience init(copying other: RecordNames) { self.init(other.list) }

  deinit {
    first.deinitialize(count: count)
    first.deallocate()
    index?.discard()
  }

  /// The names as a list.
  var list: [String] { Array(UnsafeBufferPointer(start: first, count: count)) }

  /// Whether two names look the same: the same bits are the same name.
  @inline(__always)
  static func look(_ name: UnsafePointer<String>, like other: UnsafePointer<String>) -> Bool {
    typealias Bits = (UInt64, UInt64)
    return UnsafeRawPointer(name).load(as: Bits.self) == UnsafeRawPointer(other).load(as: Bits.self)
  }

  /// The position of a name.
  func position(of name: String) -> Int? {
    withUnsafePointer(to: name) { position(of: $0) }
  }

  /// Whether two names are the same.
  @inline(__always)
  static func are(_ name: UnsafePointer<String>, _ other: UnsafePointer<String>) -> Bool {
    look(name, like: other) || name.pointee.isSame(as: other.pointee)
  }

  /// The position of a name.
  func position(of name: UnsafePointer<String>) -> Int? {
    if lastFound < count, Self.look(name, like: first + lastFound) { return lastFound }
    let found = index == nil ? scan(for: name) : index?.position(of: name, among: first)
    if let found { lastFound = found }
    return found
  }

  private func scan(for name: UnsafePointer<String>) -> Int? {
    for position in 0..<count where Self.look(name, like: first + position) { return position }
    return (0..<count).first { Self.are(name, first + $0) }
  }

  /// Adds a name that is not there yet.
  func append(_ name: String) {
    if count == capacity { grow() }
    (first + count).initialize(to: name)
    count += 1
    if index != nil {
      index?.append(UnsafeBufferPointer(start: first, count: count), count - 1)
    } else if count > Self.scanLimit {
      index = NameIndex(UnsafeBufferPointer(start: first, count: count))
    }
  }

  private func grow() {
    let larger = UnsafeMutablePointer<String>.allocate(capacity: capacity * 2)
    larger.moveInitialize(from: first, count: count)
    first.deallocate()
    first = larger
    capacity *= 2
  }
}
