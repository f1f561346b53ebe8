import LeptonTensor

/// A layer of filters that slide over pictures `[batch, height, width, channels]` or series
/// `[batch, length, channels]`: `activation(convolution(x, kernel) + bias)`.
///
/// `kernel` is `[height, width, channels / groups, filters]`, `bias` is `[filters]`. As in Keras the kernel
/// begins as Glorot uniform, the bias as zeros, and there is no padding.
public final class ConvolutionLayer: Layer {
  private let filters: Int
  private let sliding: Sliding
  private let groups: Int
  private let ending: LayerEnding

  /// Makes the layer.
  ///
  /// - Throws: `TensorError` if there are no filters or no groups.
  public init(_ filters: Int, _ sliding: Sliding, groups: Int = 1, ending: LayerEnding) throws {
    guard filters > 0 else {
      throw TensorError("value/range", "a convolution needs at least 1 filter, not \(filters)")
    }
    guard groups > 0, filters % groups == 0 else {
      throw TensorError(
        "value/range", "\(filters) filters cannot be taken in \(groups) groups",
        help: ["the number of groups must divide that of the filters and that of the channels"])
    }
    self.filters = filters
    self.sliding = sliding
    self.groups = groups
    self.ending = ending
  }

  /// What its place in a path is called.
  public var name: String { "conv\(sliding.rank)d" }
  /// It has a kernel.
  public var holdsParameters: Bool { true }
  /// As its activation is.
  public var isFixed: Bool { ending.activation.isFixed }

  /// The Lepton that makes it.
  public var source: String {
    let parts =
      ["\(filters)", Sliding.text(sliding.size)] + ending.activationArgument
      + sliding.arguments(stride: sliding.size.map { _ in 1 })
    let rest = (groups > 1 ? ["groups=\(groups)"] : []) + ending.arguments
    return "\(name)(\((parts + rest).joined(separator: ", ")))"
  }

  /// Computes the output for a batch.
  public func apply(_ x: Tensor, in scope: ParameterScope) throws -> Tensor {
    let x = try x.withChannels(sliding.rank)
    let channels = x.shape[sliding.rank + 1]
    guard channels > 0, channels % groups == 0 else {
      throw TensorError(
        "shape/channels",
        "its input of shape \(x.shape.perExample) has \(channels) channels, which \(groups) groups do not share",
        help: ["the number of groups must divide that of the channels"])
    }
    let kernel = try scope.parameter(
      "kernel", sliding.size + [channels / groups, filters], ending.kernel)
    let (input, windowing) = try sliding.laid(over: x, groups: groups)
    return try ending.apply(to: input.convolved(with: kernel, windowing), filters, in: scope)
  }
}

/// A layer of filters that each see one channel: `multiplier` filters for each.
///
/// `kernel` is `[height, width, channels, multiplier]`; the output has `channels · multiplier` channels, those of the
/// first channel first.
public final class DepthwiseLayer: Layer {
  private let sliding: Sliding
  private let multiplier: Int
  private let ending: LayerEnding

  /// Makes the layer.
  ///
  /// - Throws: `TensorError` if there are no filters.
  public init(_ sliding: Sliding, multiplier: Int = 1, ending: LayerEnding) throws {
    guard multiplier > 0, multiplier <= Windowing.limit else {
      throw TensorError(
        "value/range",
        "a depthwise convolution needs at least 1 filter for each channel, not \(multiplier)")
    }
    self.sliding = sliding
    self.multiplier = multiplier
    self.ending = ending
  }

  /// What its place in a path is called.
  public var name: String { "depthwise_conv\(sliding.rank)d" }
  /// It has a kernel.
  public var holdsParameters: Bool { true }
  /// As its activation is.
  public var isFixed: Bool { ending.activation.isFixed }

  /// The Lepton that makes it.
  public var source: String {
    let parts =
      [Sliding.text(sliding.size)] + ending.activationArgument
      + (multiplier > 1 ? ["multiplier=\(multiplier)"] : [])
      + sliding.arguments(stride: sliding.size.map { _ in 1 }) + ending.arguments
    return "\(name)(\(parts.joined(separator: ", ")))"
  }

  /// Computes the output for a batch.
  public func apply(_ x: Tensor, in scope: ParameterScope) throws -> Tensor {
    let x = try x.withChannels(sliding.rank)
    let channels = x.shape[sliding.rank + 1]
    let filters = try Shape([channels, multiplier]).count
    guard channels > 0 else {
      throw TensorError(
        "shape/channels", "its input of shape \(x.shape.perExample) has no channels")
    }
    let kernel = try scope.parameter(
      "kernel", sliding.size + [channels, multiplier], ending.kernel)
    let (input, windowing) = try sliding.laid(over: x, groups: channels)
    let plates = try kernel.reshaped(to: sliding.size + [1, filters])
    return try ending.apply(to: input.convolved(with: plates, windowing), filters, in: scope)
  }
}

/// What a layer with a kernel does behind it, and how its parameters begin.
public struct LayerEnding {
  /// What is applied last.
  public let activation: Activation
  /// How the kernel begins.
  public let kernel: Initializer
  /// How the bias begins; without one none is added.
  public let bias: Initializer?

  /// Makes an ending.
  public init(
    activation: Activation = .identity, kernel: Initializer = .glorotUniform,
    bias: Initializer? = .zeros
  ) {
    self.activation = activation
    self.kernel = kernel
    self.bias = bias
  }

  /// Adds the bias and applies the activation.
  func apply(to y: Tensor, _ units: Int, in scope: ParameterScope) throws -> Tensor {
    guard let bias else { return try activation(y) }
    return try activation(y.adding(scope.parameter("bias", [units], bias)))
  }

  /// The activation as an argument without a name, unless it does nothing.
  var activationArgument: [String] {
    activation.source == Activation.identity.source ? [] : [activation.source]
  }

  /// The initialisers as arguments, where they are not the usual ones.
  var arguments: [String] {
    var parts: [String] = []
    if kernel != .glorotUniform { parts.append("kernel=\(kernel.source)") }
    if bias == nil { parts.append("bias=nothing") }
    if let bias, bias != .zeros { parts.append("bias=\(bias.source)") }
    return parts
  }
}
