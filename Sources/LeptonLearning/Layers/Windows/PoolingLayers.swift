import LeptonTensor

/// What becomes of the elements that a window or a whole picture sees, channel by channel.
public enum PoolingChoice {
  /// The largest.
  case largest
  /// Their mean; `countsPadding` says whether the zeros of the padding count.
  case mean(countsPadding: Bool)
}

/// A layer that takes one number of each window: pictures or series get smaller.
public final class PoolingLayer: Layer {
  private let choice: PoolingChoice
  private let size: [Int]
  private let stride: [Int]?
  private let padding: Padding

  /// Makes the layer; windows lie side by side unless there is a stride.
  ///
  /// One number stands for both axes of pictures, and for the one of series.
  ///
  /// - Throws: `TensorError` with code `value/range` for numbers that make no windows.
  public init(
    _ choice: PoolingChoice, size: [Int], stride: [Int]? = nil, padding: Padding = .valid
  ) throws {
    self.choice = choice
    self.size = size
    self.stride = stride
    self.padding = padding
    _ = try Sliding(size: size, stride: stride, padding: padding)
  }

  /// What its place in a path is called.
  public var name: String {
    if case .largest = choice { "max_pool" } else { "avg_pool" }
  }

  /// It has no choice.
  public var isFixed: Bool { true }
  /// The Lepton that makes it.
  public var source: String {
    var parts = [Sliding.text(size)]
    if let stride, stride != size { parts.append("stride=\(Sliding.text(stride))") }
    if padding != .valid { parts.append("padding=\(padding.source)") }
    if case .mean(true) = choice { parts.append("count_padding=true") }
    return "\(name)(\(parts.joined(separator: ", ")))"
  }

  /// Computes the output for a batch.
  public func apply(_ x: Tensor, in scope: ParameterScope) throws -> Tensor {
    let axes = x.shape.rank - 2
    guard axes == size.count || (size.count == 1 && axes == 2) else {
      throw TensorError(
        "shape/rank",
        "it needs pictures [batch, height, width, channels] or series [batch, length, channels], and not "
          + "shape \(x.shape.perExample)",
        help: [
          "put it before flatten()", "reshape(x, [-1, 28, 28, 1]) adds an axis of one channel",
        ])
    }
    let sliding = try Sliding(
      size: filled(size, axes), stride: stride.map { filled($0, axes) }, padding: spread(axes))
    let (input, windowing) = try sliding.laid(over: x)
    let window = sliding.paired(sliding.size, 1)
    switch choice {
    case .largest: return try input.maxPooled(window, windowing)
    case .mean(let counts):
      return try input.averagePooled(window, windowing, countsPadding: counts)
    }
  }

  private func filled(_ numbers: [Int], _ axes: Int) -> [Int] {
    numbers.count == axes ? numbers : Array(repeating: numbers[0], count: axes)
  }

  private func spread(_ axes: Int) -> Padding {
    guard case .explicit(let pairs) = padding, pairs.count < axes else { return padding }
    return .explicit(Array(repeating: pairs[0], count: axes))
  }
}

/// A layer that makes one number of each channel: `[batch, …, channels]` becomes `[batch, channels]`.
public final class GlobalPoolingLayer: Layer {
  private let choice: PoolingChoice

  /// Makes the layer.
  public init(_ choice: PoolingChoice) { self.choice = choice }

  /// What its place in a path is called.
  public var name: String {
    if case .largest = choice { "global_max_pool" } else { "global_avg_pool" }
  }
  /// It has no choice.
  public var isFixed: Bool { true }
  /// The Lepton that makes it.
  public var source: String { "\(name)()" }

  /// Computes the output for a batch.
  public func apply(_ x: Tensor, in scope: ParameterScope) throws -> Tensor {
    guard x.shape.rank >= 3 else {
      throw TensorError(
        "shape/rank",
        "it needs axes between the batch and the channels, and not shape \(x.shape.perExample)",
        help: ["put it before flatten()"])
    }
    let axes = Array(1..<x.shape.rank - 1)
    if case .largest = choice { return try x.max(axes: axes) }
    return try x.mean(axes: axes)
  }
}

/// A layer that takes the means of so many parts of about one size along each axis.
public final class AdaptivePoolingLayer: Layer {
  private let size: [Int]

  /// Makes the layer.
  ///
  /// - Throws: `TensorError` with code `value/range` for sizes below 1.
  public init(_ size: [Int]) throws {
    self.size = size
    _ = try Sliding(size: size)
  }

  /// What its place in a path is called.
  public var name: String { "adaptive_avg_pool" }
  /// It has no choice.
  public var isFixed: Bool { true }
  /// The Lepton that makes it.
  public var source: String { "adaptive_avg_pool(\(Sliding.text(size)))" }

  /// Computes the output for a batch.
  public func apply(_ x: Tensor, in scope: ParameterScope) throws -> Tensor {
    try x.adaptivelyAveraged(
      to: x.shape.rank == 3 ? [1, size[0]] : [size[0], size[size.count - 1]])
  }
}

/// A layer that enlarges pictures or series by whole factors.
public final class UpsamplingLayer: Layer {
  private let factor: [Int]
  private let isSmooth: Bool

  /// Makes the layer; places are repeated unless it is smooth.
  ///
  /// - Throws: `TensorError` with code `value/range` for factors below 1.
  public init(_ factor: [Int], isSmooth: Bool) throws {
    self.factor = factor
    self.isSmooth = isSmooth
    _ = try Sliding(size: factor)
  }

  /// What its place in a path is called.
  public var name: String { "upsample" }
  /// It has no choice.
  public var isFixed: Bool { true }
  /// The Lepton that makes it.
  public var source: String {
    "upsample(\(Sliding.text(factor))\(isSmooth ? ", \"bilinear\"" : ""))"
  }

  /// Computes the output for a batch.
  public func apply(_ x: Tensor, in scope: ParameterScope) throws -> Tensor {
    let factors = x.shape.rank == 3 ? [1, factor[0]] : [factor[0], factor[factor.count - 1]]
    return try isSmooth ? x.enlargedSmoothly(by: factors) : x.enlarged(by: factors)
  }
}
