/// The rule by which a step of training changes parameters.
public struct Update: Sendable, Hashable {
  /// The family of the rule.
  public enum Rule: Sendable, Hashable {
    /// v ← μ v − η g; w ← w + v, or with Nesterov's variant w ← w + μ v − η g (Keras's form).
    case descent(momentum: Double, nesterov: Bool)
    /// Adam (Kingma & Ba 2015) as Keras has it:
    /// m ← β₁ m + (1−β₁) g; v ← β₂ v + (1−β₂) g²; w ← w − η √(1−β₂ᵗ)/(1−β₁ᵗ) · m / (√v + ε).
    case adam(beta1: Double, beta2: Double, epsilon: Double)
  }

  /// The rule.
  public var rule: Rule
  /// λ: with `decoupled` w ← w − η λ w before the rule (AdamW), else g ← g + λ w.
  public var weightDecay: Double
  /// Whether weight decay stands beside the gradient instead of in it.
  public var decoupled: Bool
  /// Gradients of all parameters together are scaled down to at most this Euclidean norm.
  public var clipNorm: Double?

  /// Makes an update rule.
  public init(
    _ rule: Rule, weightDecay: Double = 0, decoupled: Bool = false, clipNorm: Double? = nil
  ) {
    self.rule = rule
    self.weightDecay = weightDecay
    self.decoupled = decoupled
    self.clipNorm = clipNorm
  }
}

/// The parameters of a model in training and what the update rule remembers of each, in one arena.
///
/// Several plans (one for full batches, one for the last, short one) share a state.
public final class TrainingState {
  /// The rule that changes the parameters.
  public let update: Update

  /// Copies parameters into a new arena; what the rule remembers starts at 0.
  ///
  /// `decayed` says to which parameters weight decay applies (by default to all). Throws
  /// `training/type` unless the parameters are `float32`, `memory/limit` if there is no memory.
  public init(parameters: [Tensor], update: Update, decayed: [Bool]? = nil) throws {
    throw TensorError("plan/pending", "plans are not made yet")
  }

  /// Copies of the parameters as they are now, in the order given.
  public var parameters: [Tensor] {
    get throws { throw TensorError("plan/pending", "plans are not made yet") }
  }

  /// Copies of what the rule remembers: for each parameter as many tensors as the rule needs.
  public var memory: [[Tensor]] {
    get throws { throw TensorError("plan/pending", "plans are not made yet") }
  }

  /// Puts parameters and memory back, as a checkpoint has them.
  ///
  /// Throws `training/state` if forms or counts differ.
  public func restore(parameters: [Tensor], memory: [[Tensor]]) throws {
    throw TensorError("plan/pending", "plans are not made yet")
  }
}

/// One step of training, traced once and replayed for each batch.
///
/// A replay gathers a batch from resident examples by a list of places, computes loss, gradients
/// and update, and adds up sums; it allocates nothing.
///
/// ```swift
/// let state = try TrainingState(parameters: initial, update: Update(.adam(beta1: 0.9, beta2: 0.999, epsilon: 1e-7)))
/// let plan = try TrainingPlan(state: state, examples: [images, labels], batch: 32, key: key) { step in
///   let logits = try model(step.examples[0], step.parameters)          // traced
///   let losses = try logits.softmaxCrossEntropy(labels: step.examples[1])
///   let correct = try logits.argmax(axis: 1).equal(to: step.examples[1]).sum()
///   return .init(loss: try losses.mean(), sums: [try losses.sum(), correct])
/// }
/// try plan.replay(indices, learningRate: 1e-3, step: 1)                // once for each batch
/// let (loss, correct) = (plan.sums[0], plan.sums[1])
/// ```
public final class TrainingPlan {
  /// What a step of training is given, all of it traced.
  public struct Inputs {
    /// The parameters, in the order of the state.
    public let parameters: [Tensor]
    /// The batch: for each resident tensor the places drawn, `[batch, ...]`.
    public let examples: [Tensor]
    /// The key for chance within the step; its counter is the step's number.
    public let key: RandomKey
    /// The step's number as a traced `int64` without axes, from 1.
    public let step: Tensor
  }

  /// What a step of training computes.
  public struct Outputs {
    /// The fraction to make small.
    public var loss: Tensor
    /// Numbers to add up over replays, for example the batch's loss and its correct predictions.
    public var sums: [Tensor]

    /// Makes the outputs.
    public init(loss: Tensor, sums: [Tensor]) {
      self.loss = loss
      self.sums = sums
    }
  }

  /// The sums over all replays since ``resetSums()``, in the order of ``Outputs/sums``.
  public var sums: [Double] { [] }

  /// Traces a step and makes a plan of it.
  ///
  /// `examples` are resident tensors that have one example at each place of axis 0; they may be
  /// `uint8` (convert inside the step). Throws what `body` throws, and what ``Plan`` throws.
  public init(
    state: TrainingState, examples: [Tensor], batch: Int, key: RandomKey,
    _ body: (Inputs) throws -> Outputs
  ) throws {
    throw TensorError("plan/pending", "plans are not made yet")
  }

  /// Trains on the examples at given places, as many as the batch.
  ///
  /// `step` counts from 1 over the whole training (Adam's t). Throws `value/index` if a place does
  /// not exist, `plan/batch` if there are not as many places as the batch has.
  public func replay(_ indices: ArraySlice<Int>, learningRate: Double, step: Int) throws {
    throw TensorError("plan/pending", "plans are not made yet")
  }

  /// Starts the sums again at 0.
  public func resetSums() {}

  /// The bytes of the arena, without examples and state.
  public var peakBytes: Int { 0 }
}
