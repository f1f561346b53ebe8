import LeptonLearning
import LeptonRuntime
import LeptonTensor

// Several inputs or outputs of a model, which the language writes as a record of tensors.

extension Packing {
  /// Lays out the tensors of a record by their names; the first axis of each counts the examples.
  ///
  /// - Throws: `LanguageError` with code `type/argument` unless all are tensors of one axis or more.
  init(_ record: Record) throws {
    try self.init(
      zip(record.names, record.values).map { name, value in
        guard let tensor = try value.asTensor(), tensor.shape.rank > 0 else {
          throw LanguageError(
            "type/argument",
            "`\(name)` must be a tensor with an example at each place of its first axis, and this is "
              + value.typeDescription)
        }
        return (name, Array(tensor.shape.sizes.dropFirst()), tensor.elementType)
      })
    guard width > 0 else {
      throw LanguageError("value/empty", "a record of inputs or targets holds at least one tensor")
    }
  }

  /// The tensors of a record, which has the names of this layout, as rows.
  func packed(_ record: Record) throws -> Tensor {
    if let extra = record.names.first(where: { name in !parts.contains { $0.name == name } }) {
      throw LanguageError(
        "data/column", "there is no `\(extra)` among \(names)")
    }
    return try packed(
      parts.map { part in
        guard let tensor = try record[part.name]?.asTensor() else {
          throw LanguageError("data/column", "`\(part.name)` is missing among the tensors")
        }
        return tensor
      })
  }

  /// Rows as the record that they stand for.
  func record(of rows: Tensor) throws -> Record {
    try zip(parts, unpacked(rows)).reduce(into: Record()) { $0[$1.0.name] = .tensor($1.1) }
  }

  /// The names, for messages.
  var names: String { parts.map(\.name).joined(separator: ", ") }

  /// The names with the shapes: `upper [4, 8], lower [4, 8]`.
  var description: String {
    parts.map { "\($0.name) \($0.shape.isEmpty ? $0.type.rawValue : "\($0.shape)")" }
      .joined(separator: ", ")
  }
}

extension Packing? {
  /// A tensor as a value: a record where it stands for several.
  func value(
    of rows: Tensor, _ change: (Tensor) throws -> Tensor = { $0 }
  ) throws -> Value {
    guard let self else { return .tensor(try change(rows)) }
    return .record(
      try zip(self.parts, self.unpacked(rows)).reduce(into: Record()) {
        $0[$1.0.name] = .tensor(try change($1.1))
      })
  }
}

extension Layer {
  /// The function with which the layer begins, if it does.
  var first: CallableLayer? {
    (self as? Sequential)?.layers.first.map { $0 as? CallableLayer } ?? self as? CallableLayer
  }

  /// The function with which the layer ends, if it does.
  var last: CallableLayer? {
    (self as? Sequential)?.layers.last.map { $0 as? CallableLayer } ?? self as? CallableLayer
  }

  /// What the layer takes, where that is several tensors.
  var inputParts: Packing? { first?.inputs }

  /// What the layer gave, where that was several tensors.
  var outputParts: Packing? { last?.outputs }
}
