import LeptonFiles

/// Comma-separated values as rows that follow each other: what a dialect says, and what the first row does.
struct CSVFormat: RowFormat {
  private let dialect: CSV.Dialect
  /// The columns that are known to be texts because they were read before.
  private let texts: Set<String>
  private let marks: CSVNumber.Marks
  private let comment: UInt8?
  private let separator: UInt8?

  /// Takes a dialect.
  ///
  /// - Throws: `data/separator` for marks that are no single byte, or mean two things.
  init(_ dialect: CSV.Dialect, texts: Set<String> = []) throws(FileError) {
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

  var rowLimit: Int? { dialect.rowLimit }

  /// Decides on separator and names.
  func begin(
    _ block: UnsafePointer<UInt8>, _ count: Int, isLast: Bool, in name: String
  ) throws(CSVFault) -> (part: CSVPart, start: Int)? {
    var start = UnsafeBufferPointer(start: block, count: count).markLength
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
    let part = try part(names, separator, in: name)
    return (part, dialect.header == .firstRow ? scanner.position : start)
  }

  /// A part without rows that has columns of these names.
  private func part(
    _ names: [String], _ separator: UInt8, in file: String
  ) throws(CSVFault) -> CSVPart {
    do throws(FileError) {
      let layout = try CSVLayout(
        names: names, separator: separator, marks: marks, comment: comment, dialect, in: file)
      let columns = layout.sources.map { source in
        let name = names[source]
        return CSVColumn(
          name: name, given: dialect.kinds[name], marks: dialect.missing,
          isText: texts.contains(name))
      }
      return CSVPart(columns, layout)
    } catch {
      throw CSVFault(place: 0, what: .other(error))
    }
  }
}
