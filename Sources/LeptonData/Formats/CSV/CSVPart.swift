import LeptonTensor

/// Some rows of a file, read into columns.
struct CSVPart {
  var columns: [CSVColumn]
  var rowCount = 0
  var skippedCount = 0
  var raggedCount = 0

  /// Makes a part without rows.
  init(_ columns: [CSVColumn]) { self.columns = columns }

  /// Reads all rows of a range, or as many as are wanted.
  ///
  /// - Returns: where the row begins that was not read.
  mutating func read(
    _ block: UnsafePointer<UInt8>, _ range: Range<Int>, _ layout: CSVLayout, isLast: Bool,
    limit: Int = .max
  ) throws(CSVFault) -> Int {
    var scanner = layout.scanner(block, range, isLast: isLast)
    var run = CSVRun(block, range, layout)
    while rowCount < limit {
      let found = try run.read(from: scanner.position, into: &columns, limit: limit - rowCount)
      rowCount += found.count
      scanner.position = found.end
      guard rowCount < limit, try scanner.next() else { break }
      try add(scanner.fields, at: scanner.rowStart, in: block, layout)
    }
    return scanner.position
  }

  @inline(__always)
  private mutating func add(
    _ fields: [CSVField], at start: Int, in block: UnsafePointer<UInt8>, _ layout: CSVLayout
  ) throws(CSVFault) {
    if fields.count != layout.names.count, try !accepts(fields.count, at: start, layout) { return }
    for index in columns.indices {
      let source = layout.sources[index]
      guard source < fields.count else {
        columns[index].appendGap()
        continue
      }
      let cell = CSVCell(fields[source], in: block, layout.marks)
      if try !columns[index].append(cell), try !accepts(cell, in: index, layout) { return }
    }
    rowCount += 1
  }

  /// Whether a row is read although it has another number of values.
  private mutating func accepts(
    _ count: Int, at start: Int, _ layout: CSVLayout
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
    _ cell: CSVCell, in index: Int, _ layout: CSVLayout
  ) throws(CSVFault) -> Bool {
    let column = columns[index]
    switch layout.badRows {
    case .error:
      let what = CSVFault.What.cell(
        text: cell.decoded, column: column.name, kind: column.given ?? .text)
      throw CSVFault(place: cell.place, what: what)
    case .skip:
      for earlier in 0..<index { columns[earlier].removeLast() }
      skippedCount += 1
      return false
    case .null:
      columns[index].appendGap(isRefused: true)
      return true
    }
  }

  /// Makes room for so many rows.
  mutating func reserveCapacity(_ count: Int) {
    for index in columns.indices { columns[index].reserveCapacity(count) }
  }

  /// Adds the rows of the parts that follow, some columns beside others.
  mutating func append(_ others: [CSVPart]) {
    columns.withUnsafeMutableBufferPointer { buffer in
      nonisolated(unsafe) let columns = buffer
      Execution.forEach(columns.count) { index in
        for other in others { columns[index].append(other.columns[index]) }
      }
    }
    for other in others {
      rowCount += other.rowCount
      skippedCount += other.skippedCount
      raggedCount += other.raggedCount
    }
  }
}
