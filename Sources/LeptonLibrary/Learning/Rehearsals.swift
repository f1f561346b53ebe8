import LeptonLearning
import LeptonRuntime
import LeptonTensor

// What a check does instead of reading data and training: data sets of a few zeros stand for those that
// come along, and a model is tried on their shapes.

extension Library {
  /// The shape of an example and the number of classes of a data set that comes along.
  struct StandIn {
    let shape: [Int]
    let classes: Int
  }

  /// The same for tests, which hold it against the data.
  package static var standInShapes: [(name: String, shape: [Int], classes: Int)] {
    standIns.sorted { $0.key < $1.key }.map { ($0.key, $0.value.shape, $0.value.classes) }
  }

  /// What stands for the data sets that come along while shapes are checked.
  static let standIns: [String: StandIn] = [
    "mnist": StandIn(shape: [28, 28], classes: 10), "digits": StandIn(shape: [8, 8], classes: 10),
    "iris": StandIn(shape: [4], classes: 3), "wine": StandIn(shape: [13], classes: 3),
    "breast_cancer": StandIn(shape: [30], classes: 2),
  ]

  /// Words that give data sets, with what stands for those in a check.
  static func standingIn(_ words: [Builtin]) -> [Builtin] {
    words.map { word in
      guard let standIn = standIns[word.name] else { return word }
      return word.rehearsed { _, _ in
        let name = word.name
        guard name == "mnist" else { return try standIn.dataset(name).value }
        return DatasetParts(
          [("train", { try standIn.dataset(name) }), ("test", { try standIn.dataset(name) })],
          source: name
        ).value
      }
    }
  }

  /// Parts of a data set have its shapes.
  static func rehearseHoldout(_ arguments: KnownArguments, _ context: Context) throws -> Value? {
    guard case .object(let object as DatasetObject)? = arguments["data"] else { return nil }
    let data = object.dataset
    return DatasetParts([("train", { data }), ("validation", { data })], source: data.source).value
  }

  /// A parameter of a layer has its shape, whatever it begins with.
  static func rehearseParameter(_ arguments: KnownArguments, _ context: Context) throws -> Value? {
    guard let scope = LayerScope.current(in: context), let given = arguments["shape"],
      let shape = try? [Int].bridging(given)
    else { return nil }
    let name = arguments["name"].flatMap { try? String.bridging($0) }
    if name == nil && arguments.isGiven("name") { return nil }
    return try scope.parameter(name ?? scope.nextName("parameter"), shape, .zeros).value
  }

  /// Tries a model on the shapes of the data, and on the loss if that is the one which the data ask for.
  static func rehearseTraining(_ arguments: KnownArguments, _ context: Context) throws -> Value? {
    guard let model = arguments["model"],
      case .object(let object as DatasetObject)? = arguments["data"]
    else { return nil }
    // Steps that prepare data may change their shape.
    guard PreparedModel(model).preparation == nil else { return nil }
    let layer = try LayerMaker(context).layer(model, for: object.dataset)
    if arguments.isGiven("loss") || object.dataset.targetParts != nil {
      _ = try Declaration(layer, exampleShape: object.dataset.exampleShape)
    } else {
      try ShapeCheck.run(layer, on: object.dataset)
    }
    return nil
  }
}

extension Library.StandIn {
  /// A data set with one example of each class.
  fileprivate func dataset(_ name: String) throws -> Dataset {
    try Dataset(
      name: name, source: name,
      inputs: Tensor(repeating: 0, shape: [classes] + shape, type: .float32),
      targets: Tensor(Array(0..<classes), shape: [classes]))
  }
}
