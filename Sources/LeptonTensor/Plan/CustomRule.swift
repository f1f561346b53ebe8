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
    /// What the rule remembers of the parameter.
    public let memory: [Tensor]
    /// The learning rate of the step, without axes.
    public let rate: Tensor
    /// The number of the step, from 1, without axes.
    public let step: Tensor
    /// The weight decay λ.
    public let weightDecay: Double
  }

  /// The text that makes it.
  public let source: String
  /// What the rule remembers of each parameter.
  public let slots: [MemorySlot]
  /// Which of the slots holds what the trained model gets; nothing for the parameter itself.
  public let result: Int?
  /// Whether the rule takes care of weight decay itself; else w ← w − η λ w comes before it.
  public let decays: Bool
  private let body: (Inputs) throws -> [Tensor]

  /// Makes a rule of a function that gives the new parameter, then what is remembered.
  public init(
    source: String, slots: [MemorySlot], result: Int? = nil, decays: Bool = false,
    _ body: @escaping (Inputs) throws -> [Tensor]
  ) {
    self.source = source
    self.slots = slots
    self.result = result
    self.decays = decays
    self.body = body
  }

  /// Two rules are the same if they print the same.
  public static func == (a: CustomRule, b: CustomRule) -> Bool {
    a.source == b.source && a.slots == b.slots
  }

  /// Hashes what the rule prints.
  public func hash(into hasher: inout Hasher) { hasher.combine(source) }

  /// The new parameter and what is remembered of it.
  ///
  /// Throws `shape/update` unless each has the shape of what it replaces, `value/count` if there are
  /// more or fewer.
  func apply(_ inputs: Inputs) throws -> [Tensor] {
    let results = try body(inputs)
    guard results.count == 1 + slots.count else {
      throw TensorError(
        "value/count",
        "the rule of the optimizer gives \(results.count) tensors instead of \(1 + slots.count)",
        help: ["it gives the new parameter, then what it remembers"])
    }
    return try zip(results, [inputs.parameter] + inputs.memory).map { result, old in
      guard result.shape == old.shape else {
        throw TensorError(
          "shape/update",
          "the rule of the optimizer gives shape \(result.shape) for "
            + "\(old.shape == inputs.parameter.shape ? "a parameter" : "a number") of shape \(old.shape)",
          help: ["a sum or a mean in the rule loses axes; `keepdims=true` keeps them"])
      }
      return try result.cast(to: old.elementType)
    }
  }
}
