import LeptonJSON

/// A value of a record, and the bytes that it is written with.
struct JSONCell {
  /// Nothing for a list, which no column can hold.
  let value: JSONScalar?
  let bytes: Range<Int>
  /// The name under which it stands.
  let name: Int

  /// Whether it is a missing one.
  var isNull: Bool {
    if case .null? = value { true } else { false }
  }
}

/// The values of a column as they come in.
struct JSONColumn {
  let name: String
  private var built: ColumnBuilder
  /// Whether the column was said to hold texts, so that it takes whatever is written.
  private let takesAll: Bool
  /// Whether its kind cannot change any more.
  private let isFixed: Bool
  /// The kind with which this part of the column began.
  private(set) var kindAtStart: ColumnKind?
  private(set) var refusedCount = 0
  /// Whether its name has stood in a record.
  var isSeen = false

  /// Makes a column without values.
  ///
  /// - Parameters:
  ///   - given: what it was said to be.
  ///   - found: what it was found to be.
  init(_ name: String, given: ColumnKind?, found: ColumnKind?) {
    self.name = name
    built = ColumnBuilder(given ?? found)
    takesAll = given == .text
    isFixed = (given ?? found) != nil
    kindAtStart = given ?? found
  }

  /// What its values are; `nil` as long as all are missing.
  var kind: ColumnKind? { built.kind }
  var count: Int { built.count }
  var values: ColumnValues { built.values }

  /// The column without values.
  var emptied: JSONColumn {
    var column = self
    column.built = ColumnBuilder(kind)
    column.kindAtStart = kind
    column.refusedCount = 0
    return column
  }

  mutating func reserveCapacity(_ count: Int) { built.reserveCapacity(count) }

  /// Adds missing values up to a row.
  mutating func fill(to row: Int) { built.appendGaps(row - built.count) }

  /// Whether it can hold a value.
  func accepts(_ value: JSONScalar?) -> Bool {
    guard let value else { return false }
    guard let kind, let other = value.kind else { return true }
    return kind == other || (kind == .number && other == .integer)
      || (kind == .integer && other == .number && !isFixed) || (kind == .text && takesAll)
  }

  /// Adds a value that it can hold.
  mutating func append(_ value: JSONScalar, written bytes: UnsafeBufferPointer<UInt8>) {
    if let other = value.kind, kind != .text { _ = built.widen(to: other) }
    switch (kind, value) {
    case (_, .null): built.appendGaps()
    case (.number, .int(let value)): built.append(Double(value))
    case (_, .int(let value)) where kind == .integer: built.append(value)
    case (_, .double(let value)) where kind == .number: built.append(value)
    case (_, .bool(let value)) where kind == .truth: built.append(value)
    case (_, .string(let value)): built.append(value)
    default: built.append(String(decoding: bytes, as: UTF8.self))
    }
  }

  /// Adds a missing value in the place of one that it cannot hold.
  mutating func refuse() {
    built.appendGaps()
    refusedCount += 1
  }

  /// Whether values that were read of another part of the column would have been read just so after these.
  func goes(before other: JSONColumn, isLenient: Bool) -> Bool {
    if kind == other.kindAtStart { return true }
    guard !isLenient, let kind, let next = other.kind else { return !isLenient }
    return kind == next || Set([kind, next]) == [.integer, .number]
  }

  /// Adds the values of another part of the column.
  mutating func append(_ other: JSONColumn) {
    _ = built.append(other.built)
    refusedCount += other.refusedCount
    isSeen = isSeen || other.isSeen
  }

  var report: TableReport.Column {
    TableReport.Column(
      name: name, kind: kind ?? .number, missingCount: built.missingCount,
      refusedCount: refusedCount)
  }
}

extension JSONScalar {
  /// The kind of column that it begins; `nil` for `null`.
  var kind: ColumnKind? {
    switch self {
    case .null: nil
    case .bool: .truth
    case .int: .integer
    case .double: .number
    case .string: .text
    }
  }
}
