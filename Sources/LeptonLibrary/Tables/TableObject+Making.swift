import LeptonData
import LeptonRuntime
import LeptonTensor

// Tables of what a program brings.

extension TableObject {
  /// Makes a table of records, of a record of columns, or of rows without names.
  convenience init(rows: Value, names: [String]?) throws {
    switch rows {
    case .object(let table as TableObject): self.init(table.data, looks: table.looks)
    case .record(let columns): self.init(try DataTable(columns: columns))
    case .list(let rows) where rows.allSatisfy(\.isRecord):
      self.init(try DataTable(records: rows.map(Record.bridging)))
    case .list(let rows) where !rows.contains(where: \.isSingle):
      self.init(try DataTable(lists: rows.map { try Elements.bridging($0).list }, names: names))
    case .tensor(let tensor) where tensor.shape.rank == 2:
      self.init(try DataTable(matrix: tensor, names: names))
    default:
      throw LanguageError(
        "type/argument",
        "a table is made of a list of records, or of a record of columns, "
          + "and this is \(rows.contents)",
        help: ["for example table([{a: 1}, {a: 2}]) or table({a: [1, 2]})"])
    }
  }
}

extension Value {
  /// What messages call it, with what stands in it where it is a list.
  fileprivate var contents: String {
    guard case .list(let elements) = self, let first = elements.first(where: \.isSingle) else {
      return typeDescription
    }
    return "\(typeDescription) in which \(first.typeDescription) stands"
  }
}

extension DataTable {
  /// One column for each field; a value that is no list stands in all rows.
  fileprivate init(columns record: Record) throws {
    let fields = Array(zip(record.names, record.values))
    let long = try fields.filter { !$0.1.isSingle }.map {
      DataTable.Column($0.0, try ColumnValues($0.1, name: $0.0))
    }
    let count = long.first?.values.count ?? (fields.isEmpty ? 0 : 1)
    if let odd = long.first(where: { $0.values.count != count }) {
      throw LanguageError(
        "shape/columns",
        "column \(long[0].name.quoted) has \(count) values, "
          + "and column \(odd.name.quoted) has \(odd.values.count)",
        help: ["give every column as many values"])
    }
    let known = Dictionary(long.map { (TextKey($0.name), $0) }) { first, _ in first }
    try self.init(
      fields.map { name, value in
        if let column = known[TextKey(name)] { return column }
        let values = Value.list(Array(repeating: value, count: count))
        return Column(name, try ColumnValues(values, name: name))
      })
  }

  /// One row for each record; what a record lacks is missing.
  fileprivate init(records: [Record]) throws {
    var seen: Set<TextKey> = []
    var names: [String] = []
    for name in records.lazy.flatMap(\.names) where seen.insert(TextKey(name)).inserted {
      names.append(name)
    }
    try self.init(
      names.map { name in
        Column(
          name, try ColumnValues(.list(records.map { $0[name] ?? .nothing }), name: name))
      })
  }

  /// One row for each list.
  fileprivate init(lists: [[Value]], names: [String]?) throws {
    let names = try Self.given(names)
    if let odd = lists.firstIndex(where: { $0.count != names.count }) {
      throw LanguageError(
        "shape/columns",
        "row \(odd) has \(lists[odd].count) values, and there are \(names.count) columns")
    }
    try self.init(
      names.enumerated().map { place, name in
        Column(name, try ColumnValues(.list(lists.map { $0[place] }), name: name))
      })
  }

  /// One row for each row of a matrix.
  fileprivate init(matrix: Tensor, names: [String]?) throws {
    let names = try Self.given(names)
    guard names.count == matrix.shape[1] else {
      throw LanguageError(
        "shape/columns",
        "\(names.count) names are given for the \(matrix.shape[1]) columns of the matrix")
    }
    try self.init(
      names.enumerated().map { place, name in
        let part = try matrix.element(at: place, axis: 1)
        return Column(name, try ColumnValues(.tensor(part), name: name))
      })
  }

  private static func given(_ names: [String]?) throws -> [String] {
    guard let names else {
      throw LanguageError(
        "call/missing", "these rows have no names for their columns",
        help: ["give them: table(rows, columns=[\"a\", \"b\"])"])
    }
    return names
  }
}

extension Value {
  fileprivate var isRecord: Bool { if case .record = self { true } else { false } }
}
