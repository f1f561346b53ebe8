import LeptonLearning
import LeptonRuntime
import LeptonSession
import LeptonTensor

extension Library {
  /// Measured numbers with their intervals.
  static var estimates: Family { Family("Estimates", [estimate, wilson, seeded]) }

  private static var estimate: Builtin {
    Builtin(
      "estimate(value, low, high, count, confidence = 0.95)",
      "A number that was measured on so many examples, with the interval in which the true one lies.",
      details: """
        It shows as `0.974 ± 0.003, n = 10000` and counts as its value in arithmetic and comparisons. The scores give one \
        with `interval=0.95`. Its fields are `value`, `low`, `high`, `count` and `confidence`.
        """,
      examples: [
        "estimate(0.974, low=0.971, high=0.977, count=10000)": "0.974 ± 0.003, n = 10000",
        "estimate(0.5, low=0.25, high=0.75, count=8).high": "0.75",
        "estimate(0.974, low=0.971, high=0.977, count=10000) > 0.97": "true",
      ]
    ) { (value: Double, low: Double, high: Double, count: Int, confidence: Double) in
      try Estimate(value, low: low, high: high, count: count, confidence: confidence)
    }
  }

  private static var wilson: Builtin {
    Builtin(
      "wilson(hits, count, confidence = 0.95)",
      "The share of hits among so many trials, with Wilson's interval.",
      details:
        "E. B. Wilson 1927. Unlike the usual one it stays between 0 and 1, also near the ends.",
      examples: ["wilson(974, 1000)": "0.974 +0.008 −0.012, n = 1000"]
    ) { (hits: Int, count: Int, confidence: Double) in
      try Estimate(hits: hits, of: count, confidence: confidence)
    }
  }

  private static var seeded: Builtin {
    Builtin(
      "seeded(seed, body)",
      "What a function without arguments gives when its chance depends on a seed alone.",
      details:
        "Neither the seed of the run nor the place of the call matter to it, nor does it change what is drawn after.",
      examples: ["same(seeded(7, () -> normal(3)), seeded(7, () -> normal(3)))": "true"]
    ) { (context: Context, seed: Int, body: Callee) -> Value in
      try context.withChance(RandomKey(seed: UInt64(bitPattern: Int64(seed)))) {
        try body(in: context)
      }
    }
  }
}

/// An estimate as a value of the language.
final class EstimateObject: Object {
  let estimate: Estimate

  init(_ estimate: Estimate) { self.estimate = estimate }

  static var typeName: String { "estimate" }
  var source: String { estimate.source }
  var fieldNames: [String] { ["value", "low", "high", "count", "confidence"] }

  func field(_ name: String) throws -> Value? {
    switch name {
    case "value": .float(estimate.number)
    case "low": .float(estimate.low)
    case "high": .float(estimate.high)
    case "count": .int(estimate.count)
    case "confidence": .float(estimate.confidence)
    default: nil
    }
  }

  func outputs(in context: Context) throws -> [Output]? {
    [.value(ValueText(estimate.text, type: EstimateObject.typeName))]
  }

  /// Compared with a number the estimate is its value, and so it is where two are ordered.
  func compared(_ relation: Relation, with other: Value) throws -> Value? {
    let own = estimate.number
    switch (other, relation) {
    case (.int(let int), _): return .bool(relation.holds(own, Double(int)))
    case (.float(let float), _): return .bool(relation.holds(own, float))
    case (.object(_ as EstimateObject), .equal), (.object(_ as EstimateObject), .notEqual):
      return nil
    case (.object(let object as EstimateObject), _):
      return .bool(relation.holds(own, object.estimate.number))
    default: return nil
    }
  }

  func asTensor() throws -> Tensor? { try Tensor(scalar: estimate.number, .float64) }
}

extension Relation {
  /// Whether two numbers stand in the relation.
  fileprivate func holds(_ a: Double, _ b: Double) -> Bool {
    switch self {
    case .equal: a == b
    case .notEqual: a != b
    case .less: a < b
    case .lessOrEqual: a <= b
    case .greater: a > b
    case .greaterOrEqual: a >= b
    }
  }
}

extension Estimate: Bridged {
  /// An estimate.
  public static var typeDescription: String { "an estimate" }

  /// Takes an estimate.
  public static func bridging(_ value: Value) throws -> Estimate {
    guard case .object(let object as EstimateObject) = value else { throw mismatch(value) }
    return object.estimate
  }

  /// The estimate as an object.
  public var value: Value { .object(EstimateObject(self)) }
}
