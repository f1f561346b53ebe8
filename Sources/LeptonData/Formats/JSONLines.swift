import LeptonFiles
import LeptonJSON

/// A record on each line, written in JSON (jsonlines.org), as a table; or all of them in one list.
public enum JSONLines {
  /// Reads a whole file; a column is there for each key, in the order of their first places.
  ///
  /// A key that a line lacks, and `null`, are missing values. What a record within a record holds stands in columns
  /// of its own: `user.name`. Empty lines and a byte order mark at the start are passed over.
  ///
  /// - Parameters:
  ///   - columns: the only keys that are read, in their order; all if none are named.
  ///   - name: what messages call the file.
  /// - Throws: `file/text` (no UTF-8), `data/json`, `data/cell`, both with the line or the number of the record;
  ///   `data/column` if no line has a
  ///   key that is named.
  public static func table(
    _ bytes: [UInt8], columns chosen: [String]? = nil, name: String = "JSON lines"
  ) throws(FileError) -> DataTable {
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    let text = bytes.dropFirst(bytes.starts(with: mark) ? mark.count : 0)
    let isList = text.first { !isBlank($0) } == UInt8(ascii: "[")
    var columns = Columns(name: name, chosen: chosen, unit: isList ? "record" : "line")
    if isList { try columns.add(list: Array(text)) } else { try columns.add(lines: text) }
    let table = try columns.table()
    guard let chosen else { return table }
    return try DataTable(table.columns(named: chosen))
  }

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == .carriageReturn || byte == .lineFeed
  }

  /// The columns as they grow.
  private struct Columns {
    let name: String
    /// What stands before the number of a record.
    private let unit: String
    private var names: [String] = []
    private let chosen: Set<TextKey>?
    private var places: [TextKey: Int] = [:]
    private var values: [[JSON]] = []
    private var lines: [Int] = []

    init(name: String, chosen: [String]?, unit: String) {
      self.name = name
      self.unit = unit
      self.chosen = chosen.map { Set($0.map(TextKey.init)) }
    }

    mutating func add(lines text: ArraySlice<UInt8>) throws(FileError) {
      var line = 0
      for text in text.split(separator: UInt8.lineFeed, omittingEmptySubsequences: false) {
        line += 1
        if !text.allSatisfy(JSONLines.isBlank) { try add(json(Array(text), line), line: line) }
      }
    }

    mutating func add(list text: [UInt8]) throws(FileError) {
      guard let records = try json(text, 1).arrayValue else { return }
      for (place, record) in records.enumerated() { try add(record, line: place + 1) }
    }

    private mutating func add(_ record: JSON, line: Int) throws(FileError) {
      guard let members = record.members else {
        throw error(
          "data/json", line, "there is no record on it", help: "write {\"name\": value, …}")
      }
      for member in members { add(member.value, to: member.key) }
      lines.append(line)
    }

    private mutating func add(_ value: JSON, to column: String) {
      if let members = value.members {
        for member in members { add(member.value, to: column + "." + member.key) }
      } else if chosen?.contains(TextKey(column)) ?? true {
        let place = place(of: column)
        // Of two keys that make the same name the last one counts.
        if values[place].count > lines.count { values[place].removeLast() }
        values[place] += repeatElement(.null, count: lines.count - values[place].count)
        values[place].append(value)
      }
    }

    private func json(_ bytes: [UInt8], _ line: Int) throws(FileError) -> JSON {
      do throws(JSONError) {
        return try JSON(parsing: bytes)
      } catch {
        let column = error.place.map { ", column \($0.column)" } ?? ""
        throw self.error(
          "data/json", line, error.message + column, help: "each line holds one record of JSON")
      }
    }

    private mutating func place(of key: String) -> Int {
      if let place = places[TextKey(key)] { return place }
      places[TextKey(key)] = names.count
      names.append(key)
      values.append([])
      return names.count - 1
    }

    private func error(_ code: String, _ line: Int, _ what: String, help: String) -> FileError {
      FileError(code: code, message: "\(unit) \(line) of \(name.quoted): \(what)", help: [help])
    }

    func table() throws(FileError) -> DataTable {
      var columns: [DataTable.Column] = []
      for (name, values) in zip(names, values) {
        let all = values + repeatElement(.null, count: lines.count - values.count)
        columns.append(.init(name, try cells(all, of: name)))
      }
      return try DataTable(columns)
    }

    /// The values of a column as the one kind that they all are of.
    private func cells(_ values: [JSON], of column: String) throws(FileError) -> ColumnValues {
      if let cells = Cells(values, { $0.integer }) { return .integers(cells) }
      if let cells = Cells(values, { $0.number }) { return .numbers(cells) }
      if let cells = Cells(values, { $0.boolValue }) { return .truths(cells) }
      if let cells = Cells(values, { $0.stringValue }) { return .texts(cells) }
      let kinds = values.map(\.kind)
      let first = kinds.first { $0 != nil } ?? nil
      let odd = kinds.firstIndex {
        $0 != nil && ($0 != first || $0 == "a list")
      }
      throw error(
        "data/cell", odd.map { lines[$0] } ?? 0,
        "\(column.quoted) is \((odd.flatMap { kinds[$0] }) ?? "of another kind"), not what a column holds beside "
          + "\(first ?? "nothing")",
        help:
          "a column holds numbers, truths or texts, all of one kind; columns=[…] leaves others out")
    }
  }
}

extension Cells {
  /// The values as elements, `null` where one is missing; `nil` if one is of another kind or all are
  /// missing and there are some.
  fileprivate init?(_ values: [JSON], _ read: (JSON) -> Element?) {
    var elements: [Element?] = []
    for value in values {
      if value == .null {
        elements.append(nil)
      } else if let element = read(value) {
        elements.append(element)
      } else {
        return nil
      }
    }
    if Element.self == Int.self, !elements.isEmpty, elements.allSatisfy({ $0 == nil }) {
      return nil
    }
    self.init(elements)
  }
}

extension JSON {
  fileprivate var integer: Int? { if case .int(let value) = self { value } else { nil } }

  fileprivate var number: Double? {
    switch self {
    case .int(let value): Double(value)
    case .double(let value): value
    default: nil
    }
  }

  /// What messages call it; `nil` for `null`.
  fileprivate var kind: String? {
    switch self {
    case .null: nil
    case .bool: "a truth"
    case .int, .double: "a number"
    case .string: "a text"
    case .array: "a list"
    case .object: "a record"
    }
  }
}
