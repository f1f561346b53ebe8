import LeptonData
import LeptonLearning
import LeptonRuntime
import LeptonTensor

extension Library {
  /// Models in files.
  static var modelFiles: Family {
    Family("Model files", [save, load])
  }

  private static var save: Builtin {
    Builtin(
      "save(model, file)", "Writes a trained model as a safetensors file.",
      details: """
        Other programs can read the parameters and states under their paths (`1.dense.kernel`). The file also \
        holds the shape of an example, the names of the classes, and the model as Lepton prints it.
        """
    ) { (context: Context, model: ModelObject, file: String) in
      try context.files.write(try ModelFile(model).bytes(), to: file)
      return Value.nothing
    }
  }

  private static var load: Builtin {
    Builtin(
      "load(file, model = nothing)", "Reads a model from a safetensors file.",
      details: """
        A file never brings code along: its description may hold layers and plain numbers only. A model with \
        functions of one's own is given: `load(file, model)` takes the parameters from the file.
        """
    ) { (context: Context, file: String, model: Value) in
      let tensors = try Safetensors(reading: context.files.read(file), name: file)
      var reader = LayerReader(context: context, name: file)
      let architecture: Value
      if case .nothing = model {
        architecture = try reader.architecture(ModelFile.description(in: tensors, reader))
      } else {
        architecture = model
      }
      let layer = try LayerMaker(context).layer(architecture)
      return ModelObject(
        try ModelFile.model(tensors, layer: layer, reader: reader), of: architecture)
    }
  }
}

/// A model as it stands in a file.
private struct ModelFile {
  let object: ModelObject

  private static let format = "lepton model 1"

  init(_ object: ModelObject) { self.object = object }

  /// The file.
  func bytes() throws -> [UInt8] {
    let model = object.model
    var metadata = [
      "format": ModelFile.format, "model": object.source,
      "example_shape": model.exampleShape.map(String.init).joined(separator: " "),
    ]
    metadata["classes"] = model.classes?.joined(separator: "\n")
    return try Safetensors(
      model.tensors.map { .init($0.path, $0.tensor) }, metadata: metadata
    ).bytes()
  }

  /// The text of the model.
  static func description(in file: Safetensors, _ reader: LayerReader) throws -> String {
    guard let text = file.metadata["model"], file.metadata["format"] == format else {
      throw reader.refusal("it does not say what model it holds")
    }
    return text
  }

  /// Takes the parameters and states that the layer asks for; the file must hold them all and no others.
  static func model(
    _ file: Safetensors, layer: any Layer, reader: LayerReader
  ) throws -> Model {
    guard file.metadata["format"] == format, let shape = file.metadata["example_shape"] else {
      throw reader.refusal("it does not say what model it holds")
    }
    let sizes = try shape.split(separator: " ").map { size in
      guard let size = Int(size) else {
        throw reader.refusal("the shape of its examples is no list of numbers")
      }
      return size
    }
    let declaration = try Declaration(layer, exampleShape: sizes)
    let specs = declaration.parameters + declaration.states
    if let other = file.tensors.first(where: { entry in !specs.contains { $0.path == entry.name } })
    {
      throw LanguageError(
        "model/parameter", "\(reader.name) holds a parameter \(other.name) that the model has not")
    }
    return Model(
      layer: layer, parameters: try tensors(of: declaration.parameters, in: file),
      states: try tensors(of: declaration.states, in: file), exampleShape: sizes,
      classes: file.metadata["classes"]?.split(separator: "\n", omittingEmptySubsequences: false)
        .map(String.init))
  }

  private static func tensors(
    of specs: [ParameterSpec], in file: Safetensors
  ) throws -> ParameterTree {
    var tree = ParameterTree()
    for spec in specs { tree[spec.path] = try file[spec.path]?.cast(to: .float32) }
    for spec in specs { _ = try tree.tensor(for: spec) }
    return tree
  }
}
