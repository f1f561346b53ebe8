import LeptonFiles

/// A format in which rows follow each other, so that a file can be read piece by piece.
protocol RowFormat: SendableMetatype {
  associatedtype Part: RowPart

  /// How many rows to read; `nil` for all.
  var rowLimit: Int? { get }

  /// Reads what stands before the rows.
  ///
  /// - Returns: a part without rows, and where the first row begins; `nil` if that cannot be told of these bytes.
  func begin(
    _ block: UnsafePointer<UInt8>, _ count: Int, isLast: Bool, in name: String
  ) throws(Part.Fault) -> (part: Part, start: Int)?
}

/// Some rows of a file, read into columns.
protocol RowPart: SendableMetatype {
  associatedtype Fault: RowFault

  /// How many rows have been read.
  var rowCount: Int { get }
  /// How many values a row has, as far as that is known.
  var columnCount: Int { get }
  /// The columns with their names and values.
  var columns: [DataTable.Column] { get }
  /// What was decided about the rows.
  var report: TableReport { get }
  /// A part without rows that knows of the columns what this one knows.
  var emptied: Self { get }

  /// Reads the rows of a range that are whole, or as many as are wanted.
  ///
  /// - Returns: where the row begins that was not read.
  mutating func read(
    _ block: UnsafePointer<UInt8>, _ range: Range<Int>, isLast: Bool, limit: Int
  ) throws(Fault) -> Int

  /// Cuts a range that begins with a row into about so many pieces where rows seem to end.
  func cut(
    _ range: Range<Int>, of block: UnsafePointer<UInt8>, into count: Int
  ) -> [Range<Int>]

  /// Adds the rows of the parts that follow, which began with what this one knows.
  ///
  /// - Returns: how many of them, at least the first; the next would have been read otherwise after these.
  mutating func append(_ parts: [Self]) -> Int

  /// Makes room for so many rows.
  mutating func reserveCapacity(_ count: Int)

  /// Counts the places that it remembers from so many bytes before.
  mutating func movePlaces(by count: Int)
}

/// What is wrong with the bytes, and at which of them.
protocol RowFault: Error {
  /// The position in the block.
  var place: Int { get }

  /// What the user is told.
  func error(at place: TextPlace, in name: String) -> FileError
}

/// A place in a text, both numbers from 1.
struct TextPlace {
  var line: Int
  /// Counted in code points.
  var column: Int
}

extension FileError {
  /// Bytes of a line are no text.
  static func notUTF8(line: Int, _ name: String) -> FileError {
    FileError(
      code: "file/text", message: "line \(line) of \(name.quoted) is not text in UTF-8",
      help: [
        "encoding=\"windows-1252\" reads what older programs of Windows wrote; else save it as UTF-8"
      ])
  }
}

extension UInt8 {
  static var quote: UInt8 { UInt8(ascii: "\"") }
  static var lineFeed: UInt8 { UInt8(ascii: "\n") }
  static var carriageReturn: UInt8 { UInt8(ascii: "\r") }
}

extension UnsafeBufferPointer<UInt8> {
  /// How many bytes a byte order mark of UTF-8 takes at the beginning.
  var markLength: Int { starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0 }
}
