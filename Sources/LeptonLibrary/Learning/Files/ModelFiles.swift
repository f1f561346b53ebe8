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
        holds the shape of an example, the names of the classes, the model as Lepton prints it, and what steps \
        that prepare its inputs have learned.
        """
    ) { (context: Context, model: ModelObject, file: String) in
      try context.files.write(try ModelFile.bytes(of: model), to: file)
      return Value.nothing
    }
  }

  private static var load: Builtin {
    Builtin(
      "load(file, model = nothing)",
      "Reads a model from a safetensors file, or from a checkpoint of its training.",
      details: """
        A file never brings code along: its description may hold layers and plain numbers only. A model with \
        functions of one's own is given: `load(file, model)` takes the parameters from the file. Of a checkpoint \
        the best parameters so far are taken where training had patience, else those it had last. At the prompt \
        `load("work.lep")` evaluates a program, or the cells of a notebook, as if they had been entered.
        """
    ) { (context: Context, file: String, model: Value) -> Value in
      if file.hasSuffix(".lep") || file.hasSuffix(".lnb") {
        context.emit(.wish(.load(file: file)))
        return .nothing
      }
      let found = try ModelFile(reading: context.files.read(file), name: file)
      var reader = LayerReader(context: context, name: file)
      var architecture = model
      if case .nothing = model { architecture = try reader.architecture(found.description) }
      let layer = try LayerMaker(context).layer(architecture)
      let preparation = try found.preparation.map { text in
        try InputPreparation(parsing: text, name: file) { try reader.step($0) }
      }
      return .object(
        ModelObject(try found.model(of: layer), of: architecture, preparation: preparation))
    }
  }
}

/// A model as it stands in a file.
struct ModelFile {
  /// The model as Lepton prints it.
  let description: String
  /// What messages call the file.
  private let name: String
  private let exampleShape: [Int]
  private let classes: [String]?
  /// What the model takes, where that is several tensors.
  private let inputs: Packing?
  /// What prepares its inputs, as a text.
  let preparation: String?
  /// Whether it gives several.
  private let givesSeveral: Bool
  private let tensors: [Safetensors.Entry]

  private static let format = "lepton model 1"

  /// The file of a model.
  static func bytes(of object: ModelObject) throws -> [UInt8] {
    let model = object.model
    var metadata = [
      "format": ModelFile.format, "model": object.source,
      "example_shape": model.exampleShape.map(String.init).joined(separator: " "),
    ]
    if let preparation = object.preparation {
      guard let text = preparation.text else {
        throw LanguageError(
          "model/file",
          "the model prepares its inputs by a function of the program, which no file holds",
          help: ["apply the function to the table before dataset(…), and save the rest"])
      }
      metadata["preparation"] = text
    }
    metadata["inputs"] = model.layer.inputParts?.text
    metadata["outputs"] = model.layer.outputParts?.text
    metadata["classes"] = model.classes?.joined(separator: "\n")
    return try Safetensors(
      model.tensors.map { .init($0.path, $0.tensor) }, metadata: metadata
    ).bytes()
  }

  /// Reads a model, or the model of a checkpoint.
  ///
  /// - Throws: `FileError` with code `file/damaged`, `LanguageError` with code `model/file` if it does not
  ///   say what model it holds.
  init(reading bytes: [UInt8], name: String) throws {
    let file = try Safetensors(reading: bytes, name: name)
    let isCheckpoint = file.metadata["format"] == Checkpoint.format
    let prefix = isCheckpoint ? CheckpointFile.factPrefix : ""
    let description = file.metadata[prefix + "model"]
    guard let description, let shape = file.metadata[prefix + "example_shape"],
      isCheckpoint || file.metadata["format"] == ModelFile.format
    else { throw LayerReader.refusal(name, "it does not say what model it holds") }
    self.name = name
    self.description = description
    exampleShape = try shape.split(separator: " ").map { size in
      guard let size = Int(size) else {
        throw LayerReader.refusal(name, "the shape of its examples is no list of numbers")
      }
      return size
    }
    classes = file.metadata[prefix + "classes"]?
      .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    inputs = try file.metadata[prefix + "inputs"].map {
      guard let packing = try Packing(text: $0) else {
        throw LayerReader.refusal(name, "its list of inputs is damaged")
      }
      return packing
    }
    preparation = file.metadata[prefix + "preparation"]
    givesSeveral = file.metadata[prefix + "outputs"] != nil
    tensors = isCheckpoint ? CheckpointFile.tensors(in: file) : file.tensors
  }

  /// The model with a layer, which must ask for all the parameters and states of the file and no others.
  ///
  /// - Throws: `LanguageError` with code `model/parameter` if it does not.
  func model(of layer: any Layer) throws -> Model {
    if let inputs { layer.first?.inputs = inputs }
    layer.last?.givesSeveral = givesSeveral
    let declaration = try Declaration(
      layer, exampleShape: exampleShape, probe: Declaration.zeros(exampleShape))
    let specs = declaration.parameters + declaration.states
    if let other = tensors.first(where: { entry in !specs.contains { $0.path == entry.name } }) {
      throw LanguageError(
        "model/parameter", "\(name) holds a parameter \(other.name) that the model has not")
    }
    return Model(
      layer: layer, parameters: try found(declaration.parameters),
      states: try found(declaration.states), exampleShape: exampleShape, classes: classes)
  }

  private func found(_ specs: [ParameterSpec]) throws -> ParameterTree {
    let known = Dictionary(tensors.map { ($0.name, $0.tensor) }) { first, _ in first }
    var tree = ParameterTree()
    for spec in specs {
      guard let tensor = known[spec.path] else {
        throw LanguageError(
          "model/parameter", "\(name) lacks the \(spec.kind) \(spec.path) of shape \(spec.shape)")
      }
      guard tensor.shape.sizes == spec.shape else {
        throw LanguageError(
          "model/parameter",
          "the \(spec.kind) \(spec.path) has shape \(tensor.shape) in \(name) and \(spec.shape) in the model",
          help: ["load it into the model that was saved"])
      }
      tree[spec.path] = try tensor.cast(to: .float32)
    }
    return tree
  }
}

extension Packing {
  /// The layout in a line for each tensor: type, sizes, name.
  var text: String {
    parts.map { part in
      ([part.type.rawValue, part.shape.map(String.init).joined(separator: "x")] + [part.name])
        .joined(separator: " ")
    }.joined(separator: "\n")
  }

  /// The layout that a text describes; nothing if it describes none.
  init?(text: String) throws {
    var tensors: [(name: String, shape: [Int], type: ElementType)] = []
    for line in text.split(separator: "\n") {
      let words = line.split(separator: " ", maxSplits: 2, omittingEmptySubsequences: false)
      guard words.count == 3, let type = ElementType(rawValue: String(words[0])) else { return nil }
      let sizes = words[1].split(separator: "x").map { Int($0) }
      guard sizes.allSatisfy({ $0.map { $0 >= 0 } ?? false }) else { return nil }
      tensors.append((String(words[2]), sizes.compactMap(\.self), type))
    }
    guard !tensors.isEmpty else { return nil }
    try self.init(tensors)
  }
}
