import LeptonTensor

/// Numbers of each example brought to mean 0 and variance 1 along the last axes, then scaled and shifted by
/// what is learned (Ba and others 2016).
public final class LayerNorm: Layer {
  private let axis: Int
  private let epsilon: Double
  private let learned: ScaleAndShift

  /// Makes the layer; `axis` is the first of the axes, which go on to the last.
  ///
  /// - Throws: `TensorError` if epsilon is not above 0.
  public init(
    axis: Int = -1, epsilon: Double = 1e-5, scale: Initializer? = .ones,
    shift: Initializer? = .zeros
  ) throws {
    self.axis = axis
    self.epsilon = try checked(epsilon: epsilon)
    learned = ScaleAndShift(scale: scale, shift: shift)
  }

  /// What its place in a path is called.
  public var name: String { "layer_norm" }

  /// The Lepton that makes it.
  public var source: String {
    let numbers =
      (axis == -1 ? [] : ["axis=\(axis)"])
      + (epsilon == 1e-5 ? [] : ["epsilon=\(shortest(epsilon))"])
    return
      "layer_norm(\((numbers + learned.arguments(besides: .standard)).joined(separator: ", ")))"
  }

  /// Whether it learns a scale or a shift, so that it is something else where it stands twice.
  public var holdsParameters: Bool { learned.isThere }

  /// Computes the output for a batch.
  public func apply(_ x: Tensor, in scope: ParameterScope) throws -> Tensor {
    _ = try x.channels
    let first = try x.shape.axis(axis)
    guard first > 0 else {
      throw TensorError(
        "shape/axis", "axis \(axis) counts the examples, which are normalised each by itself",
        help: ["axis=1 takes all numbers of an example together"])
    }
    let (outer, inner) = (x.shape.sizes[..<first], Array(x.shape.sizes[first...]))
    let rows = try x.reshaped(to: outer + [inner.reduce(1, *)]).normalized(epsilon: epsilon)
    return try learned.apply(to: rows.reshaped(to: x.shape.sizes), inner, in: scope)
  }
}

/// Numbers scaled to a mean square of 1 along the last axis, then by what is learned (Zhang and Sennrich
/// 2019).
public final class RMSNorm: Layer {
  private let epsilon: Double
  private let learned: ScaleAndShift

  /// Makes the layer.
  ///
  /// - Throws: `TensorError` if epsilon is not above 0.
  public init(epsilon: Double = 1e-5, scale: Initializer? = .ones) throws {
    self.epsilon = try checked(epsilon: epsilon)
    learned = ScaleAndShift(scale: scale, shift: nil)
  }

  /// What its place in a path is called.
  public var name: String { "rms_norm" }

  /// The Lepton that makes it.
  public var source: String {
    let parts =
      (epsilon == 1e-5 ? [] : ["epsilon=\(shortest(epsilon))"])
      + learned.arguments(besides: ScaleAndShift(scale: .ones, shift: nil))
    return "rms_norm(\(parts.joined(separator: ", ")))"
  }

  /// Whether it learns a scale or a shift, so that it is something else where it stands twice.
  public var holdsParameters: Bool { learned.isThere }

  /// Computes the output for a batch.
  public func apply(_ x: Tensor, in scope: ParameterScope) throws -> Tensor {
    let channels = try x.channels
    return try learned.apply(
      to: x.normalized(epsilon: epsilon, centred: false), [channels], in: scope)
  }
}
