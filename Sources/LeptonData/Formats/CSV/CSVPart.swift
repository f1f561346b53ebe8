import LeptonFiles
import LeptonTensor

/// Some rows of comma-separated values.
struct CSVPart: RowPart {
  private let layout: CSVLayout
  private var built: [CSVColumn]
  private(set) var rowCount = 0
  private var skippedCount = 0
  private var raggedCount = 0

  /// Makes a part without rows.
  init(_ columns: [CSVColumn], _ layout: CSVLayout) {
    built = columns
    self.layout = layout
  }

  var emptied: CSVPart { CSVPart(built.map(\.emptied), layout) }

  func cut(
    _ range: Range<Int>, of block: UnsafePointer<UInt8>, into count: Int
  ) -> [Range<Int>] {
    RowPieces.cut(range, of: block, into: count, hasQuotes: layout.hasQuotes)
  }

  mutating func read(
    _ block: UnsafePointer<UInt8>, _ range: Range<Int>, isLast: Bool, limit: Int
  ) throws(CSVFault) -> Int {
    var scanner = layout.scanner(block, range, isLast: isLast)
    var run = CSVRun(block, range, layout)
    while rowCount < limit {
      let found = try run.read(from: scanner.position, into: &built, limit: limit - rowCount)
      rowCount += found.count
      scanner.position = found.end
      guard rowCount < limit, try scanner.next() else { break }
      try add(scanner.fields, at: scanner.rowStart, in: block)
      if RowLimits.areSparse(rowCount, built.count, in: scanner.position - range.lowerBound) {
        throw CSVFault(place: scanner.rowStart, what: .sparse(columns: built.count))
      }
    }
    return scanner.position
  }

  @inline(__always)
  private mutating func add(
    _ fields: [CSVField], at start: Int, in block: UnsafePointer<UInt8>
  ) throws(CSVFault) {
    if fields.count != layout.names.count, try !accepts(fields.count, at: start) { return }
    for index in built.indices {
      let source = layout.sources[index]
      guard source < fields.count else {
        built[index].appendGap()
        continue
      }
      let cell = CSVCell(fields[source], in: block, layout.marks)
      if try !built[index].append(cell), try !accepts(cell, in: index) { return }
    }
    rowCount += 1
  }

  /// Whether a row is read although it has another number of values.
  private mutating func accepts(
    _ count: Int, at start: Int
  ) throws(CSVFault) -> Bool {
    switch layout.badRows {
    case .error:
      throw CSVFault(place: start, what: .ragged(count: count, expected: layout.names.count))
    case .skip:
      skippedCount += 1
      return false
    case .null:
      raggedCount += 1
      return true
    }
  }

  /// Whether the rest of a row is read although a value is of another kind than its column.
  private mutating func accepts(
    _ cell: CSVCell, in index: Int
  ) throws(CSVFault) -> Bool {
    let column = built[index]
    switch layout.badRows {
    case .error:
      let what = CSVFault.What.cell(
        text: cell.decoded, column: column.name, kind: column.given ?? .text)
      throw CSVFault(place: cell.place, what: what)
    case .skip:
      for earlier in 0..<index { built[earlier].removeLast() }
      skippedCount += 1
      return false
    case .null:
      built[index].appendGap(isRefused: true)
      return true
    }
  }
}

// Parts are put together.
extension CSVPart {
  mutating func reserveCapacity(_ count: Int) {
    for index in built.indices { built[index].reserveCapacity(count) }
  }

  mutating func movePlaces(by count: Int) {
    for index in built.indices { built[index].moveFirstText(by: count) }
  }

  /// Adds the rows of other parts, some columns beside others.
  mutating func append(_ others: [CSVPart]) -> Int {
    built.withUnsafeMutableBufferPointer { buffer in
      nonisolated(unsafe) let columns = buffer
      Execution.forEach(columns.count) { index in
        for other in others { columns[index].append(other.built[index]) }
      }
    }
    for other in others {
      rowCount += other.rowCount
      skippedCount += other.skippedCount
      raggedCount += other.raggedCount
    }
    return others.count
  }
}

// What has been read.
extension CSVPart {
  var columnCount: Int { built.count }
  var names: [String] { built.map(\.name) }
  var columns: [DataTable.Column] { built.map { .init($0.name, $0.values) } }

  /// What was decided about the file.
  var report: TableReport {
    TableReport(
      separator: Unicode.Scalar(layout.separator), rowCount: rowCount,
      skippedCount: skippedCount, raggedCount: raggedCount, columns: built.map(\.report))
  }

  /// The columns that became texts on the way.
  var staleNames: [String] { built.filter(\.isStale).map(\.name) }

  /// Takes columns of some names from another reading of the file.
  mutating func replace(_ names: Set<String>, with other: CSVPart?) {
    for index in built.indices where names.contains(built[index].name) {
      guard let column = other?.built.first(where: { $0.name == built[index].name }) else {
        continue
      }
      built[index] = column.remembering(built[index])
    }
  }

  /// Tells the lines of first texts instead of their places.
  mutating func resolveFirstTexts(
    _ line: (Int) throws(FileError) -> Int
  ) throws(FileError) {
    for index in built.indices { try built[index].resolveFirstText(line) }
  }
}
