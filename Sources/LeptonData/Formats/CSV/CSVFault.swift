import LeptonFiles

/// What is wrong with comma-separated values.
struct CSVFault: RowFault {
  var place: Int
  var what: What

  enum What {
    case ragged(count: Int, expected: Int)
    case openQuote
    case textBehindQuote
    case notUTF8
    case tooLong
    case sparse(columns: Int)
    case cell(text: String, column: String, kind: ColumnKind)
    /// Something else, wherever it is.
    case other(FileError)
  }

  func error(at place: TextPlace, in name: String) -> FileError {
    let line = place.line
    let place = "line \(line) of \(name.quoted)"
    switch what {
    case .other(let error): return error
    case .ragged(let count, let expected):
      return FileError(
        code: "data/ragged", message: "\(place) has \(count) values, not \(expected)",
        help: [
          "every row needs as many values as there are columns; a comma in a value needs quotes",
          "on_bad=\"skip\" leaves such rows out, on_bad=\"null\" fills them up",
        ])
    case .openQuote:
      return FileError(code: "data/quote", message: "\(place): a quote is never closed")
    case .textBehindQuote:
      return FileError(
        code: "data/quote", message: "\(place): text stands behind the closing quote of a value",
        help: ["a quote within quotes is written twice: \"\""])
    case .notUTF8:
      return .notUTF8(line: line, name)
    case .tooLong:
      return FileError(
        code: "data/size",
        message: "\(place): a value has more than \(CSVScanner.fieldLimit >> 20) MiB",
        help: ["is a quote not closed?"])
    case .sparse(let count):
      return FileError(
        code: "data/size", message: "\(place): \(RowLimits.sparse(count))", help: RowLimits.help)
    case .cell(let text, let column, let kind):
      return FileError(
        code: "data/cell",
        message:
          "\(place): \(text.shortened.quoted) in column \(column.quoted) is no \(kind.rawValue)",
        help: [
          "missing=[\(text.shortened.debugDescription)] says that it stands for a missing value",
          "on_bad=\"null\" makes it missing, on_bad=\"skip\" leaves the row out",
        ])
    }
  }
}

extension String {
  /// The first 40 characters.
  fileprivate var shortened: String { count > 40 ? prefix(39) + "…" : self }
}
