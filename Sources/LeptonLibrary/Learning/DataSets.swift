import LeptonLearning
import LeptonRuntime
import LeptonTensor

extension Library {
  /// Examples to learn from, one's own.
  static var dataSets: Family {
    Family("Data sets", [dataset, holdout.rehearsed(rehearseHoldout)])
  }

  private static var dataset: Builtin {
    Builtin(
      "dataset(inputs, targets, classes = nothing, name = \"data\")",
      "Examples to learn from: rows of inputs and of targets.",
      details: """
        The first axis of both counts the examples. Whole-number targets are classes, counted from 0; \
        `classes` names them. Targets with fractions are numbers to predict.
        """,
      examples: ["len(dataset([[0.0], [1.0]], [0, 1]))": "2"]
    ) { (inputs: Tensor, targets: Tensor, classes: [String]?, name: String) in
      try Dataset(
        name: name, source: "dataset(…)", inputs: inputs.cast(to: inputs.elementType.asInput),
        targets: targets, classes: classes)
    }
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

extension ElementType {
  /// The type in which inputs of this type are kept: fractions and bytes as they are, else float32.
  fileprivate var asInput: ElementType { self == .uint8 ? self : asFloat }
}
