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
        Other programs can read the parameters under their paths (`1.dense.kernel`). The file also \
        holds the shape of an example, the names of the classes, and the model as Lepton prints it.
        """
    ) { (context: Context, model: ModelObject, file: String) in
      try context.files.write(try ModelFile(model.model).bytes(), to: file)
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
      return ModelObject(
        try ModelFile(tensors, layer: model, reader: LayerReader(context: context, name: file))
          .model)
    }
  }
}

/// A model as it stands in a file.
private struct ModelFile {
  let model: Model

  private static let format = "lepton model 1"

  init(_ model: Model) { self.model = model }

  /// The file.
  func bytes() throws -> [UInt8] {
    var metadata = [
      "format": ModelFile.format, "model": model.layer.source,
      "example_shape": model.exampleShape.map(String.init).joined(separator: " "),
    ]
    metadata["classes"] = model.classes?.joined(separator: "\n")
    return try Safetensors(
      model.parameters.entries.map { .init($0.path, $0.tensor) }, metadata: metadata
    ).bytes()
  }

  /// Takes the parameters that the layer asks for; the file must hold them all and no others.
  init(_ file: Safetensors, layer value: Value, reader: LayerReader) throws {
    guard let sizes = file.metadata["example_shape"]?.split(separator: " ").map({ Int($0) }),
      let text = file.metadata["model"], file.metadata["format"] == ModelFile.format
    else { throw reader.refusal("it does not say what model it holds") }
    let maker = LayerMaker(reader.context)
    let layer: any Layer
    if case .nothing = value {
      layer = try reader.layer(text)
    } else {
      layer = try maker.layer(value)
    }
    let shape = try sizes.map { size in
      guard let size else {
        throw reader.refusal("the shape of its examples is no list of numbers")
      }
      return size
    }
    model = Model(
      layer: layer, parameters: try ModelFile.parameters(file, layer, shape, reader),
      exampleShape: shape,
      classes: file.metadata["classes"]?.split(separator: "\n", omittingEmptySubsequences: false)
        .map(String.init))
  }

  private static func parameters(
    _ file: Safetensors, _ layer: any Layer, _ shape: [Int], _ reader: LayerReader
  ) throws -> ParameterTree {
    let specs = try Declaration(layer, exampleShape: shape).parameters
    if let other = file.tensors.first(where: { entry in !specs.contains { $0.path == entry.name } })
    {
      throw LanguageError(
        "model/parameter", "\(reader.name) holds a parameter \(other.name) that the model has not")
    }
    var tree = ParameterTree()
    for spec in specs { tree[spec.path] = try file[spec.path]?.cast(to: .float32) }
    for spec in specs { _ = try tree.tensor(for: spec) }
    return tree
  }
}
