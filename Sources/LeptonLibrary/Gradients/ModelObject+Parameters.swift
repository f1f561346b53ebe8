import LeptonLearning
import LeptonRuntime
import LeptonTensor

extension ModelObject {
  /// The parameters under their paths.
  var parameters: Record { model.parameters.record }

  /// The states under their paths, which no derivative is taken by.
  var states: Record { model.states.record }

  /// The model with other parameters.
  ///
  /// - Throws: `LanguageError` with code `model/parameter` unless they have the same names and shapes.
  func with(_ parameters: Record) throws -> ModelObject {
    let tree = try model.parameters.replaced(by: parameters, "parameter")
    return ModelObject(model.with(parameters: tree, states: model.states), of: self.value)
  }

  /// A copy with other parameters or states: `net.parameters = {…}`.
  func setting(_ name: String, to value: Value) throws -> (any Object)? {
    guard ["parameters", "states"].contains(name) else { return nil }
    guard case .record(let record) = value else {
      throw LanguageError("type/argument", "\(name) are a record of tensors by their paths")
    }
    if name == "parameters" { return try with(record) }
    let tree = try model.states.replaced(by: record, "state")
    return ModelObject(model.with(parameters: model.parameters, states: tree), of: self.value)
  }
}

extension ParameterTree {
  /// The tensors under their paths.
  fileprivate var record: Record {
    entries.reduce(into: Record()) { $0[$1.path] = .tensor($1.tensor) }
  }

  /// The tree with the tensors of a record, which has the same names and shapes; a message calls each a
  /// parameter or a state.
  fileprivate func replaced(by record: Record, _ kind: String) throws -> ParameterTree {
    for name in record.names where self[name] == nil {
      throw LanguageError(
        "model/parameter", "the model has no \(kind) \"\(name)\"",
        help: ["its \(kind)s are " + paths.joined(separator: ", ")])
    }
    return ParameterTree(
      paths,
      try entries.map { path, own in
        guard let tensor = try record[path]?.asTensor(), tensor.shape == own.shape else {
          throw LanguageError(
            "model/parameter", "the model needs a \(kind) \"\(path)\" of shape \(own.shape)")
        }
        return tensor
      })
  }
}
