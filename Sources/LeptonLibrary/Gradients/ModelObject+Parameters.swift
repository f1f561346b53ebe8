import LeptonLearning
import LeptonRuntime
import LeptonTensor

extension ModelObject {
  /// The parameters under their paths.
  var parameters: Record {
    model.parameters.entries.reduce(into: Record()) { $0[$1.path] = .tensor($1.tensor) }
  }

  /// The model with other parameters.
  ///
  /// - Throws: `LanguageError` with code `model/parameter` unless they have the same names and shapes.
  func with(_ parameters: Record) throws -> ModelObject {
    var tree = ParameterTree()
    for (path, own) in model.parameters.entries {
      guard let tensor = try parameters[path]?.asTensor(), tensor.shape == own.shape else {
        throw LanguageError(
          "model/parameter", "the model needs a parameter \"\(path)\" of shape \(own.shape)")
      }
      tree[path] = tensor
    }
    for name in parameters.names where model.parameters[name] == nil {
      throw LanguageError(
        "model/parameter", "the model has no parameter \"\(name)\"",
        help: ["its parameters are " + model.parameters.paths.joined(separator: ", ")])
    }
    return ModelObject(
      Model(
        layer: model.layer, parameters: tree, exampleShape: model.exampleShape,
        classes: model.classes), of: architecture)
  }

  /// A copy with other parameters: `net.parameters = {…}`.
  func setting(_ name: String, to value: Value) throws -> (any Object)? {
    guard name == "parameters" else { return nil }
    guard case .record(let record) = value else {
      throw LanguageError("type/argument", "parameters are a record of tensors by their paths")
    }
    return try with(record)
  }
}
