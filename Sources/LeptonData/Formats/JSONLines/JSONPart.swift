import LeptonFiles
import LeptonJSON

/// Some records of JSON, read into columns.
struct JSONPart: RowPart {
  private let form: JSONLines.Form
  private var order: JSONRecords.Order
  private var names: JSONNames
  private var built: [JSONColumn] = []
  /// Where the column of a name stands.
  private var places: [TextKey: Int] = [:]
  private(set) var rowCount = 0
  private var skippedCount = 0
  private var raggedCount = 0
  /// How many records have been looked at, in this part and in those that it began with.
  private var recordCount = 0
  /// The values of the record that is looked at; none of them goes to a column before all have been seen.
  private var cells: [JSONCell] = []

  /// Makes a part without rows.
  init(_ form: JSONLines.Form, _ order: JSONRecords.Order) {
    self.form = form
    self.order = order
    names = JSONNames(wanted: form.columns)
    for name in form.columns ?? [] { _ = place(of: name) }
    for column in form.found ?? [] { _ = place(of: column.name, found: column.kind) }
  }

  var emptied: JSONPart {
    var part = self
    part.built = built.map(\.emptied)
    (part.rowCount, part.skippedCount, part.raggedCount) = (0, 0, 0)
    return part
  }

  func cut(
    _ range: Range<Int>, of block: UnsafePointer<UInt8>, into count: Int
  ) -> [Range<Int>] {
    // Where an element of a list ends is known only to who has seen its beginning.
    order == .lines
      ? RowPieces.cut(range, of: block, into: count, hasQuotes: false) : [range]
  }

  mutating func read(
    _ block: UnsafePointer<UInt8>, _ range: Range<Int>, isLast: Bool, limit: Int
  ) throws(JSONFault) -> Int {
    var records = JSONRecords(block, range, order, isLast: isLast)
    while rowCount < limit, let record = try records.next() {
      let text = UnsafeBufferPointer(start: block + record.lowerBound, count: record.count)
      try add(text, from: record.lowerBound)
      if RowLimits.areSparse(rowCount, built.count, in: record.upperBound - range.lowerBound) {
        throw JSONFault(place: record.lowerBound, what: .sparse(columns: built.count))
      }
    }
    order = records.order
    for index in built.indices { built[index].fill(to: rowCount) }
    return records.position
  }

  /// The place of the column of a name, which is put last if it is new.
  private mutating func place(of name: String, found: ColumnKind? = nil) -> Int {
    if let place = places[TextKey(name)] { return place }
    places[TextKey(name)] = built.count
    built.append(JSONColumn(name, given: form.kinds[name], found: found))
    return built.count - 1
  }
}

// A record is looked at.
extension JSONPart {
  /// Adds a record that begins at a place of the block.
  private mutating func add(
    _ text: UnsafeBufferPointer<UInt8>, from start: Int
  ) throws(JSONFault) {
    do throws(JSONFault) {
      try look(at: text, from: start)
      if form.badRows != .null { try check(start) }
    } catch {
      switch form.badRows {
      case .error: throw error
      case .skip: skippedCount += 1
      case .null:
        raggedCount += 1
        rowCount += 1
      }
      return
    }
    for cell in cells { keep(cell, of: text) }
    rowCount += 1
  }

  private mutating func look(
    at text: UnsafeBufferPointer<UInt8>, from start: Int
  ) throws(JSONFault) {
    cells.removeAll(keepingCapacity: true)
    recordCount += 1
    var reader = JSONReader(text)
    do throws(JSONError) {
      if reader.peek() == UInt8(ascii: "{") {
        try look(at: 0, &reader)
        return try reader.end()
      }
      _ = try reader.value()
      try reader.end()
    } catch {
      throw JSONFault(error, in: text, from: start)
    }
    throw JSONFault(place: start, what: .noRecord)
  }

  /// Goes through the members of a record, and of those within it.
  private mutating func look(at record: Int, _ reader: inout JSONReader) throws(JSONError) {
    var expected = 0
    var isInside = try reader.entersObject()
    while isInside {
      let (name, place) = try self.name(record, expected, &reader)
      expected = place + 1
      try lookAtValue(of: name, &reader)
      isInside = try reader.goesOn()
    }
  }

  /// Reads the name that comes next, most likely the one that is expected.
  private mutating func name(
    _ record: Int, _ expected: Int, _ reader: inout JSONReader
  ) throws(JSONError) -> (name: Int, place: Int) {
    _ = reader.peek()
    let start = reader.position
    let found = try find(record, expected, &reader)
    guard names[found.name].seen != recordCount else {
      throw reader.duplicate(names[found.name].column, at: start)
    }
    names[found.name].seen = recordCount
    return found
  }

  private mutating func find(
    _ record: Int, _ expected: Int, _ reader: inout JSONReader
  ) throws(JSONError) -> (name: Int, place: Int) {
    if let name = names.expected(record, at: expected), !names[name].bytes.isEmpty,
      try reader.skipName(names[name].bytes)
    {
      return (name, expected)
    }
    return names.find(try reader.name(), in: record)
  }

  private mutating func lookAtValue(
    of name: Int, _ reader: inout JSONReader
  ) throws(JSONError) {
    let first = reader.peek()
    if first == UInt8(ascii: "{") { return try look(at: names[name].inner, &reader) }
    let start = reader.position
    var value: JSONScalar?
    if first == UInt8(ascii: "[") {
      _ = try reader.value()
    } else {
      value = try reader.scalar()
    }
    if names[name].isWanted {
      if names[name].isShared { removeCells(of: names[name].column) }
      cells.append(JSONCell(value: value, bytes: start..<reader.position, name: name))
    }
  }
}

// What has been looked at is kept.
extension JSONPart {
  /// Forgets what another name has put into a column: the last one counts.
  private mutating func removeCells(of column: String) {
    cells.removeAll { names[$0.name].column.isSame(as: column) }
  }

  /// Makes sure that columns can hold the values.
  private func check(_ start: Int) throws(JSONFault) {
    for cell in cells where !cell.isNull {
      if let place = place(of: cell) {
        guard built[place].accepts(cell.value) else { throw fault(cell, built[place], start) }
        continue
      }
      let name = names[cell.name].column
      guard form.found == nil else { throw JSONFault(place: start, what: .newColumn(name)) }
      let column = JSONColumn(name, given: form.kinds[name], found: nil)
      guard column.accepts(cell.value) else { throw fault(cell, column, start) }
    }
  }

  /// Where the column of a value stands; `nil` if there is none so far.
  private func place(of cell: JSONCell) -> Int? {
    if let place = names[cell.name].place { return place }
    return places[TextKey(names[cell.name].column)]
  }

  private func fault(_ cell: JSONCell, _ column: JSONColumn, _ start: Int) -> JSONFault {
    JSONFault(
      place: start,
      what: .cell(
        JSONFault.words(for: cell.value), column: column.name, holds: column.kind))
  }

  /// Adds a value to its column.
  private mutating func keep(_ cell: JSONCell, of text: UnsafeBufferPointer<UInt8>) {
    let known = place(of: cell)
    if known == nil, form.found != nil { return }
    let place = known ?? place(of: names[cell.name].column)
    names[cell.name].place = place
    built[place].fill(to: rowCount)
    built[place].isSeen = true
    if let value = cell.value, built[place].accepts(value) {
      built[place].append(value, written: UnsafeBufferPointer(rebasing: text[cell.bytes]))
    } else {
      built[place].refuse()
    }
  }
}

// Parts are put together.
extension JSONPart {
  mutating func reserveCapacity(_ count: Int) {
    for index in built.indices { built[index].reserveCapacity(count) }
  }

  mutating func movePlaces(by count: Int) {}

  mutating func append(_ parts: [JSONPart]) -> Int {
    for (number, part) in parts.enumerated() {
      guard part.built.allSatisfy({ goes(before: $0, of: part) }) else { return number }
      append(part)
    }
    return parts.count
  }

  /// Whether the column of a part that follows would be just so if it had been read after these rows.
  private func goes(before column: JSONColumn, of part: JSONPart) -> Bool {
    guard let own = places[TextKey(column.name)].map({ built[$0] }) else { return true }
    return own.goes(before: column, isLenient: part.skippedCount + column.refusedCount > 0)
  }

  private mutating func append(_ part: JSONPart) {
    for column in part.built {
      let place = place(of: column.name)
      built[place].fill(to: rowCount)
      built[place].append(column)
    }
    rowCount += part.rowCount
    for index in built.indices { built[index].fill(to: rowCount) }
    skippedCount += part.skippedCount
    raggedCount += part.raggedCount
    recordCount = max(recordCount, part.recordCount)
    order = part.order
    // What the part has learned of names is worth keeping if its columns stand where these do.
    if built.count == part.built.count,
      zip(built, part.built).allSatisfy({ $0.name.isSame(as: $1.name) })
    {
      names = part.names
    }
  }
}

// What has been read.
extension JSONPart {
  var columnCount: Int { built.count }
  var columns: [DataTable.Column] { built.map { .init($0.name, $0.values) } }

  /// What was decided about the file.
  var report: TableReport {
    TableReport(
      rowCount: rowCount, skippedCount: skippedCount, raggedCount: raggedCount,
      columns: built.map(\.report))
  }

  /// Adds columns of names that were asked for and stand in no record, where more records may follow.
  ///
  /// - Throws: `FileError` with code `data/column` where none do, or where nobody knows what the column would hold.
  mutating func addColumns(in file: String) throws(FileError) {
    let seen = built.filter(\.isSeen).map(\.name)
    for name in (form.columns ?? []) + form.kinds.keys.sorted() where !seen.holds(name) {
      guard form.rowLimit != nil, form.kinds[name] != nil else {
        throw .noColumn(name, in: file, isBeginning: form.rowLimit != nil, names.columns)
      }
      let place = place(of: name)
      built[place].fill(to: rowCount)
    }
  }
}

extension FileError {
  /// No record has a name that was asked for; the first names that there are may help.
  fileprivate static func noColumn(
    _ name: String, in file: String, isBeginning: Bool, _ names: [String]
  ) -> FileError {
    let first = names.prefix(20).map(\.quoted).joined(separator: ", ")
    let late =
      "types={\(name.debugDescription): \"number\"} makes a column of what comes later in the file"
    return FileError(
      code: "data/column",
      message: isBeginning
        ? "none of the first records of \(file.quoted) has \(name.quoted)"
        : "no record of \(file.quoted) has \(name.quoted)",
      help: [
        names.isEmpty
          ? "there is no column at all"
          : "the columns are \(first)\(names.count > 20 ? ", …" : "")"
      ] + (isBeginning ? [late] : []))
  }
}
