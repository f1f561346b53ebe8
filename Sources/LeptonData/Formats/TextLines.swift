import Glibc
import LeptonFiles

/// The lines of a text in UTF-8, without what ends them: LF or CR LF.
///
/// What is read comes in blocks, so that a file may be larger than memory.
public final class TextLines {
  private let parts: TableParts

  /// Begins with the first line.
  ///
  /// - Parameter rowCount: how many lines come at a time.
  public init(_ stream: any ByteStream, rowCount: Int) {
    parts = TableParts(RowReading(stream, LinesFormat()), rowCount: rowCount)
  }

  /// The next lines; `nil` behind the last.
  ///
  /// - Throws: `file/text` (no UTF-8) and `data/size` (a line that does not end), both with the line; `file/read`.
  public func next() throws(FileError) -> [String]? {
    try parts.next()?.columns.first?.values.texts
  }
}

/// Lines as rows that follow each other.
private struct LinesFormat: RowFormat {
  var rowLimit: Int? { nil }

  func begin(
    _ block: UnsafePointer<UInt8>, _ count: Int, isLast: Bool, in name: String
  ) -> (part: LinesPart, start: Int)? {
    (LinesPart(), UnsafeBufferPointer(start: block, count: count).markLength)
  }
}

/// Some lines.
private struct LinesPart: RowPart {
  private var built = ColumnBuilder(.text)

  var rowCount: Int { built.count }
  var columnCount: Int { 1 }
  var columns: [DataTable.Column] { [.init("line", built.values)] }
  var report: TableReport { TableReport(rowCount: rowCount) }
  var emptied: LinesPart { LinesPart() }

  mutating func read(
    _ block: UnsafePointer<UInt8>, _ range: Range<Int>, isLast: Bool, limit: Int
  ) throws(LineFault) -> Int {
    var start = range.lowerBound
    while rowCount < limit, start < range.upperBound {
      let end = RowPieces.lineFeed(in: block, start..<range.upperBound)
      if end == nil, !isLast { break }
      var line = UnsafeBufferPointer(start: block, count: end ?? range.upperBound)[start...]
      if line.last == .carriageReturn { line = line.dropLast() }
      guard let text = String(validating: UnsafeBufferPointer(rebasing: line), as: UTF8.self)
      else { throw LineFault(place: start) }
      built.append(text)
      start = end.map { $0 + 1 } ?? range.upperBound
    }
    return start
  }

  func cut(
    _ range: Range<Int>, of block: UnsafePointer<UInt8>, into count: Int
  ) -> [Range<Int>] {
    RowPieces.cut(range, of: block, into: count, hasQuotes: false)
  }

  mutating func append(_ parts: [LinesPart]) -> Int {
    for part in parts { _ = built.append(part.built) }
    return parts.count
  }

  mutating func reserveCapacity(_ count: Int) { built.reserveCapacity(count) }
  mutating func movePlaces(by count: Int) {}
}

/// A line is no text.
private struct LineFault: RowFault {
  var place: Int

  func error(at place: TextPlace, in name: String) -> FileError {
    .notUTF8(line: place.line, name)
  }
}
