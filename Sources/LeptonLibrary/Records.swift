import LeptonRuntime
import LeptonSyntax

extension Library {
  /// Records: values under names.
  static var records: Family {
    Family("Records", [keys, values, items, fromItems, has, get, merge, pick, without])
  }

  private static var keys: Builtin {
    Builtin(
      "keys(fields)", "The names of a record or of a table's columns, in order.",
      examples: ["keys({lr: 0.1, epochs: 3})": "[\"lr\", \"epochs\"]"]
    ) { (fields: Fields) in fields.record.names }
  }

  private static var values: Builtin {
    Builtin(
      "values(fields)",
      "The values of a record, or the columns of a table, in the order of its names.",
      examples: ["values({lr: 0.1, epochs: 3})": "[0.1, 3]"]
    ) { (fields: Fields) in fields.record.values }
  }

  private static var items: Builtin {
    Builtin(
      "items(fields)", "The pairs of name and value of a record, or of name and column of a table.",
      examples: ["items({a: 1, b: 2})": "[[\"a\", 1], [\"b\", 2]]"]
    ) { (fields: Fields) -> [Value] in
      zip(fields.record.names, fields.record.values).map { .list([.string($0), $1]) }
    }
  }

  private static var fromItems: Builtin {
    Builtin(
      "from_items(pairs)", "The record of pairs of name and value.",
      details: "A name that comes twice keeps its first place and its last value.",
      examples: ["from_items([[\"a\", 1], [\"b\", 2]])": "{a: 1, b: 2}"]
    ) { (pairs: [Value]) -> Record in
      try pairs.reduce(into: Record()) { record, pair in
        guard case .list(let parts) = pair, parts.count == 2, case .string(let name) = parts[0]
        else {
          throw LanguageError(
            "type/argument", "every element must be a pair of a name and a value",
            help: ["as in [\"lr\", 0.1]"])
        }
        record[name] = parts[1]
      }
    }
  }

  private static var has: Builtin {
    Builtin(
      "has(fields, name)", "Whether a record has a name, or a table a column.",
      details: "`name in record` says the same.",
      examples: ["has({lr: 0.1}, \"lr\")": "true"]
    ) { (fields: Fields, name: String) in fields.record[name] != nil }
  }

  private static var get: Builtin {
    Builtin(
      "get(fields, name, default = nothing)", "The value under a name, or a default.",
      examples: ["get({lr: 0.1}, \"epochs\", 5)": "5"]
    ) { (record: Record, name: String, fallback: Value) in record[name] ?? fallback }
    .shortened(by: .lookup)
  }

  private static var merge: Builtin {
    Builtin(
      "merge(records...)", "The names and values of several records; later ones win.",
      examples: ["merge({lr: 0.1, epochs: 3}, {lr: 0.2})": "{lr: 0.2, epochs: 3}"]
    ) { (records: [Record]) -> Record in
      guard var merged = records.first else { return Record() }
      for record in records.dropFirst() {
        for (name, value) in zip(record.names, record.values) { merged[name] = value }
      }
      return merged
    }
  }

  private static var pick: Builtin {
    Builtin(
      "pick(fields, names...)", "The record of some of its names, in the order given.",
      examples: ["pick({a: 1, b: 2, c: 3}, \"c\", \"a\")": "{c: 3, a: 1}"]
    ) { (record: Record, names: Names) -> Record in
      try names.list.reduce(into: Record()) { picked, name in
        guard let value = record[name] else { throw record.missing(name) }
        picked[name] = value
      }
    }
  }

  private static var without: Builtin {
    Builtin(
      "without(fields, names...)", "The record or the table without some of its names.",
      examples: ["without({a: 1, b: 2, c: 3}, \"a\", \"c\")": "{b: 2}"]
    ) { (fields: Value, names: Names) -> Value in
      let left = Set(names.list)
      if case .object(let table as TableObject) = fields {
        let dropped = Set(try table.positions(of: names.list))
        let kept = table.data.columns.indices.filter { !dropped.contains($0) }
        return table.with(table.data.columns(at: kept)).value
      }
      let record = try Record.bridging(fields)
      return .record(
        zip(record.names, record.values).reduce(into: Record()) {
          if !left.contains($1.0) { $0[$1.0] = $1.1 }
        })
    }
  }
}

extension Record {
  /// The error of a name that is not there.
  func missing(_ name: String) -> LanguageError {
    let near = Spelling.nearest(to: name, in: names)
    return LanguageError(
      "name/field", "the record has no field \(name.quoted)",
      help: near.map { ["did you mean \($0.quoted)?"] } ?? [])
  }
}

/// A record, or a table as the record of its columns.
struct Fields: Bridged {
  let record: Record

  static var typeDescription: String { "a record or a table" }

  static func bridging(_ value: Value) throws -> Fields {
    switch value {
    case .record(let record): return Fields(record: record)
    case .object(let table as TableObject):
      return Fields(
        record: try table.data.columns.reduce(into: Record()) { $0[$1.name] = try $1.values.field })
    default: throw mismatch(value)
    }
  }

  var value: Value { .record(record) }
}
