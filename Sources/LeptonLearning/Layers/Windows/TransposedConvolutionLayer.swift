import LeptonTensor

/// A layer that widens pictures or series: the transposed convolution, with bias and activation.
///
/// `kernel` is `[height, width, filters, channels]`, as in Keras. Without padding an axis of n places gets
/// `(n − 1) · stride + reach` places and `output_padding` more; with `padding="same"` it gets `n · stride`.
public final class TransposedConvolutionLayer: Layer {
  private let filters: Int
  private let sliding: Sliding
  private let extra: [Int]
  private let ending: LayerEnding

  /// Makes the layer.
  ///
  /// - Throws: `TensorError` if there are no filters, or `extra` does not suit the stride.
  public init(_ filters: Int, _ sliding: Sliding, extra: [Int], ending: LayerEnding) throws {
    guard filters > 0 else {
      throw TensorError("value/range", "a convolution needs at least 1 filter, not \(filters)")
    }
    guard zip(extra, sliding.stride).allSatisfy({ $0 >= 0 && $0 < $1 }), sliding.border == nil
    else {
      throw TensorError(
        "value/range", "an output padding must be from 0 to less than the stride, not \(extra)")
    }
    self.filters = filters
    self.sliding = sliding
    self.extra = extra
    self.ending = ending
  }

  /// What its place in a path is called.
  public var name: String { "conv_transpose\(sliding.rank)d" }
  /// It has a kernel.
  public var holdsParameters: Bool { true }
  /// As its activation is.
  public var isFixed: Bool { ending.activation.isFixed }

  /// The Lepton that makes it.
  public var source: String {
    let parts =
      ["\(filters)", Sliding.text(sliding.size)] + ending.activationArgument
      + sliding.arguments(stride: sliding.size.map { _ in 1 })
      + (extra.contains { $0 > 0 } ? ["output_padding=\(Sliding.text(extra))"] : [])
      + ending.arguments
    return "\(name)(\(parts.joined(separator: ", ")))"
  }

  /// Computes the output for a batch.
  public func apply(_ x: Tensor, in scope: ParameterScope) throws -> Tensor {
    let x = try x.withChannels(sliding.rank)
    let channels = x.shape[sliding.rank + 1]
    guard channels > 0 else {
      throw TensorError(
        "shape/channels", "its input of shape \(x.shape.perExample) has no channels")
    }
    let kernel = try scope.parameter("kernel", sliding.size + [filters, channels], ending.kernel)
    let y = try x.convolvedBack(with: kernel, sliding, extra: extra)
    return try ending.apply(to: y, filters, in: scope)
  }
}

extension Tensor {
  /// The transposed convolution over the axes of windows; `padding="same"` gives n · stride places.
  public func convolvedBack(
    with filters: Tensor, _ sliding: Sliding, extra: [Int], groups: Int = 1
  ) throws -> Tensor {
    var widened = extra
    let margins = (0..<sliding.rank).map { axis -> (before: Int, after: Int) in
      let reach = sliding.reach(axis)
      guard sliding.padding == .same else {
        return sliding.padding.margins(axis, size: 0, stride: sliding.stride[axis], reach: reach)
      }
      let total = Swift.max(0, reach - sliding.stride[axis])
      widened[axis] += Swift.max(0, sliding.stride[axis] - reach)
      return (total / 2, total - total / 2)
    }
    let windowing = Windowing(
      strides: sliding.paired(sliding.stride, 1), dilations: sliding.paired(sliding.dilation, 1),
      before: sliding.paired(margins.map(\.before), 0),
      after: sliding.paired(margins.map(\.after), 0), groups: groups)
    return try convolvedBack(with: filters, windowing, extra: sliding.paired(widened, 0))
  }

  /// The convolution over the axes of windows.
  public func convolved(with filters: Tensor, _ sliding: Sliding, groups: Int) throws -> Tensor {
    let (input, windowing) = try sliding.laid(over: self, groups: groups)
    return try input.convolved(with: filters, windowing)
  }
}
