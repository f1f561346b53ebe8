import LeptonRuntime

extension Library {
  /// Records: values under names.
  static var records: Family {
    Family("Records", [keys, values, items, fromItems, has, get, merge, without])
  }

  private static var keys: Builtin {
    Builtin(
      "keys(fields)", "The names of a record, in order.",
      examples: ["keys({lr: 0.1, epochs: 3})": "[\"lr\", \"epochs\"]"]
    ) { (record: Record) in record.names }
  }

  private static var values: Builtin {
    Builtin(
      "values(fields)", "The values of a record, in the order of its names.",
      examples: ["values({lr: 0.1, epochs: 3})": "[0.1, 3]"]
    ) { (record: Record) in record.values }
  }

  private static var items: Builtin {
    Builtin(
      "items(fields)", "The pairs of name and value of a record.",
      examples: ["items({a: 1, b: 2})": "[[\"a\", 1], [\"b\", 2]]"]
    ) { (record: Record) -> [Value] in
      zip(record.names, record.values).map { .list([.string($0), $1]) }
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
      "has(fields, name)", "Whether a record has a name.",
      details: "`name in record` says the same.",
      examples: ["has({lr: 0.1}, \"lr\")": "true"]
    ) { (record: Record, name: String) in record[name] != nil }
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

  private static var without: Builtin {
    Builtin(
      "without(fields, names...)", "The record without some of its names.",
      examples: ["without({a: 1, b: 2, c: 3}, \"a\", \"c\")": "{b: 2}"]
    ) { (record: Record, names: [String]) -> Record in
      let left = Set(names)
      return zip(record.names, record.values).reduce(into: Record()) {
        if !left.contains($1.0) { $0[$1.0] = $1.1 }
      }
    }
  }
}
