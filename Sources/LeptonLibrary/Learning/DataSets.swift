import LeptonLearning
import LeptonData
import LeptonRuntime
import LeptonTensor

extension Library {
  /// Examples to learn from, one's own.
  static var dataSets: Family {
    Family("Data sets", [dataset, stream, cache, holdout.rehearsed(rehearseHoldout)])
  }

  private static var dataset: Builtin {
    Builtin(
      "dataset(inputs, targets, classes = nothing, name = \"data\", weights = nothing)",
      "Examples to learn from: rows of inputs and of targets.",
      details: """
        The first axis of both counts the examples. Whole-number targets are classes, counted from 0; \
        `classes` names them. Targets that are texts are classes too, in the order of their names unless \
        `classes` gives another. Targets with fractions are numbers to predict. Inputs may be a table; the targets \
        then may be one of its columns, by its name. A model for a table with texts or gaps begins with steps that \
        prepare it: `prepare() >> dense(2)`. `weights` say how much each example counts in training. Inputs, and targets, may be a record of several tensors: the \
        model then begins with a function of a record of inputs, and ends with one that gives a record of outputs. Among several inputs may be tables and texts, \
        which `prepare_each` prepares. An `array_file` gives its examples in parts, as a `stream` does.
        """,
      examples: [
        "len(dataset([[0.0], [1.0]], [0, 1]))": "2",
        "dataset(table({size: [1.5, 0.5]}), [\"cat\", \"ant\"]).classes": "[\"ant\", \"cat\"]",
        "dataset(table({size: [1.5, nothing], kind: [\"cat\", \"ant\"]}), \"kind\").features":
          "[\"size\"]",
      ]
    ) {
      (inputs: Value, targets: TargetsArgument, classes: [String]?, name: String, weights: Tensor?)
      in
      if let table = inputs.object as? TableObject {
        return try TableExamples(table.data, targets).dataset(classes, name: name, weights)
      }
      if let file = inputs.object as? ArrayFileObject {
        return try ArrayExamples(inputs: file, targets: targets).dataset(
          classes, name: name, weights)
      }
      let truth = try targets.values()
      let classes = classes ?? truth.names
      if case .record(let record) = inputs {
        return try several(RawInputs(record), truth, classes, name: name, weights)
      }
      let given = try Tensor.bridging(inputs)
      return try Dataset(
        name: name, source: "dataset(…)", inputs: given.cast(to: given.elementType.asInput),
        targets: truth.tensor(of: classes), classes: classes, weights: weights,
        targetParts: truth.parts)
    }
  }

  /// Examples with several inputs, which stand behind one another in a row unless they have yet to be prepared.
  private static func several(
    _ inputs: RawInputs, _ targets: Targets, _ classes: [String]?, name: String, _ weights: Tensor?
  ) throws -> Dataset {
    let numbers = try targets.tensor(of: classes)
    guard let tensors = try inputs.tensors else {
      return try Dataset(
        name: name, source: "dataset(…)", raw: inputs, count: inputs.count, targets: numbers,
        classes: classes, weights: weights, targetParts: targets.parts)
    }
    let packing = try Packing(tensors)
    return try Dataset(
      name: name, source: "dataset(…)", inputs: packing.packed(tensors), targets: numbers,
      classes: classes, weights: weights, inputParts: packing, targetParts: targets.parts
    ).with(raw: inputs)
  }

  private static var stream: Builtin {
    Builtin(
      "stream(parts, part, classes = nothing, name = \"stream\")",
      "Examples that come in parts, of which one at a time is in memory: data larger than memory.",
      details: """
        `part` is a function from the number of a part, counted from 0, to a data set; `parts` says how many there \
        are. Or `parts` is a list, of names of files for example, and `part` is given its elements. It must give \
        the same part each time, so chance in it needs a seed. When the stream is made, all parts are gone through once: \
        they must go together. \
        `train` draws the order of the parts, and that within a part; batches go on from part to part. `evaluate`, `predict`, \
        checkpoints, class weights, `augment` and `holdout` take streams as they take data sets; what needs all examples at once, \
        such as `cross_validate`, does not.
        """,
      examples: [
        """
        points = stream(3, k -> dataset([[1.0 * k], [2.0 * k]], [3.0 * k, 6.0 * k]))
        [len(points), points[3].target]
        """: "[6, tensor(6.0)]"
      ]
    ) {
      (context: Context, parts: StreamParts, part: Callee, classes: [String]?, name: String) in
      try Dataset(
        name: name, source: "stream(…)", parts: parts.keys.count, classes: classes
      ) { number in try Dataset.bridging(part(parts.keys[number], in: context)) }
    }
  }

  private static var cache: Builtin {
    Builtin(
      "cache(data)", "A stream whose parts are made once and then stay in memory.",
      details: """
        For parts that take long to make, since they are read, decoded or computed, and fit into memory together: later epochs are given \
        them as they were, and the results are the same. Other data sets are in memory already and stay as they are.
        """,
      examples: [
        """
        slow = stream(3, k -> dataset([[1.0 * k]], [2.0 * k]))
        same(cache(slow)[2].target, slow[2].target)
        """: "true"
      ]
    ) { (data: Dataset) in data.kept }
  }

  private static var holdout: Builtin {
    Builtin(
      "holdout(data, fraction = 0.1, seed = 0)",
      "Draws a part for validation: a data set in two parts, train and validation.",
      details: """
        Where targets are classes, each class gives its share (stratified). The same seed draws the \
        same part. Of a `stream` or an `array_file` each part gives its share, whatever the classes, and both results are \
        streams: each epoch goes through the parts once for either.
        """,
      examples: [
        "len(holdout(dataset([[0.0], [1.0], [2.0], [3.0]], [0, 1, 0, 1]), 0.5).validation)": "2"
      ]
    ) { (data: Dataset, fraction: Double, seed: Int) in
      let source = "holdout(\(data.source), \(fraction)\(seed == 0 ? "" : ", seed=\(seed)"))"
      let (rest, part) = try data.parted(
        fraction, key: RandomKey(seed: UInt64(bitPattern: Int64(seed))),
        sources: (source + ".train", source + ".validation"))
      return DatasetParts([("train", { rest }), ("validation", { part })], source: source)
    }
  }
}

/// The parts of a stream: how many there are, or what each is known by.
private struct StreamParts: Bridged {
  let keys: [Value]

  static var typeDescription: String { "a number of parts, or a list" }
  /// More are a mistake; each takes memory for what is known of it.
  private static let most = 10_000_000

  static func bridging(_ value: Value) throws -> StreamParts {
    if case .list(let elements) = value { return StreamParts(keys: elements) }
    let count = try Int.bridging(value)
    guard (1...most).contains(count) else {
      throw LanguageError("value/range", "a stream has from 1 to \(most) parts, not \(count)")
    }
    return StreamParts(keys: (0..<count).map { .int($0) })
  }

  var value: Value { .list(keys) }
}

extension ElementType {
  /// The type in which inputs of this type are kept: fractions and bytes as they are, else float32.
  var asInput: ElementType { self == .uint8 ? self : asFloat }
}
