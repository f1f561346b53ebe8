import LeptonTensor

/// Numbers brought to mean 0 and variance 1 in each channel, then scaled and shifted by what is learned
/// (Ioffe and Szegedy 2015).
///
/// The last axis counts the channels. While training, means and variances are those of the batch, over all
/// axes but the last; the states `mean` and `variance` follow them (the variance with n − 1, as in PyTorch)
/// and take their place outside training.
public final class BatchNorm: Layer {
  private let momentum: Double
  private let epsilon: Double
  private let learned: ScaleAndShift

  /// Makes the layer; `momentum` is the share of a state that a step keeps.
  ///
  /// - Throws: `TensorError` if the momentum is not in [0, 1] or epsilon not above 0.
  public init(
    momentum: Double = 0.9, epsilon: Double = 1e-5, scale: Initializer? = .ones,
    shift: Initializer? = .zeros
  ) throws {
    guard (0...1).contains(momentum) else {
      throw TensorError(
        "value/range", "a momentum must be in [0, 1], not \(shortest(momentum))")
    }
    self.momentum = momentum
    self.epsilon = try checked(epsilon: epsilon)
    learned = ScaleAndShift(scale: scale, shift: shift)
  }

  /// What its place in a path is called.
  public var name: String { "batch_norm" }

  /// The Lepton that makes it.
  public var source: String {
    let numbers =
      (momentum == 0.9 ? [] : ["momentum=\(shortest(momentum))"])
      + (epsilon == 1e-5 ? [] : ["epsilon=\(shortest(epsilon))"])
    return
      "batch_norm(\((numbers + learned.arguments(besides: .standard)).joined(separator: ", ")))"
  }

  /// It follows what it is given, so that it is something else where it stands twice.
  public var holdsParameters: Bool { true }

  /// Computes the output for a batch.
  public func apply(_ x: Tensor, in scope: ParameterScope) throws -> Tensor {
    let channels = try x.channels
    let (mean, variance) = try moments(of: x, channels, in: scope)
    let factor = try Tensor.quotient(1.0, variance.adding(epsilon).squareRoot())
    return try learned.apply(to: x, centre: mean, factor: factor, [channels], in: scope)
  }

  /// The mean and the variance of each channel: those of the batch while training, else the states.
  private func moments(
    of x: Tensor, _ channels: Int, in scope: ParameterScope
  ) throws -> (mean: Tensor, variance: Tensor) {
    guard scope.isTraining else {
      return (
        try scope.state("mean", [channels], .zeros), try scope.state("variance", [channels], .ones)
      )
    }
    let (mean, variance) = try x.moments(axes: Array(0..<x.shape.rank - 1))
    let batch = (try mean.reshaped(to: [channels]), try variance.reshaped(to: [channels]))
    _ = try scope.state("mean", [channels], .zeros) { try self.following($0, batch.0) }
    let count = Double(x.shape.count / max(channels, 1))
    _ = try scope.state("variance", [channels], .ones) {
      count > 1 ? try self.following($0, batch.1.multiplying(count / (count - 1))) : $0
    }
    return batch
  }

  private func following(_ state: Tensor, _ value: Tensor) throws -> Tensor {
    try state.multiplying(momentum).adding(value.multiplying(1 - momentum))
  }
}

/// The number that is added to variances.
///
/// Throws `value/range` unless it is above 0.
func checked(epsilon: Double) throws -> Double {
  guard epsilon > 0, epsilon.isFinite else {
    throw TensorError("value/range", "epsilon must be above 0, not \(shortest(epsilon))")
  }
  return epsilon
}

extension Tensor {
  /// The size of the last axis of a batch.
  ///
  /// Throws `shape/rank` unless there is one behind the batch.
  var channels: Int {
    get throws {
      guard shape.rank >= 2, let channels = shape.sizes.last else {
        throw TensorError(
          "shape/rank",
          "its input has shape \(shape.perExample), but it needs a last axis to act on")
      }
      return channels
    }
  }
}
