/// A trace made ready to be replayed: its steps in order, with a place in one arena for each result.
///
/// Making a plan removes what is not needed, computes what is constant, joins element-wise chains
/// into single loops and folds transpositions into matrix products. Replaying allocates only the
/// tensors that it returns. Results are the same bits for any number of threads.
public final class Plan {
  /// Makes a plan for given inputs and outputs of a trace.
  ///
  /// Throws `trace/foreign` if they are not of the trace, `trace/input` if an output needs an input
  /// that is not named.
  public init(_ trace: Trace, inputs: [Tensor], outputs: [Tensor]) throws {
    throw TensorError("plan/pending", "plans are not made yet")
  }

  /// The outputs for given inputs.
  ///
  /// Throws `plan/input` unless the inputs have the forms of those that were traced.
  public func replay(_ inputs: [Tensor]) throws -> [Tensor] {
    throw TensorError("plan/pending", "plans are not made yet")
  }

  /// The bytes of the arena: the most that results need at one time.
  public var peakBytes: Int { 0 }

  /// The steps as text, one a line.
  public var description: String { "" }
}
