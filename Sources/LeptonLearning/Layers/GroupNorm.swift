import LeptonTensor

/// Numbers of each example brought to mean 0 and variance 1 in each group of channels, then scaled and
/// shifted by what is learned (Wu and He 2018); with a group for each channel it is instance
/// normalisation (Ulyanov and others 2016).
///
/// The last axis counts the channels; a group is a run of neighbouring ones.
public final class GroupNorm: Layer {
  /// How many groups there are.
  public enum Groups: Sendable, Hashable {
    /// So many.
    case count(Int)
    /// One for each channel.
    case each
  }

  private let groups: Groups
  private let epsilon: Double
  private let learned: ScaleAndShift

  /// Makes the layer.
  ///
  /// - Throws: `TensorError` if there are no groups or epsilon is not above 0.
  public init(
    _ groups: Groups, epsilon: Double = 1e-5, scale: Initializer? = .ones,
    shift: Initializer? = .zeros
  ) throws {
    if case .count(let count) = groups, count < 1 {
      throw TensorError("value/range", "there must be at least 1 group, not \(count)")
    }
    self.groups = groups
    self.epsilon = try checked(epsilon: epsilon)
    learned = ScaleAndShift(scale: scale, shift: shift)
  }

  /// What its place in a path is called.
  public var name: String { groups == .each ? "instance_norm" : "group_norm" }

  /// The Lepton that makes it.
  public var source: String {
    var parts: [String] = []
    var defaults = ScaleAndShift(scale: nil, shift: nil)
    if case .count(let count) = groups { (parts, defaults) = (["\(count)"], .standard) }
    if epsilon != 1e-5 { parts.append("epsilon=\(shortest(epsilon))") }
    parts += learned.arguments(besides: defaults)
    return "\(name)(\(parts.joined(separator: ", ")))"
  }

  /// Whether it learns a scale or a shift, so that it is something else where it stands twice.
  public var holdsParameters: Bool { learned.isThere }

  /// Computes the output for a batch.
  public func apply(_ x: Tensor, in scope: ParameterScope) throws -> Tensor {
    let channels = try x.channels
    let places = x.shape.sizes.dropFirst().dropLast().reduce(1, *)
    let rows = try x.reshaped(to: [x.shape[0], places, channels])
    let (mean, variance) = try grouped(rows.moments(axes: [1]), channels)
    let factor = try Tensor.quotient(1.0, variance.adding(epsilon).squareRoot())
    return try learned.apply(to: rows, centre: mean, factor: factor, [channels], in: scope)
      .reshaped(to: x.shape.sizes)
  }

  /// The moments of the group of each channel, of those of the channels: all channels of a group have as many
  /// numbers, so the variance is the mean of theirs and the variance of their means.
  private func grouped(
    _ each: (mean: Tensor, variance: Tensor), _ channels: Int
  ) throws -> (mean: Tensor, variance: Tensor) {
    guard case .count(let count) = groups, count != channels else { return each }
    guard channels % count == 0 else {
      throw TensorError(
        "shape/channels", "\(channels) channels cannot be parted into \(count) groups of one size",
        help: ["the number of groups must divide the number of channels"])
    }
    let shape = each.mean.shape.sizes
    let parted = [shape[0], count, channels / count]
    let (mean, spread) = try each.mean.reshaped(to: parted).moments(axes: [2])
    let variance = try each.variance.reshaped(to: parted).mean(axes: [2], keepingDimensions: true)
      .adding(spread)
    return (
      try mean.broadcast(to: parted).reshaped(to: shape),
      try variance.broadcast(to: parted).reshaped(to: shape)
    )
  }
}
