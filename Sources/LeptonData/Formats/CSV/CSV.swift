import LeptonFiles

/// Comma-separated values (RFC 4180), quotes and line breaks in quotes included.
///
/// Lines may end with CR LF or LF; a byte order mark at the start and empty lines are passed over. A first line
/// `sep=;` says what separates values, as Excel has it.
/// What is read comes in blocks, so that a file may be larger than memory; its columns must fit.
public enum CSV {
  /// Reads a whole table, and tells what was decided about it.
  ///
  /// - Throws: `file/text` (no UTF-8), `data/quote`, `data/ragged`, `data/cell`, `data/size` (all with the
  ///   line), `data/columns`, `data/column`, `data/separator`.
  public static func read(
    _ stream: any ByteStream, _ dialect: Dialect = Dialect()
  ) throws(FileError) -> (table: DataTable, report: Report) {
    let reading = try CSVReading(stream, dialect)
    var hasMore = try reading.readBlock()
    if hasMore { reading.reserveCapacity() }
    while hasMore { hasMore = try reading.readBlock() }
    return try reading.finish()
  }

  /// Reads a table from memory.
  ///
  /// - Parameters:
  ///   - separator: what stands between fields: a comma, a semicolon, a tab.
  ///   - name: what messages call the file.
  /// - Throws: What ``read(_:_:)`` throws.
  public static func table(
    _ bytes: [UInt8], header: Header = .firstRow, separator: Unicode.Scalar = ",",
    name: String = "CSV data"
  ) throws(FileError) -> DataTable {
    let dialect = Dialect(separator: separator, header: header)
    return try read(MemoryStream(bytes, name: name), dialect).table
  }

  /// Where the names of the columns come from.
  public enum Header: Sendable, Hashable {
    /// The first row.
    case firstRow
    /// The caller.
    case names([String])
    /// Nowhere: they are `column_1`, `column_2`, ….
    case none
  }

  /// What happens to a row with too few or too many values, and to a value that is not of its
  /// column's kind.
  public enum BadRows: String, Sendable, Hashable, CaseIterable {
    /// Reading ends with an error that says where.
    case error
    /// The row is left out.
    case skip
    /// What is lacking or wrong is missing, what is too much is left out.
    case null
  }
}

extension CSV {
  /// How a file is written, as far as it is known.
  public struct Dialect: Sendable, Hashable {
    /// What stands between fields; `nil` for whichever of `,`, `;`, tab and `|` stands most often in
    /// the first line.
    public var separator: Unicode.Scalar?
    /// Where the names come from.
    public var header: Header
    /// What stands for a missing value in any column; `nil` for `NA`, but not in columns of texts.
    public var missing: Set<String>?
    /// What stands before the decimals.
    public var decimal: Unicode.Scalar
    /// What stands between thousands; nothing if that is nothing.
    public var thousands: Unicode.Scalar?
    /// What begins a line that is passed over.
    public var comment: Unicode.Scalar?
    /// Whether a value may stand in quotes; else they are a part of it like any other character.
    public var hasQuotes: Bool
    /// What happens to what does not fit.
    public var badRows: BadRows
    /// The kinds of columns that are known by name.
    public var kinds: [String: Kind]
    /// The only columns to read; `nil` for all.
    public var columns: [String]?
    /// How many rows to read; `nil` for all.
    public var rowLimit: Int?

    /// Makes a dialect.
    public init(
      separator: Unicode.Scalar? = nil, header: Header = .firstRow, missing: Set<String>? = nil,
      decimal: Unicode.Scalar = ".", thousands: Unicode.Scalar? = nil,
      comment: Unicode.Scalar? = nil, hasQuotes: Bool = true, badRows: BadRows = .error,
      kinds: [String: Kind] = [:], columns: [String]? = nil, rowLimit: Int? = nil
    ) {
      self.separator = separator
      self.header = header
      self.missing = missing
      self.decimal = decimal
      self.thousands = thousands
      self.comment = comment
      self.hasQuotes = hasQuotes
      self.badRows = badRows
      self.kinds = kinds
      self.columns = columns
      self.rowLimit = rowLimit
    }
  }

  /// What the values of a column are.
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    /// Whole numbers of 64 bits, without leading zeros.
    case integer
    /// Numbers, `nan`, `inf` and `-inf`.
    case number
    /// `true` and `false`, also with a capital or in capitals.
    case truth
    /// Anything.
    case text
  }
}
