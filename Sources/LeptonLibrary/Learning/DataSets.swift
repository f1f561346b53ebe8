import LeptonLearning
import LeptonData
import LeptonRuntime
import LeptonTensor

extension Library {
  /// Examples to learn from, one's own.
  static var dataSets: Family {
    Family("Data sets", [dataset, holdout.rehearsed(rehearseHoldout)])
  }

  private static var dataset: Builtin {
    Builtin(
      "dataset(inputs, targets, classes = nothing, name = \"data\", weights = nothing)",
      "Examples to learn from: rows of inputs and of targets.",
      details: """
        The first axis of both counts the examples. Whole-number targets are classes, counted from 0; \
        `classes` names them. Targets that are texts are classes too, in the order of their names unless \
        `classes` gives another. Targets with fractions are numbers to predict. Inputs may be a table of \
        numbers. `weights` say how much each example counts in training. Inputs, and targets, may be a record of several tensors: the \
        model then begins with a function of a record of inputs, and ends with one that gives a record of outputs.
        """,
      examples: [
        "len(dataset([[0.0], [1.0]], [0, 1]))": "2",
        "dataset(table({size: [1.5, 0.5]}), [\"cat\", \"ant\"]).classes": "[\"ant\", \"cat\"]",
      ]
    ) {
      (inputs: Value, targets: Targets, classes: [String]?, name: String, weights: Tensor?) in
      let features = (inputs.object as? TableObject)?.data.names
      let classes = classes ?? targets.names
      let (given, inputParts) = try several(inputs)
      return try Dataset(
        name: name, source: "dataset(…)", inputs: given.cast(to: given.elementType.asInput),
        targets: targets.tensor(of: classes), classes: classes, features: features,
        weights: weights, inputParts: inputParts, targetParts: targets.parts)
    }
  }

  /// The inputs as one tensor, with what stands in its rows where a record of tensors is given.
  private static func several(_ inputs: Value) throws -> (Tensor, Packing?) {
    guard case .record(let record) = inputs else { return (try Tensor.bridging(inputs), nil) }
    let packing = try Packing(record)
    return (try packing.packed(record), packing)
  }

  private static var holdout: Builtin {
    Builtin(
      "holdout(data, fraction = 0.1, seed = 0)",
      "Draws a part for validation: a data set in two parts, train and validation.",
      details: """
        Where targets are classes, each class gives its share (stratified). The same seed draws the \
        same part.
        """,
      examples: [
        "len(holdout(dataset([[0.0], [1.0], [2.0], [3.0]], [0, 1, 0, 1]), 0.5).validation)": "2"
      ]
    ) { (data: Dataset, fraction: Double, seed: Int) in
      let drawn = try data.split(fraction, key: RandomKey(seed: UInt64(bitPattern: Int64(seed))))
      let source = "holdout(\(data.source), \(fraction)\(seed == 0 ? "" : ", seed=\(seed)"))"
      return DatasetParts(
        [
          ("train", { try data.subset(drawn.rest, source: source + ".train") }),
          ("validation", { try data.subset(drawn.part, source: source + ".validation") }),
        ], source: source)
    }
  }
}

/// What is to be learned: numbers, or the names of classes.
private enum Targets: Bridged {
  case numbers(Tensor)
  case classes([String])
  case several(Record, Packing)

  static var typeDescription: String { "a tensor, a list of names, or a record of tensors" }

  static func bridging(_ value: Value) throws -> Targets {
    if case .record(let record) = value { return .several(record, try Packing(record)) }
    if let names = try? [String].bridging(value), !names.isEmpty { return .classes(names) }
    guard let tensor = try value.asTensor() else { throw mismatch(value) }
    return .numbers(tensor)
  }

  var value: Value {
    switch self {
    case .numbers(let tensor): .tensor(tensor)
    case .classes(let names): names.value
    case .several(let record, _): .record(record)
    }
  }

  /// What stands in a row, where that is several tensors.
  var parts: Packing? { if case .several(_, let packing) = self { packing } else { nil } }

  /// The different names in order.
  var names: [String]? {
    guard case .classes(let names) = self else { return nil }
    return Set(names).sorted { $0.precedes($1) }
  }

  /// The numbers of the classes, or the numbers.
  func tensor(of classes: [String]?) throws -> Tensor {
    switch self {
    case .numbers(let tensor): return tensor
    case .several(let record, let packing): return try packing.packed(record)
    case .classes(let names):
      let numbers = Dictionary(zip(classes ?? [], 0...)) { first, _ in first }
      let indices = try names.map { name in
        guard let number = numbers[name] else {
          throw LanguageError(
            "value/class", "\(name.quoted) is none of the classes",
            help: ["`classes` lists all of them"])
        }
        return number
      }
      return try Tensor(indices, shape: [indices.count])
    }
  }
}

extension ElementType {
  /// The type in which inputs of this type are kept: fractions and bytes as they are, else float32.
  fileprivate var asInput: ElementType { self == .uint8 ? self : asFloat }
}
