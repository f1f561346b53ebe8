import LeptonData
import LeptonLearning
import LeptonRuntime
import LeptonTensor

/// Several inputs as they were brought, each by its name.
struct RawInputs: RawExamples {
  /// One of them: a table, of which texts make one with a single column, or a tensor.
  enum Part: Sendable {
    case table(DataTable)
    case tensor(Tensor)
  }

  let parts: [(name: String, part: Part)]

  init(_ parts: [(name: String, part: Part)]) { self.parts = parts }

  /// Takes the values of a record.
  ///
  /// - Throws: `LanguageError` with code `type/argument` if one is none of these, `data/rows` if they have not
  ///   equally many rows.
  init(_ record: Record) throws {
    parts = try zip(record.names, record.values).map { ($0, try Part($1, name: $0)) }
    let counts = parts.map(\.part.count)
    guard let odd = counts.firstIndex(where: { $0 != counts[0] }) else { return }
    throw LanguageError(
      "data/rows",
      "`\(parts[odd].name)` has \(counts[odd]) rows, and `\(parts[0].name)` has \(counts[0])",
      help: ["each example has a row in every input"])
  }

  var names: String { parts.map(\.name).joined(separator: ", ") }
  var count: Int { parts.first?.part.count ?? 0 }

  /// The examples at places, in that order.
  func rows(_ places: [Int]) throws -> RawInputs {
    RawInputs(try parts.map { ($0.name, try $0.part.rows(places)) })
  }

  /// The inputs as tensors; nothing if one holds texts or gaps, which have to be prepared.
  var tensors: Record? {
    get throws {
      var record = Record()
      for (name, part) in parts {
        switch part {
        case .tensor(let tensor): record[name] = .tensor(tensor)
        case .table(let table):
          guard table.isMatrix else { return nil }
          record[name] = .tensor(try TableObject(table).tensor(type: nil))
        }
      }
      return record
    }
  }

  /// The inputs as a record.
  func record() throws -> Record {
    try parts.reduce(into: Record()) { record, entry in
      record[entry.name] = try entry.part.texts(called: entry.name)?.field ?? entry.part.value
    }
  }

  /// The inputs of an example.
  func example(at position: Int) throws -> Record {
    try parts.reduce(into: Record()) { record, entry in
      record[entry.name] =
        try entry.part.texts(called: entry.name)?.value(at: position)
        ?? entry.part.example(at: position)
    }
  }

  /// What they are, for the line that shows a data set: `weather 3 columns, picture [8, 8]`.
  var description: String {
    parts.map { name, part in
      switch part {
      case .table(let table):
        "\(name) \(table.columns.count) column\(table.columns.count == 1 ? "" : "s")"
      case .tensor(let tensor): "\(name) \(Array(tensor.shape.sizes.dropFirst()))"
      }
    }.joined(separator: ", ")
  }
}

extension RawInputs.Part {
  /// Takes a table, texts, a tensor, or a row as a record or a text.
  init(_ value: Value, name: String) throws {
    switch value {
    case .object(let table as TableObject): self = .table(table.data)
    case .record(let row): self = .table(try RawData.row(row).table())
    case .string: self = try .texts(.list([value]), name)
    case .object(is ColumnObject): self = try .texts(value, name)
    case .list(let elements) where elements.contains(where: \.isText):
      self = try .texts(value, name)
    default:
      guard let tensor = try value.asTensor(), tensor.shape.rank > 0 else {
        throw LanguageError(
          "type/argument",
          "`\(name)` must be a table, texts or a tensor with a row for each example, and this is "
            + value.typeDescription)
      }
      self = .tensor(tensor)
    }
  }

  private static func texts(_ value: Value, _ name: String) throws -> RawInputs.Part {
    .table(try DataTable([.init(name, try ColumnValues(value, name: name))]))
  }

  /// The values of the one column of texts that it was made of.
  func texts(called name: String) -> ColumnValues? {
    guard case .table(let table) = self, table.names == [name] else { return nil }
    return table.columns[0].values
  }

  /// Refuses texts and gaps, which no layer takes.
  func checkPrepared(_ name: String) throws {
    guard case .table(let table) = self, !table.isMatrix else { return }
    throw LanguageError(
      "data/unprepared", "the input `\(name)` holds texts or gaps, which no layer takes",
      help: ["give it steps: prepare_each({\(name): prepare()})"])
  }

  var count: Int {
    switch self {
    case .table(let table): table.rowCount
    case .tensor(let tensor): tensor.shape[0]
    }
  }

  func rows(_ places: [Int]) throws -> RawInputs.Part {
    switch self {
    case .table(let table): .table(table.rows(places))
    case .tensor(let tensor): .tensor(try tensor.gathered(Tensor(places, shape: [places.count])))
    }
  }

  var value: Value {
    switch self {
    case .table(let table): TableObject(table).value
    case .tensor(let tensor): .tensor(tensor)
    }
  }

  func example(at position: Int) throws -> Value {
    switch self {
    case .table(let table): try TableObject(table).element(at: position) ?? .nothing
    case .tensor(let tensor): .tensor(try tensor.element(at: position))
    }
  }

  /// The same for whoever prepares one input.
  var data: RawData {
    switch self {
    case .table(let table): .table(TableObject(table))
    case .tensor(let tensor): .tensor(tensor)
    }
  }
}

extension Value {
  fileprivate var isText: Bool { if case .string = self { true } else { false } }
}
