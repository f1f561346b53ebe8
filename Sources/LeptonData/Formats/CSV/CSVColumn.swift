import LeptonFiles

/// The values of a column as they come in, of the narrowest kind that holds them all.
///
/// A column whose values turn out to be texts after it has kept something else is *stale*: its bytes
/// must be read again, as texts.
struct CSVColumn {
  let name: String
  /// What the column was said to be.
  let given: ColumnKind?
  /// What stands for a missing value, if that was said.
  let marks: Set<String>?
  /// Whether one of these looks like a number, so that numbers must be held against them.
  let hasNumericMarks: Bool
  private var built: ColumnBuilder
  private(set) var isStale = false
  private(set) var refusedCount = 0
  /// Where the first text stands, in a column that had begun with something else.
  private(set) var firstText: (place: Int, text: String)?
  /// Whether a value is missing because of what was written for it.
  private var hasMarks = false

  /// Makes a column without values.
  ///
  /// - Parameter isText: whether its values are known to be texts, although nobody said so.
  init(name: String, given: ColumnKind?, marks: Set<String>?, isText: Bool = false) {
    self.name = name
    self.given = given
    self.marks = marks
    hasNumericMarks = marks?.contains(where: CSVNumber.mayBeNumber) ?? false
    built = ColumnBuilder(isText ? .text : given)
  }

  /// What its values are; `nil` as long as all are missing.
  var kind: ColumnKind? { built.kind }

  /// The values.
  var values: ColumnValues { built.values }

  /// A column of the same name and kind without values.
  var emptied: CSVColumn {
    var column = self
    column.built = ColumnBuilder(kind)
    (column.refusedCount, column.firstText, column.hasMarks) = (0, nil, false)
    return column
  }

  /// Makes room for so many values at once.
  mutating func reserveCapacity(_ count: Int) {
    if !isStale { built.reserveCapacity(count) }
  }

  /// Adds a value; false if it is not of the kind that the column was said to be.
  @inline(__always)
  mutating func append(_ cell: CSVCell) throws(CSVFault) -> Bool {
    if hasNumericMarks {
      return try appendOther(cell)
    } else if kind == .number, let value = cell.number {
      built.append(value)
    } else if kind == .integer, let value = cell.integer {
      built.append(value)
    } else {
      return try appendOther(cell)
    }
    return true
  }

  /// Adds values that are of the column's kind, or missing.
  mutating func append(_ values: CSVSlots) throws(CSVFault) {
    if isStale { return }
    let gaps = values.hasGaps ? values.gaps : []
    switch kind {
    case .integer: built.append(values.integers, gaps: gaps)
    case .number: built.append(values.numbers, gaps: gaps)
    case .truth: built.append(values.truths, gaps: gaps)
    case .text: built.append(try values.texts(), gaps: gaps)
    case nil: built.appendGaps(values.count)
    }
  }

  private mutating func appendOther(_ cell: CSVCell) throws(CSVFault) -> Bool {
    if isStale { return true }
    if cell.isMissing(marks, inTexts: kind == .text) {
      hasMarks = hasMarks || !cell.isEmpty
      appendGap()
      return true
    }
    if let given {
      guard cell.isOf(given) else { return false }
    } else {
      widen(for: cell)
    }
    if !isStale { try keep(cell) }
    return true
  }

  /// Adds a missing value.
  mutating func appendGap(isRefused: Bool = false) {
    if isRefused { refusedCount += 1 }
    if !isStale { built.appendGaps() }
  }

  /// Takes the last value back.
  mutating func removeLast() {
    if !isStale { built.removeLast() }
  }

  /// Adds a value that is of the column's kind, or narrower.
  private mutating func keep(_ cell: CSVCell) throws(CSVFault) {
    switch kind {
    case .integer: built.append(cell.trimmed.integer ?? .filler)
    case .number: built.append(cell.trimmed.number ?? .filler)
    case .truth: built.append(cell.truth ?? .filler)
    case .text: built.append(try cell.text())
    case nil: break
    }
  }

  /// Makes room for a value that may be of another kind.
  private mutating func widen(for cell: CSVCell) {
    if kind == .text { return }
    let other = cell.kind
    if kind == nil, other == .text, hasMarks { return makeStale() }
    if !built.widen(to: other) {
      firstText = (cell.place, cell.decoded)
      makeStale()
    }
  }

  private mutating func makeStale() {
    built = ColumnBuilder(.text)
    isStale = true
  }
}

// Parts are put together.
extension CSVColumn {
  /// Adds the values of another part of the same column.
  mutating func append(_ other: CSVColumn) {
    // A mark of missing values in a column of texts is a text.
    let isMistaken =
      (kind == nil && hasMarks && other.kind == .text)
      || (kind == .text && other.kind == nil && other.hasMarks)
    if isStale || other.isStale || isMistaken || !built.append(other.built) { makeStale() }
    refusedCount += other.refusedCount
    hasMarks = hasMarks || other.hasMarks
    firstText = firstText ?? other.firstText
  }

  /// Counts the place of the first text from so many bytes before.
  mutating func moveFirstText(by count: Int) {
    firstText?.place += count
  }

  /// Tells the line of the first text instead of its place.
  mutating func resolveFirstText(
    _ line: (Int) throws(FileError) -> Int
  ) throws(FileError) {
    if let found = firstText { firstText = (try line(found.place), found.text) }
  }

  /// The column with what another reading of it found out.
  func remembering(_ other: CSVColumn) -> CSVColumn {
    var column = self
    column.firstText = other.firstText
    return column
  }

  var report: TableReport.Column {
    TableReport.Column(
      name: name, kind: kind ?? .number, missingCount: built.missingCount,
      refusedCount: refusedCount,
      firstText: firstText.map { .init(line: $0.place, text: $0.text) })
  }
}
