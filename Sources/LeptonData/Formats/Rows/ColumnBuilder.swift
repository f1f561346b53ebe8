import LeptonFiles

/// The values of a column as they come in, all of one kind, of which some may be missing.
struct ColumnBuilder {
  /// What its values are; `nil` as long as all are missing.
  private(set) var kind: ColumnKind?
  private(set) var count = 0
  private var integers: [Int] = []
  private var numbers: [Double] = []
  private var truths: [Bool] = []
  private var texts: [String] = []
  /// For each place whether its value is missing; empty as long as none is.
  private var gaps: [Bool] = []

  /// Makes a column without values.
  init(_ kind: ColumnKind? = nil) { self.kind = kind }

  /// How many values are missing.
  var missingCount: Int { gaps.count { $0 } }

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

  /// Makes room for so many values at once.
  mutating func reserveCapacity(_ count: Int) {
    switch kind {
    case .integer: integers.reserveRoom(count)
    case .number: numbers.reserveRoom(count)
    case .truth: truths.reserveRoom(count)
    case .text: texts.reserveRoom(count)
    case nil: break
    }
  }

  /// Takes the last value back.
  mutating func removeLast() {
    count -= 1
    if !gaps.isEmpty { gaps.removeLast() }
    switch kind {
    case .integer: integers.removeLast()
    case .number: numbers.removeLast()
    case .truth: truths.removeLast()
    case .text: texts.removeLast()
    case nil: break
    }
  }
}

// One value, which must be of the column's kind.
extension ColumnBuilder {
  @inline(__always)
  mutating func append(_ value: Int) {
    integers.append(value)
    countOne()
  }

  @inline(__always)
  mutating func append(_ value: Double) {
    numbers.append(value)
    countOne()
  }

  mutating func append(_ value: Bool) {
    truths.append(value)
    countOne()
  }

  mutating func append(_ value: String) {
    texts.append(value)
    countOne()
  }

  @inline(__always)
  private mutating func countOne() {
    count += 1
    if !gaps.isEmpty { gaps.append(false) }
  }

  /// Adds missing values.
  mutating func appendGaps(_ count: Int = 1) {
    if count == 0 { return }
    addGaps(Array(repeating: true, count: count))
    appendFiller(count)
    self.count += count
  }
}

// Several values.
extension ColumnBuilder {
  mutating func append(_ values: [Int], gaps: [Bool]) {
    integers += values
    add(values.count, gaps)
  }

  mutating func append(_ values: [Double], gaps: [Bool]) {
    numbers += values
    add(values.count, gaps)
  }

  mutating func append(_ values: [Bool], gaps: [Bool]) {
    truths += values
    add(values.count, gaps)
  }

  mutating func append(_ values: [String], gaps: [Bool]) {
    texts += values
    add(values.count, gaps)
  }

  /// Counts values, of which some may be missing.
  private mutating func add(_ count: Int, _ gaps: [Bool]) {
    if !gaps.isEmpty || !self.gaps.isEmpty {
      addGaps(gaps.isEmpty ? Array(repeating: false, count: count) : gaps)
    }
    self.count += count
  }

  /// Adds the values of another part of the same column; false if their kinds do not go together.
  mutating func append(_ other: ColumnBuilder) -> Bool {
    if count == 0, kind == nil || kind == other.kind {
      self = other
      return true
    }
    var other = other
    guard other.kind.map({ widen(to: $0) }) ?? true, kind.map({ other.widen(to: $0) }) ?? true
    else { return false }
    integers += other.integers
    numbers += other.numbers
    truths += other.truths
    texts += other.texts
    add(other.count, other.gaps)
    return true
  }
}

// Columns grow wider.
extension ColumnBuilder {
  /// Makes room for values of a kind; false if the column holds what does not go with them.
  mutating func widen(to other: ColumnKind) -> Bool {
    switch (kind, other) {
    case (nil, _):
      kind = other
      appendFiller(count)
    case (.integer, .number):
      numbers = integers.map(Double.init)
      integers = []
      kind = .number
    case (.number, .integer): break
    default: return kind == other
    }
    return true
  }

  /// Notes for values behind those that are there whether they are missing.
  private mutating func addGaps(_ more: [Bool]) {
    if gaps.isEmpty { gaps = Array(repeating: false, count: count) }
    gaps += more
  }

  private mutating func appendFiller(_ count: Int) {
    switch kind {
    case .integer: integers.append(contentsOf: repeatElement(.filler, count: count))
    case .number: numbers.append(contentsOf: repeatElement(.filler, count: count))
    case .truth: truths.append(contentsOf: repeatElement(.filler, count: count))
    case .text: texts.append(contentsOf: repeatElement(.filler, count: count))
    case nil: break
    }
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
