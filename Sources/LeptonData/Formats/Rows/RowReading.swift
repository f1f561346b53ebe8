import LeptonFiles
import LeptonTensor

/// A file on its way into columns, block by block.
final class RowReading<Format: RowFormat> {
  private let stream: any ByteStream
  private let format: Format
  /// The rows that were read and not taken; nothing before it is known where they begin.
  private(set) var rows: Format.Part?
  /// What was decided about rows that were taken.
  private var taken = TableReport()
  /// The bytes that are looked at, and how many of them, from the first on, are rows that were read.
  private var block: [UInt8] = []
  private var usedCount = 0
  /// How many bytes came before the block.
  private var bytesBefore = 0
  private var isDone = false

  init(_ stream: any ByteStream, _ format: Format) {
    self.stream = stream
    self.format = format
  }

  /// How many values a row has, as far as that is known.
  private var columnCount: Int { rows?.columnCount ?? 0 }

  /// Reads all rows that are left.
  func readAll() throws(FileError) {
    var hasMore = try readBlock()
    if hasMore { reserveCapacity() }
    while hasMore { hasMore = try readBlock() }
  }

  /// Makes room for as many rows as the file seems to have, so that columns need not grow.
  private func reserveCapacity() {
    guard usedCount > 0, let total = stream.byteCount, total > usedCount else { return }
    // Rows that turn out a little shorter still fit.
    let share = 1.01 * Double(total) / Double(usedCount)
    let count = Int(Double(rowCount) * share) + 1000
    // A guess must not ask for what is not there.
    let size = count.multipliedReportingOverflow(by: 16 * columnCount)
    if !size.overflow, SystemMemory.has(size.partialValue) { rows?.reserveCapacity(count) }
  }

  /// Where a byte of the file stands.
  ///
  /// Hardly ever is it asked for, so lines are only counted then.
  func place(of byte: Int) throws(FileError) -> TextPlace {
    try stream.rewind()
    var (place, left) = (TextPlace(line: 1, column: 1), byte)
    var bytes: [UInt8] = []
    while left > 0, try stream.next(onto: &bytes) {
      for byte in bytes.prefix(left) {
        if byte == .lineFeed {
          place = TextPlace(line: place.line + 1, column: 1)
        } else if byte & 0xC0 != 0x80 {
          place.column += 1
        }
      }
      left -= min(bytes.count, left)
      bytes.removeAll(keepingCapacity: true)
    }
    return place
  }
}

extension RowReading: RowSource {
  var rowCount: Int { rows?.rowCount ?? 0 }

  func readBlock() throws(FileError) -> Bool {
    if isDone { return false }
    if Execution.interruption?.look() ?? false { throw .interrupted }
    // A small table fits into what is kept for everything that does not ask.
    if rowCount * columnCount > SystemMemory.much / 8, SystemMemory.isScarce {
      throw .scarce(stream.name, rowCount: rowCount)
    }
    bytesBefore += usedCount
    block.removeFirst(usedCount)
    usedCount = 0
    let isLast = try !stream.next(onto: &block)
    do throws(Format.Part.Fault) {
      usedCount = try block.withUnsafeBufferPointer { buffer throws(Format.Part.Fault) in
        guard let start = buffer.baseAddress else { return 0 }
        return try read(start, buffer.count, isLast: isLast)
      }
    } catch {
      isDone = true
      throw error.error(at: try place(of: bytesBefore + error.place), in: stream.name)
    }
    if usedCount == 0, block.count > RowLimits.size, !isLast {
      throw .tooLong(stream.name, line: try place(of: bytesBefore).line, RowLimits.size)
    }
    isDone = isDone || isLast
    return !isDone
  }

  func take() throws(FileError) -> DataTable {
    let table = try DataTable(rows?.columns ?? [])
    taken = report
    rows = rows?.emptied
    return table
  }

  var report: TableReport {
    var report = taken
    if let rows { report.add(rows.report) }
    return report
  }

  /// Reads what is whole in a block; gives where the rest begins.
  private func read(
    _ block: UnsafePointer<UInt8>, _ count: Int, isLast: Bool
  ) throws(Format.Part.Fault) -> Int {
    var start = 0
    if rows == nil {
      // So many bytes may be a mark of what they are.
      guard count > 2 || isLast else { return 0 }
      guard let begun = try format.begin(block, count, isLast: isLast, in: stream.name) else {
        return 0
      }
      (rows, start) = begun
    }
    if format.rowLimit == nil {
      start = readPieces(of: start..<count, in: block, isLast: isLast)
    }
    guard var part = rows?.emptied else { return start }
    let limit = format.rowLimit.map { max($0 - rowCount, 0) } ?? .max
    let end = try part.read(block, start..<count, isLast: isLast, limit: limit)
    _ = add([part])
    isDone = rowCount >= format.rowLimit ?? .max
    return end
  }

  /// Adds rows that were read of the block; gives how many of the parts they were.
  private func add(_ parts: [Format.Part]) -> Int {
    let moved = parts.map { part in
      var part = part
      part.movePlaces(by: bytesBefore)
      return part
    }
    return rows?.append(moved) ?? 0
  }
}

/// How large the pieces of a block are that are read at the same time.
private enum PieceSize {
  /// In bytes.
  static let wished = 1 << 20
  /// How many are read before their rows are put together.
  static let count = 16
}

// Several pieces of a block at the same time.
extension RowReading {
  /// Reads pieces of a block at the same time; gives where the rest begins.
  ///
  /// Where a row ends is a guess. It is right if the piece that begins there follows one that begins right and ends
  /// there: so what is read is what one piece would give.
  private func readPieces(
    of range: Range<Int>, in block: UnsafePointer<UInt8>, isLast: Bool
  ) -> Int {
    var start = range.lowerBound
    while range.upperBound - start > 2 * PieceSize.wished, let empty = rows?.emptied {
      let rest = start..<min(start + PieceSize.wished * PieceSize.count, range.upperBound)
      let pieces = empty.cut(rest, of: block, into: rest.count / PieceSize.wished)
      let found = read(
        pieces, of: block, empty, isLast: isLast && rest.upperBound == range.upperBound)
      let added = add(found.map(\.part))
      guard added > 0, found[added - 1].end > start else { break }
      start = found[added - 1].end
      if found.count < pieces.count, added == found.count { break }
    }
    return start
  }

  /// The pieces that begin with a row, and where each of them ended.
  private func read(
    _ pieces: [Range<Int>], of block: UnsafePointer<UInt8>, _ empty: Format.Part, isLast: Bool
  ) -> [(part: Format.Part, end: Int)] {
    var found = [(part: Format.Part, end: Int)?](repeating: nil, count: pieces.count)
    found.withUnsafeMutableBufferPointer { buffer in
      nonisolated(unsafe) let found = buffer
      nonisolated(unsafe) let (block, empty) = (block, empty)
      Execution.forEach(pieces.count) { number in
        var part = empty
        let isLast = isLast && number == pieces.count - 1
        if let end = try? part.read(block, pieces[number], isLast: isLast, limit: .max) {
          found[number] = (part, end)
        }
      }
    }
    var right: [(part: Format.Part, end: Int)] = []
    for (piece, found) in zip(pieces, found) {
      guard let found, right.last?.end ?? piece.lowerBound == piece.lowerBound else { break }
      right.append(found)
    }
    return right
  }
}

extension FileError {
  /// Whoever waits for the rows wants no more of them.
  fileprivate static let interrupted = FileError(
    code: TensorError.interrupted.code, message: TensorError.interrupted.message)

  /// No row ends in very many bytes.
  fileprivate static func tooLong(_ name: String, line: Int, _ limit: Int) -> FileError {
    FileError(
      code: "data/size",
      message: "line \(line) of \(name.quoted): a row has more than \(limit >> 20) MiB",
      help: ["does each row stand on a line of its own?"])
  }

  /// The rows that were read leave no memory for others.
  fileprivate static func scarce(_ name: String, rowCount: Int) -> FileError {
    FileError(
      code: "memory/limit",
      message: "\(name.quoted) does not fit into memory: \(rowCount) of its rows fill it",
      help: [
        "`csv_parts` and `jsonl_parts` go through a table that is larger than memory",
        "columns=[…] reads some columns, rows=… the first rows",
      ])
  }
}
