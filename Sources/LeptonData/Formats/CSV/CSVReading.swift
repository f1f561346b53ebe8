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
  private let decimal: UInt8
  private let comment: UInt8?
  private let separator: UInt8?
  private var layout: CSVLayout?
  private var rows = CSVPart([])
  /// The bytes of a row whose end has not come yet.
  private var rest: [UInt8] = []
  private var linesBefore = 0
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
    decimal = try Self.byte(dialect.decimal, "mark of decimals")
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
    let bytes = try stream.next()
    let block = rest.isEmpty ? bytes : rest + bytes
    let end = try block.withUnsafeBufferPointer { buffer throws(FileError) -> Int in
      guard let start = buffer.baseAddress else { return 0 }
      do throws(CSVFault) {
        let end = try read(start, buffer.count, isLast: bytes.isEmpty)
        linesBefore += Self.lineFeeds(start, end)
        return end
      } catch {
        throw error.error(line: line(of: error.place, in: start), in: stream.name)
      }
    }
    rest = Array(block[end...])
    isDone = isDone || bytes.isEmpty
    return !isDone
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
    if dialect.rowLimit == nil, let pieces = pieces(of: start..<count, in: block) {
      try read(pieces, of: block, layout)
      start = pieces.last?.upperBound ?? start
    }
    var part = CSVPart(rows.columns.map(\.emptied))
    let limit = dialect.rowLimit.map { max($0 - rows.rowCount, 0) } ?? .max
    let end = try part.read(block, start..<count, layout, isLast: isLast, limit: limit)
    add(part, of: block)
    isDone = rows.rowCount >= dialect.rowLimit ?? .max
    return end
  }

  /// Adds rows that were read of a block.
  private func add(_ part: CSVPart, of block: UnsafePointer<UInt8>) {
    var part = part
    for index in part.columns.indices {
      part.columns[index].resolveFirstText { line(of: $0, in: block) }
    }
    rows.append(part)
  }

  private func line(of place: Int, in block: UnsafePointer<UInt8>) -> Int {
    linesBefore + 1 + Self.lineFeeds(block, place)
  }

  private static func lineFeeds(_ block: UnsafePointer<UInt8>, _ count: Int) -> Int {
    UnsafeBufferPointer(start: block, count: count).count { $0 == .lineFeed }
  }
}

// The first row.
extension CSVReading {
  /// Decides on separator and names; gives where the rows begin, `nil` if the first row is not whole.
  private func readHeader(
    _ block: UnsafePointer<UInt8>, _ count: Int, isLast: Bool
  ) throws(CSVFault) -> Int? {
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    let start = UnsafeBufferPointer(start: block, count: count).starts(with: mark) ? 3 : 0
    let separator =
      self.separator
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
        names.append(try CSVCell(field, in: block, decimal: decimal).text())
      }
    }
    try begin(names, separator)
    return dialect.header == .firstRow ? scanner.position : start
  }

  private func begin(_ names: [String], _ separator: UInt8) throws(CSVFault) {
    do throws(FileError) {
      let layout = try CSVLayout(
        names: names, separator: separator, decimal: decimal, comment: comment, dialect,
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

  /// A block cut at line ends, up to its last; `nil` where quotes may hide them, or there is little to
  /// do.
  private func pieces(
    of range: Range<Int>, in block: UnsafePointer<UInt8>
  ) -> [Range<Int>]? {
    guard range.count > 2 * Self.pieceSize,
      !dialect.hasQuotes
        || memchr(block + range.lowerBound, Int32(UInt8.quote), range.count) == nil
    else { return nil }
    var pieces: [Range<Int>] = []
    var start = range.lowerBound
    while start < range.upperBound {
      var end = min(start + Self.pieceSize, range.upperBound)
      while end > start, block[end - 1] != .lineFeed { end -= 1 }
      if end == start { return nil }
      pieces.append(start..<end)
      start = end
      if range.upperBound - end < Self.pieceSize { break }
    }
    return pieces
  }

  private func read(
    _ pieces: [Range<Int>], of block: UnsafePointer<UInt8>, _ layout: CSVLayout
  ) throws(CSVFault) {
    let empty = CSVPart(rows.columns.map(\.emptied))
    var results = [Result<CSVPart, CSVFault>](repeating: .success(empty), count: pieces.count)
    results.withUnsafeMutableBufferPointer { buffer in
      nonisolated(unsafe) let results = buffer
      nonisolated(unsafe) let block = block
      Execution.forEach(pieces.count) { number in
        results[number] = Self.read(pieces[number], of: block, layout, into: empty)
      }
    }
    for result in results { add(try result.get(), of: block) }
  }

  private static func read(
    _ piece: Range<Int>, of block: UnsafePointer<UInt8>, _ layout: CSVLayout, into empty: CSVPart
  ) -> Result<CSVPart, CSVFault> {
    do throws(CSVFault) {
      var part = empty
      _ = try part.read(block, piece, layout, isLast: true)
      return .success(part)
    } catch {
      return .failure(error)
    }
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
