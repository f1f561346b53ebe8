import LeptonFiles
import LeptonJSON

/// What is wrong with records of JSON.
struct JSONFault: RowFault {
  var place: Int
  var what: What

  enum What {
    case syntax(String)
    case noRecord
    case openList
    case behindList
    /// What stands in a column, and what the column holds.
    case cell(String, column: String, holds: ColumnKind?)
    case newColumn(String)
    case sparse(columns: Int)
  }

  /// What is wrong with a record that begins at a place.
  init(_ error: JSONError, in record: UnsafeBufferPointer<UInt8>, from start: Int) {
    place = start + (error.place?.offset(in: record) ?? 0)
    what = .syntax(error.message)
  }

  init(place: Int, what: What) {
    self.place = place
    self.what = what
  }

  func error(at place: TextPlace, in name: String) -> FileError {
    let (code, message, help) = words
    let column = isWithinLine ? ", column \(place.column)" : ""
    return FileError(
      code: code, message: "line \(place.line) of \(name.quoted): \(message)\(column)", help: help)
  }

  /// Whether the column of the line says more than the line.
  private var isWithinLine: Bool {
    switch what {
    case .syntax, .openList, .behindList: true
    default: false
    }
  }

  private var words: (code: String, message: String, help: [String]) {
    let policies =
      "on_bad=\"skip\" leaves such lines out, on_bad=\"null\" makes missing what is on them"
    return switch what {
    case .syntax(let message):
      ("data/json", message, ["each line holds one record of JSON", policies])
    case .noRecord:
      ("data/json", "there is no record on it", ["write {\"name\": value, …}", policies])
    case .openList: ("data/json", "the list of records is never closed", ["is the file whole?"])
    case .behindList: ("data/json", "more text stands behind the list of records", [])
    case .cell(let value, let column, let kind):
      (
        "data/cell",
        "\(column.quoted) is \(value), not what a column holds"
          + (kind.map { " beside " + Self.words(for: $0) } ?? ""),
        [
          "types={\(column.debugDescription): \"text\"} reads numbers, truths and texts as they are written; "
            + "columns=[…] leaves others out",
          "on_bad=\"null\" makes it missing, on_bad=\"skip\" leaves the line out",
        ]
      )
    case .sparse(let count): ("data/size", RowLimits.sparse(count), RowLimits.help)
    case .newColumn(let column):
      (
        "data/column", "\(column.quoted) is no column of the first part",
        [
          "types={\(column.debugDescription): \"number\"} makes it one; columns=[…] says which are read",
          "on_bad=\"null\" leaves it out, on_bad=\"skip\" leaves the line out",
        ]
      )
    }
  }
}

// What messages call values.
extension JSONFault {
  /// A value of a record; nothing stands for a list.
  static func words(for value: JSONScalar?) -> String {
    value.map { $0.kind.map(words) ?? "nothing" } ?? "a list"
  }

  private static func words(for kind: ColumnKind) -> String {
    switch kind {
    case .integer: "a whole number"
    case .number: "a number"
    case .truth: "a truth"
    case .text: "a text"
    }
  }
}

extension JSONError.Place {
  /// How many bytes stand before it.
  fileprivate func offset(in text: UnsafeBufferPointer<UInt8>) -> Int {
    var (start, left) = (0, line - 1)
    while left > 0, let feed = text[start...].firstIndex(of: .lineFeed) {
      start = feed + 1
      left -= 1
    }
    var (place, column) = (start, 0)
    while place < text.count {
      if text[place] & 0xC0 != 0x80 { column += 1 }
      if column == self.column { break }
      place += 1
    }
    return place
  }
}
