import Glibc
import LeptonFiles
import LeptonTensor

/// A file on its way into columns, block by block.
///
/// What kind a column is of can turn out late; columns that became texts on the way are read a second
/// time.
final class CSVReading {
  private let stream: any ByteStream
  private let dialect: CSV.Dialect
  /// The columns that are known to be texts because they were read before.
  private let texts: Set<String>
  private let marks: CSVNumber.Marks
  private let comment: UInt8?
  private let separator: UInt8?
  private var layout: CSVLayout?
  private var rows = CSVPart([])
  /// The bytes that are looked at, and how many of them, from the first on, are rows that were read.
  private var block: [UInt8] = []
  private var usedCount = 0
  /// How many bytes came before the block.
  private var bytesBefore = 0
  private var isDone = false

  init(
    _ stream: any ByteStream, _ dialect: CSV.Dialect, texts: Set<String> = []
  ) throws(FileError) {
    self.stream = stream
    self.dialect = dialect
    self.texts = texts
    separator = try dialect.separator.map { mark throws(FileError) in
      try Self.byte(mark, "separator")
    }
    comment = try dialect.comment.map { mark throws(FileError) in
      try Self.byte(mark, "mark of a comment")
    }
    marks = CSVNumber.Marks(
      decimal: try Self.byte(dialect.decimal, "mark of decimals"),
      thousands: try dialect.thousands.map { mark throws(FileError) in
        try Self.byte(mark, "mark of thousands")
      })
    guard marks.thousands != marks.decimal else {
      throw FileError(
        code: "data/separator",
        message: "the marks of decimals and of thousands are the same",
        help: ["decimal=\",\" and thousands=\".\" read 1.234,5"])
    }
  }

  private static func byte(_ mark: Unicode.Scalar, _ what: String) throws(FileError) -> UInt8 {
    guard mark.isASCII, mark != "\"", mark != "\n", mark != "\r" else {
      throw FileError(
        code: "data/separator", message: "the \(what) must be one ASCII character and no quote")
    }
    return UInt8(mark.value)
  }

  /// How many rows have been read and not been taken.
  var rowCount: Int { rows.rowCount }

  /// Reads the rows that end in the next block; false if there is none.
  func readBlock() throws(FileError) -> Bool {
    if isDone { return false }
    // A small table fits into what is kept for everything that does not ask.
    if rows.rowCount * rows.columns.count > SystemMemory.much / 8, SystemMemory.isScarce {
      throw FileError.scarce(stream.name, rowCount: rows.rowCount)
    }
    bytesBefore += usedCount
    block.removeFirst(usedCount)
    usedCount = 0
    let isLast = try !stream.next(onto: &block)
    do throws(CSVFault) {
      usedCount = try block.withUnsafeBufferPointer { buffer throws(CSVFault) in
        guard let start = buffer.baseAddress else { return 0 }
        return try read(start, buffer.count, isLast: isLast)
      }
    } catch {
      isDone = true
      throw error.error(line: try line(of: bytesBefore + error.place), in: stream.name)
    }
    isDone = isDone || isLast
    return !isDone
  }

  /// Makes room for as many rows as the file seems to have, so that columns need not grow.
  func reserveCapacity() {
    guard usedCount > 0, let total = stream.byteCount, total > usedCount else { return }
    // Rows that turn out a little shorter still fit.
    let share = 1.01 * Double(total) / Double(usedCount)
    let count = Int(Double(rows.rowCount) * share) + 1000
    // A guess must not ask for what is not there.
    let size = count.multipliedReportingOverflow(by: 16 * rows.columns.count)
    if !size.overflow, SystemMemory.has(size.partialValue) { rows.reserveCapacity(count) }
  }

  /// Reads what is whole in a block; gives where the rest begins.
  private func read(
    _ block: UnsafePointer<UInt8>, _ count: Int, isLast: Bool
  ) throws(CSVFault) -> Int {
    var start = 0
    if layout == nil {
      guard let end = try readHeader(block, count, isLast: isLast) else { return 0 }
      start = end
    }
    guard let layout else { return start }
    if dialect.rowLimit == nil {
      start = readPieces(of: start..<count, in: block, layout, isLast: isLast)
    }
    var part = CSVPart(rows.columns.map(\.emptied))
    let limit = dialect.rowLimit.map { max($0 - rows.rowCount, 0) } ?? .max
    let end = try part.read(block, start..<count, layout, isLast: isLast, limit: limit)
    add([part])
    isDone = rows.rowCount >= dialect.rowLimit ?? .max
    return end
  }

  /// Adds rows that were read of the block.
  private func add(_ parts: [CSVPart]) {
    rows.append(
      parts.map { part in
        var part = part
        for index in part.columns.indices { part.columns[index].moveFirstText(by: bytesBefore) }
        return part
      })
  }

  /// The line on which a byte of the file stands.
  ///
  /// Hardly ever is it asked for, so lines are only counted then.
  private func line(of place: Int) throws(FileError) -> Int {
    try stream.rewind()
    var (line, left) = (1, place)
    var bytes: [UInt8] = []
    while left > 0, try stream.next(onto: &bytes) {
      line += bytes.prefix(left).count { $0 == .lineFeed }
      left -= min(bytes.count, left)
      bytes.removeAll(keepingCapacity: true)
    }
    return line
  }
}

// The first row.
extension CSVReading {
  /// Decides on separator and names; gives where the rows begin, `nil` if the first row is not whole.
  private func readHeader(
    _ block: UnsafePointer<UInt8>, _ count: Int, isLast: Bool
  ) throws(CSVFault) -> Int? {
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    var start = UnsafeBufferPointer(start: block, count: count).starts(with: mark) ? 3 : 0
    let said = CSVLayout.saidSeparator(of: block, start..<count)
    if let said { start = said.end }
    let separator =
      self.separator ?? said?.separator
      ?? CSVLayout.separator(
        of: block, start..<count, comment: comment, hasQuotes: dialect.hasQuotes)
    var scanner = CSVScanner(
      block, start..<count, separator: separator, comment: comment, hasQuotes: dialect.hasQuotes,
      isLast: isLast)
    guard try scanner.next() || isLast else { return nil }
    var names: [String] = []
    switch dialect.header {
    case .names(let given): names = given
    case .none: names = scanner.fields.indices.map { "column_\($0 + 1)" }
    case .firstRow:
      for field in scanner.fields {
        names.append(try CSVCell(field, in: block, marks).text())
      }
    }
    try begin(names, separator)
    return dialect.header == .firstRow ? scanner.position : start
  }

  private func begin(_ names: [String], _ separator: UInt8) throws(CSVFault) {
    do throws(FileError) {
      let layout = try CSVLayout(
        names: names, separator: separator, marks: marks, comment: comment, dialect,
        in: stream.name)
      self.layout = layout
      rows = CSVPart(
        layout.sources.map { source in
          let name = names[source]
          return CSVColumn(
            name: name, given: dialect.kinds[name], marks: dialect.missing,
            isText: texts.contains(name))
        })
    } catch {
      throw CSVFault(place: 0, what: .other(error))
    }
  }
}

// Several pieces of a block at the same time.
extension CSVReading {
  /// How large a piece should be, in bytes.
  private static let pieceSize = 1 << 20
  /// How many pieces are read before their rows are put together.
  private static let pieceCount = 16

  /// Reads pieces of a block at the same time; gives where the rest begins.
  ///
  /// Where a row ends is a guess. It is right if the piece that begins there follows one that begins right and ends
  /// there: so what is read is what one piece would give.
  private func readPieces(
    of range: Range<Int>, in block: UnsafePointer<UInt8>, _ layout: CSVLayout, isLast: Bool
  ) -> Int {
    var start = range.lowerBound
    while range.upperBound - start > 2 * Self.pieceSize {
      let rest = start..<min(start + Self.pieceSize * Self.pieceCount, range.upperBound)
      let pieces = CSVPieces.cut(
        rest, of: block, into: rest.count / Self.pieceSize, hasQuotes: layout.hasQuotes)
      let found = read(
        pieces, of: block, layout, isLast: isLast && rest.upperBound == range.upperBound)
      add(found.map(\.part))
      start = found.last?.end ?? start
      if found.count < pieces.count { break }
    }
    return start
  }

  /// The pieces that begin with a row, and where each of them ended.
  private func read(
    _ pieces: [Range<Int>], of block: UnsafePointer<UInt8>, _ layout: CSVLayout, isLast: Bool
  ) -> [(part: CSVPart, end: Int)] {
    let empty = CSVPart(rows.columns.map(\.emptied))
    var found = [(part: CSVPart, end: Int)?](repeating: nil, count: pieces.count)
    found.withUnsafeMutableBufferPointer { buffer in
      nonisolated(unsafe) let found = buffer
      nonisolated(unsafe) let block = block
      Execution.forEach(pieces.count) { number in
        var part = empty
        let isLast = isLast && number == pieces.count - 1
        if let end = try? part.read(block, pieces[number], layout, isLast: isLast) {
          found[number] = (part, end)
        }
      }
    }
    var right: [(part: CSVPart, end: Int)] = []
    for (piece, found) in zip(pieces, found) {
      guard let found, right.last?.end ?? piece.lowerBound == piece.lowerBound else { break }
      right.append(found)
    }
    return right
  }
}

// What has been read.
extension CSVReading {
  /// The rows that were read since the last call, as a table.
  func take() throws(FileError) -> DataTable {
    let table = try DataTable(rows.columns.map { .init($0.name, $0.values) })
    rows = CSVPart(rows.columns.map(\.emptied))
    return table
  }

  /// The table, and what was decided about it; what became texts on the way is read again.
  func finish() throws(FileError) -> (table: DataTable, report: CSV.Report) {
    for index in rows.columns.indices {
      try rows.columns[index].resolveFirstText { place throws(FileError) in try line(of: place) }
    }
    let stale = rows.columns.filter(\.isStale).map(\.name)
    if !stale.isEmpty { try reread(Set(stale)) }
    let columns = rows.columns
    let report = CSV.Report(
      separator: Unicode.Scalar(layout?.separator ?? 0x2C), rowCount: rows.rowCount,
      skippedCount: rows.skippedCount, raggedCount: rows.raggedCount,
      columns: columns.map(\.report))
    return (try DataTable(columns.map { .init($0.name, $0.values) }), report)
  }

  private func reread(_ names: Set<String>) throws(FileError) {
    try stream.rewind()
    var dialect = dialect
    dialect.separator = layout.map { Unicode.Scalar($0.separator) }
    // A row may be left out because of a value in a column whose kind was given.
    let needed = names.union(dialect.badRows == .skip ? Set(dialect.kinds.keys) : [])
    dialect.columns = rows.columns.map(\.name).filter(needed.contains)
    dialect.kinds = dialect.kinds.filter { needed.contains($0.key) }
    let again = try CSVReading(stream, dialect, texts: names)
    while try again.readBlock() {}
    for index in rows.columns.indices {
      if let column = again.rows.columns.first(where: { $0.name == rows.columns[index].name }) {
        rows.columns[index] = column.remembering(rows.columns[index])
      }
    }
  }
}
