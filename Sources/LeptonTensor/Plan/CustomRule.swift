/// A rule of one's own by which parameters change: a function that is traced as a part of the step.
///
/// Two are the same if they print the same. The function is called only by the thread that makes a plan.
public struct CustomRule: @unchecked Sendable, Hashable {
  /// What a rule is given, all of it traced.
  public struct Inputs {
    /// The parameter.
    public let parameter: Tensor
    /// The gradient of the loss with respect to it.
    public let gradient: Tensor
    /// What the rule remembers of the parameter, each of its form and 0 at first.
    public let memory: [Tensor]
    /// The learning rate of the step, without axes.
    public let rate: Tensor
    /// The number of the step, from 1, without axes.
    public let step: Tensor
  }

  /// The text that makes it.
  public let source: String
  /// How many tensors the rule remembers for each parameter.
  public let memoryCount: Int
  private let body: (Inputs) throws -> [Tensor]

  /// Makes a rule of a function that gives the new parameter, then what is remembered.
  public init(
    source: String, memoryCount: Int, _ body: @escaping (Inputs) throws -> [Tensor]
  ) {
    self.source = source
    self.memoryCount = memoryCount
    self.body = body
  }

  /// Two rules are the same if they print the same.
  public static func == (a: CustomRule, b: CustomRule) -> Bool {
    a.source == b.source && a.memoryCount == b.memoryCount
  }

  /// Hashes what the rule prints.
  public func hash(into hasher: inout Hasher) { hasher.combine(source) }

  /// The new parameter and what is remembered of it.
  ///
  /// Throws `shape/update` unless each has the parameter's shape.
  func apply(_ inputs: Inputs) throws -> [Tensor] {
    let results = try body(inputs)
    guard results.count == 1 + memoryCount else {
      throw TensorError(
        "value/count",
        "the rule of the optimizer gives \(results.count) tensors instead of \(1 + memoryCount)",
        help: ["it gives the new parameter, then what it remembers"])
    }
    return try results.map { result in
      guard result.shape == inputs.parameter.shape else {
        throw TensorError(
          "shape/update",
          "the rule of the optimizer gives shape \(result.shape) for a parameter of shape "
            + "\(inputs.parameter.shape)")
      }
      return try result.cast(to: inputs.parameter.elementType)
    }
  }
}
