import LeptonFiles

/// The values of a column as they come in, of the narrowest kind that holds them all.
///
/// A column whose values turn out to be texts after it has kept something else is *stale*: its bytes
/// must be read again, as texts.
struct CSVColumn {
  let name: String
  /// What the column was said to be.
  let given: CSV.Kind?
  /// What stands for a missing value, if that was said.
  let marks: Set<String>?
  /// Whether one of these looks like a number, so that numbers must be held against them.
  let hasNumericMarks: Bool
  /// What its values are; `nil` as long as all are missing.
  private(set) var kind: CSV.Kind?
  private(set) var count = 0
  private(set) var isStale = false
  private(set) var refusedCount = 0
  /// Where the first text stands, in a column that had begun with something else.
  private(set) var firstText: (place: Int, text: String)?
  /// Whether a value is missing because of what was written for it.
  private var hasMarks = false
  private var integers: [Int] = []
  private var numbers: [Double] = []
  private var truths: [Bool] = []
  private var texts: [String] = []
  /// For each place whether its value is missing; empty as long as none is.
  private var gaps: [Bool] = []

  /// Makes a column without values.
  ///
  /// - Parameter isText: whether its values are known to be texts, although nobody said so.
  init(name: String, given: CSV.Kind?, marks: Set<String>?, isText: Bool = false) {
    self.name = name
    self.given = given
    self.marks = marks
    hasNumericMarks = marks?.contains(where: CSVNumber.mayBeNumber) ?? false
    kind = isText ? .text : given
  }

  /// A column of the same name and kind without values.
  var emptied: CSVColumn {
    var column = self
    column.removeAll()
    return column
  }

  private mutating func removeAll() {
    (count, refusedCount, firstText, hasMarks) = (0, 0, nil, false)
    (integers, numbers, truths, texts, gaps) = ([], [], [], [], [])
  }

  /// Makes room for so many values at once.
  mutating func reserveCapacity(_ count: Int) {
    switch kind {
    case .integer: integers.reserveRoom(count)
    case .number: numbers.reserveRoom(count)
    case .truth: truths.reserveRoom(count)
    case .text where !isStale: texts.reserveRoom(count)
    default: break
    }
  }

  /// Adds a value; false if it is not of the kind that the column was said to be.
  @inline(__always)
  mutating func append(_ cell: CSVCell) throws(CSVFault) -> Bool {
    if hasNumericMarks {
      return try appendOther(cell)
    } else if kind == .number, let value = cell.number {
      numbers.append(value)
    } else if kind == .integer, !isStale, let value = cell.integer {
      integers.append(value)
    } else {
      return try appendOther(cell)
    }
    count += 1
    if !gaps.isEmpty { gaps.append(false) }
    return true
  }

  /// Adds values that are of the column's kind, or missing.
  mutating func append(_ values: CSVSlots) throws(CSVFault) {
    if !isStale {
      switch kind {
      case .integer: integers += values.integers
      case .number: numbers += values.numbers
      case .truth: truths += values.truths
      case .text: try values.addTexts(to: &texts)
      case nil: break
      }
      if values.hasGaps || !gaps.isEmpty { addGaps(values.gaps) }
    }
    count += values.count
  }

  private mutating func appendOther(_ cell: CSVCell) throws(CSVFault) -> Bool {
    if isStale {
      count += 1
      return true
    }
    if cell.isMissing(marks, inTexts: kind == .text) {
      hasMarks = hasMarks || !cell.isEmpty
      appendGap()
      return true
    }
    if let given {
      guard cell.isOf(given) else { return false }
    } else {
      widen(to: cell.kind, cell)
    }
    if !isStale { try keep(cell) }
    count += 1
    if !gaps.isEmpty { gaps.append(false) }
    return true
  }

  /// Adds a missing value.
  mutating func appendGap(isRefused: Bool = false) {
    if isRefused { refusedCount += 1 }
    if !isStale {
      addGaps([true])
      appendFiller(1)
    }
    count += 1
  }

  /// Notes for values behind those that are there whether they are missing.
  private mutating func addGaps(_ more: [Bool]) {
    if gaps.isEmpty { gaps = Array(repeating: false, count: count) }
    gaps += more
  }

  /// Takes the last value back.
  mutating func removeLast() {
    count -= 1
    guard !isStale else { return }
    if !gaps.isEmpty { gaps.removeLast() }
    switch kind {
    case .integer: integers.removeLast()
    case .number: numbers.removeLast()
    case .truth: truths.removeLast()
    case .text: texts.removeLast()
    case nil: break
    }
  }

  private mutating func appendFiller(_ count: Int) {
    switch kind {
    case .integer: integers.append(contentsOf: repeatElement(0, count: count))
    case .number: numbers.append(contentsOf: repeatElement(.nan, count: count))
    case .truth: truths.append(contentsOf: repeatElement(false, count: count))
    case .text: texts.append(contentsOf: repeatElement("", count: count))
    case nil: break
    }
  }

  /// Adds a value that is of the column's kind, or narrower.
  private mutating func keep(_ cell: CSVCell) throws(CSVFault) {
    switch kind {
    case .integer: integers.append(cell.trimmed.integer ?? 0)
    case .number: numbers.append(cell.trimmed.number ?? .nan)
    case .truth: truths.append(cell.truth ?? false)
    case .text: texts.append(try cell.text())
    case nil: break
    }
  }
}

// Columns grow wider.
extension CSVColumn {
  /// Makes room for values of another kind.
  private mutating func widen(to other: CSV.Kind, _ cell: CSVCell) {
    switch (kind, other) {
    case (nil, .text) where hasMarks: makeStale()
    case (nil, _):
      kind = other
      appendFiller(count)
    case (.integer, .number):
      numbers = integers.map(Double.init)
      integers = []
      kind = .number
    case (.number, .integer): break
    case (let kind?, other) where kind == other: break
    case (.text, _): break
    default:
      firstText = (cell.place, cell.decoded)
      makeStale()
    }
  }

  private mutating func makeStale() {
    (integers, numbers, truths, texts, gaps) = ([], [], [], [], [])
    kind = .text
    isStale = true
  }

  /// Adds the values of another part of the same column.
  mutating func append(_ other: CSVColumn) {
    refusedCount += other.refusedCount
    if count == 0, !isStale {
      let refused = refusedCount
      self = other
      refusedCount = refused
      return
    }
    var other = other
    unify(&other)
    if !isStale {
      if !gaps.isEmpty || !other.gaps.isEmpty { addGaps(other.allGaps) }
      integers += other.integers
      numbers += other.numbers
      truths += other.truths
      texts += other.texts
    }
    hasMarks = hasMarks || other.hasMarks
    if firstText == nil { firstText = other.firstText }
    count += other.count
  }

  private var allGaps: [Bool] { gaps.isEmpty ? Array(repeating: false, count: count) : gaps }

  /// Makes two parts of a column of one kind.
  private mutating func unify(_ other: inout CSVColumn) {
    if isStale || other.isStale { return makeStale() }
    switch (kind, other.kind) {
    case (let one, let two) where one == two: break
    case (.integer, .number):
      numbers = integers.map(Double.init)
      integers = []
      kind = .number
    case (.number, .integer):
      other.numbers = other.integers.map(Double.init)
      other.integers = []
    case (nil, .text) where hasMarks, (.text, nil) where other.hasMarks: makeStale()
    case (nil, let two):
      kind = two
      appendFiller(count)
    case (let one, nil):
      other.kind = one
      other.appendFiller(other.count)
    default: makeStale()
    }
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

  /// The values.
  var values: ColumnValues {
    switch kind {
    case .integer: .integers(Cells(integers, gaps: gaps))
    case .number: .numbers(Cells(numbers, gaps: gaps))
    case .truth: .truths(Cells(truths, gaps: gaps))
    case .text: .texts(Cells(texts, gaps: gaps))
    case nil: .numbers(Cells(Array(repeating: .nan, count: count), gaps: gaps))
    }
  }

  var report: CSV.Report.Column {
    CSV.Report.Column(
      name: name, kind: kind ?? .number, missingCount: gaps.count { $0 },
      refusedCount: refusedCount,
      firstText: firstText.map { .init(line: $0.place, text: $0.text) })
  }
}

extension Array {
  /// Makes room for so many elements, in large pages where they are many.
  fileprivate mutating func reserveRoom(_ count: Int) {
    reserveCapacity(count)
    let room = capacity
    withUnsafeMutableBytes { bytes in
      LargePages.advise(
        UnsafeMutableRawBufferPointer(
          start: bytes.baseAddress, count: room * MemoryLayout<Element>.stride))
    }
  }
}
