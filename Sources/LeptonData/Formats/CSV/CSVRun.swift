/// Rows in which every value is empty or of its column's kind, read in one go over the bytes.
///
/// Most rows of most files are like that. Whatever is unusual ends the run: the careful way
/// (`CSVScanner`, `CSVColumn`) takes that row, and decides.
struct CSVRun: ~Copyable {
  private let bytes: UnsafePointer<UInt8>
  private let end: Int
  private let layout: CSVLayout
  /// The most rows that there is room for.
  private let capacity: Int
  private let slots: UnsafeMutablePointer<UInt64>
  /// For each column of the file what is read of it.
  private let readings: UnsafeMutablePointer<Reading>
  /// How many rows have been read.
  private var rowCount = 0

  /// What is read of a column of the file.
  private struct Reading {
    /// What its values are; `nil` as long as none is known.
    var kind: ColumnKind?
    /// Whether nobody asks for its values.
    var isSkipped = true
    /// Where they go, row by row.
    var slots: UnsafeMutablePointer<UInt64>
    /// What stands for a missing value.
    var marks: Set<String>?
    /// Whether one of these looks like a number.
    var hasNumericMarks = false
    /// Whether one of the values is missing.
    var hasGaps = false
  }

  /// How many slots there are, at most: a megabyte stays in a core's cache.
  private static let slotLimit = 1 << 17

  /// Makes room for rows of a range; none where bytes mean more than one thing.
  init(_ bytes: UnsafePointer<UInt8>, _ range: Range<Int>, _ layout: CSVLayout) {
    self.bytes = bytes
    self.layout = layout
    end = range.upperBound
    // A separator or a line end stands behind each value.
    let most = layout.isPlain ? range.count / layout.names.count : 0
    capacity = min(most, Self.slotLimit / max(layout.sources.count, 1))
    slots = .allocate(capacity: capacity * layout.sources.count)
    readings = .allocate(capacity: layout.names.count)
    readings.initialize(repeating: Reading(slots: slots), count: layout.names.count)
    for (number, source) in layout.sources.enumerated() {
      readings[source].slots = slots + number * capacity
    }
  }

  deinit {
    slots.deallocate()
    readings.deinitialize(count: layout.names.count)
    readings.deallocate()
  }

  /// Reads rows from a place on, as long as they fit what is known of their columns, and adds them to these.
  ///
  /// - Returns: how many rows there were, and where the first begins that was not read.
  mutating func read(
    from start: Int, into columns: inout [CSVColumn], limit: Int
  ) throws(CSVFault) -> (count: Int, end: Int) {
    if capacity == 0 { return (0, start) }
    for (number, source) in layout.sources.enumerated() {
      readings[source].kind = columns[number].kind
      readings[source].isSkipped = columns[number].isStale
      readings[source].marks = columns[number].marks
      readings[source].hasNumericMarks = columns[number].hasNumericMarks
      readings[source].hasGaps = false
    }
    rowCount = 0
    var rowStart = start
    while rowCount < min(capacity, limit), let next = readRow(at: rowStart) {
      rowStart = next
      rowCount += 1
    }
    if rowCount > 0 { try add(to: &columns) }
    return (rowCount, rowStart)
  }

  /// Adds the rows that were read to their columns; of several mistakes the first in the file is told.
  private func add(to columns: inout [CSVColumn]) throws(CSVFault) {
    var first: CSVFault?
    for (number, source) in layout.sources.enumerated() {
      let slots = UnsafeBufferPointer(start: readings[source].slots, count: rowCount)
      do throws(CSVFault) {
        try columns[number].append(CSVSlots(slots, hasGaps: readings[source].hasGaps, of: bytes))
      } catch {
        if error.place < first?.place ?? .max { first = error }
      }
    }
    if let first { throw first }
  }
}

// A row, value by value.
extension CSVRun {
  /// Reads a row; gives where the next begins, `nil` if it is none that fits.
  @inline(__always)
  private func readRow(at start: Int) -> Int? {
    guard start < end, bytes[start] != layout.comment, bytes[start] != .lineFeed,
      bytes[start] != .carriageReturn
    else { return nil }
    var place = start
    let last = layout.names.count - 1
    for index in 0...last {
      guard let behind = readValue(at: place, readings + index) else { return nil }
      if index < last {
        guard bytes[behind] == layout.separator else { return nil }
        place = behind + 1
      } else {
        let feed = bytes[behind] == .carriageReturn ? behind + 1 : behind
        guard feed < end, bytes[feed] == .lineFeed else { return nil }
        place = feed + 1
      }
    }
    return place
  }

  /// Reads a value; gives the place behind it, `nil` if it is none that fits.
  @inline(__always)
  private func readValue(at place: Int, _ reading: UnsafeMutablePointer<Reading>) -> Int? {
    guard place + CSVNumber.reach <= end else { return nil }
    switch reading.pointee.kind {
    case .number where !reading.pointee.hasNumericMarks:
      if let (value, length) = CSVNumber.plain(bytes + place, decimal: layout.marks.decimal),
        endsValue(at: place + length)
      {
        reading.pointee.slots[rowCount] = value.bitPattern
        return place + length
      }
    case .integer where !reading.pointee.hasNumericMarks:
      if let (value, length) = CSVNumber.plainInteger(bytes + place),
        endsValue(at: place + length)
      {
        reading.pointee.slots[rowCount] = CSVSlots.slot(of: value)
        return place + length
      }
    default: break
    }
    return readOther(at: place, reading)
  }

  @inline(__always)
  private func endsValue(at place: Int) -> Bool {
    let byte = bytes[place]
    return byte == layout.separator || byte == .lineFeed || byte == .carriageReturn
  }

  /// Reads a value that takes a closer look.
  private func readOther(at place: Int, _ reading: UnsafeMutablePointer<Reading>) -> Int? {
    var scanner = layout.scanner(bytes, place..<end, isLast: false)
    guard let field = try? scanner.field(), scanner.position < end else { return nil }
    if reading.pointee.isSkipped { return scanner.position }
    let cell = CSVCell(field, in: bytes, layout.marks)
    guard let slot = slot(of: cell, reading) else { return nil }
    reading.pointee.slots[rowCount] = slot
    return scanner.position
  }

  /// What stands for a value; `nil` if it is of another kind than its column.
  private func slot(of cell: CSVCell, _ reading: UnsafeMutablePointer<Reading>) -> UInt64? {
    let kind = reading.pointee.kind
    if !cell.isMissing(reading.pointee.marks, inTexts: kind == .text) {
      let slot: UInt64? =
        switch kind {
        case .integer: cell.trimmed.integer.map(CSVSlots.slot)
        case .number: cell.trimmed.number?.bitPattern
        case .truth: cell.truth.map { CSVSlots.slot(of: $0 ? 1 : 0) }
        case .text: CSVSlots.slot(of: cell)
        case nil: nil
        }
      return slot == CSVSlots.gap ? nil : slot
    }
    // What a column of missing values is of is not known, and a mark may turn out to be a text.
    if kind == nil, !cell.isEmpty { return nil }
    reading.pointee.hasGaps = true
    return CSVSlots.gap
  }
}
