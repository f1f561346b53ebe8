/// The names that records have, where each of them stands, and the column it fills.
///
/// Most records have the names of the one before, in the same order: the one that is expected is compared byte by
/// byte, and any other looked up.
struct JSONNames {
  /// A name in the records, or in the records under a name.
  struct Name {
    /// The bytes that it is written with; empty where it may be written otherwise.
    let bytes: [UInt8]
    /// Its path: `user.name`.
    let column: String
    /// Whether somebody wants its values.
    let isWanted: Bool
    /// The names in the record that stands under it.
    let inner: Int
    /// The column that it fills; nothing before it has a value.
    var place: Int?
    /// The number of the record in which it stood last.
    var seen = 0
    /// Whether another name makes the same path: `user.name` may be one name, or two.
    var isShared = false
  }

  /// The names of a record.
  private struct Record {
    var prefix: String
    var order: [Int] = []
    var places: [TextKey: Int] = [:]
  }

  private var names: [Name] = []
  private var records = [Record(prefix: "")]
  /// The first name of each path.
  private var paths: [TextKey: Int] = [:]
  private let wanted: Set<TextKey>?

  /// Takes the only columns that are wanted; all if there are none.
  init(wanted: [String]?) { self.wanted = wanted.map { Set($0.map(TextKey.init)) } }

  /// The paths under which values have stood, each once.
  var columns: [String] {
    var seen: Set<TextKey> = []
    return names.filter {
      records[$0.inner].order.isEmpty && seen.insert(TextKey($0.column)).inserted
    }
    .map(\.column)
  }

  subscript(name: Int) -> Name {
    _read { yield names[name] }
    _modify { yield &names[name] }
  }

  /// The name at a place among those of a record; `nil` behind the last.
  func expected(_ record: Int, at place: Int) -> Int? {
    place < records[record].order.count ? records[record].order[place] : nil
  }

  /// The name of these letters in a record, and its place there; it is put last if it is new.
  mutating func find(_ key: String, in record: Int) -> (name: Int, place: Int) {
    if let place = records[record].places[TextKey(key)] {
      return (records[record].order[place], place)
    }
    let column = records[record].prefix + key
    var name = Name(
      bytes: key.isPlain ? Array(key.utf8) : [], column: column,
      isWanted: wanted?.contains(TextKey(column)) ?? true, inner: records.count)
    if let other = paths[TextKey(column)] {
      names[other].isShared = true
      name.isShared = true
    }
    paths[TextKey(column)] = names.count
    names.append(name)
    records.append(Record(prefix: column + "."))
    let place = records[record].order.count
    records[record].places[TextKey(key)] = place
    records[record].order.append(names.count - 1)
    return (names.count - 1, place)
  }
}

extension String {
  /// Whether JSON can write it in one way without escapes.
  fileprivate var isPlain: Bool {
    !isEmpty && utf8.allSatisfy { $0 >= 0x20 && $0 != .quote && $0 != UInt8(ascii: "\\") }
  }
}
