import LeptonTensor

/// How much is put around the axes over which windows slide.
public enum Padding: Hashable {
  /// Nothing: windows stay inside.
  case valid
  /// So much that there are as many windows as places, divided by the stride and rounded up; of an odd
  /// number the larger half stands behind (Keras's and TensorFlow's).
  case same
  /// All before: a window sees its place and what stands before it.
  case causal
  /// So much before and after each axis.
  case explicit([[Int]])

  /// The margins of an axis of a size, before and after.
  func margins(_ axis: Int, size: Int, stride: Int, reach: Int) -> (before: Int, after: Int) {
    switch self {
    case .valid: return (0, 0)
    case .causal: return (reach - 1, 0)
    case .explicit(let pairs): return (pairs[axis][0], pairs[axis][1])
    case .same:
      let windows = (size + stride - 1) / max(stride, 1)
      let total = max(0, (windows - 1) * stride + reach - size)
      return (total / 2, total - total / 2)
    }
  }

  /// The Lepton that makes it.
  var source: String {
    switch self {
    case .valid: "\"valid\""
    case .same: "\"same\""
    case .causal: "\"causal\""
    case .explicit(let pairs):
      pairs.allSatisfy { $0[0] == $0[1] } ? Sliding.text(pairs.map { $0[0] }) : "\(pairs)"
    }
  }
}

/// How windows of a layer slide over one axis or two: the numbers of a user, one for each axis.
public struct Sliding: Hashable {
  /// How many places a window takes.
  public let size: [Int]
  /// The distance between windows.
  public let stride: [Int]
  /// The distance between the places of a window.
  public let dilation: [Int]
  /// What is put around.
  public let padding: Padding
  /// What stands there: elements of the input, or zeros for `nil`.
  public let border: Margin?

  /// Makes the numbers of windows.
  ///
  /// - Throws: `TensorError` with code `value/range` for numbers that make no windows.
  public init(
    size: [Int], stride: [Int]? = nil, dilation: [Int]? = nil, padding: Padding = .valid,
    border: Margin? = nil
  ) throws {
    self.size = size
    self.stride = stride ?? size
    self.dilation = dilation ?? size.map { _ in 1 }
    self.padding = padding
    self.border = border
    for (what, numbers) in [("window", size), ("stride", self.stride), ("dilation", self.dilation)]
    {
      if let wrong = numbers.first(where: { $0 < 1 || $0 > Windowing.limit }) {
        throw TensorError(
          "value/range", "the \(what) of a layer must be from 1 to \(Windowing.limit), not \(wrong)"
        )
      }
    }
    if case .explicit(let pairs) = padding,
      let wrong = pairs.joined().first(where: { $0 < 0 || $0 > Windowing.limit })
    {
      throw TensorError(
        "value/range", "a padding must be from 0 to \(Windowing.limit), not \(wrong)")
    }
    if padding == .causal, size.count != 1 {
      throw TensorError(
        "value/range", "only a series has a past: padding=\"causal\" is for one axis",
        help: ["take padding=\"same\""])
    }
  }

  /// The number of axes.
  public var rank: Int { size.count }

  /// The place from the first to the last of a window along an axis.
  func reach(_ axis: Int) -> Int { (size[axis] - 1) * dilation[axis] + 1 }

  /// The input ready for windows without a border of its own, and how they slide over it.
  ///
  /// Axes lie behind the batch; a border that is not zero is put around the input.
  func laid(over x: Tensor, groups: Int = 1) throws -> (Tensor, Windowing) {
    let margins = (0..<rank).map {
      padding.margins($0, size: x.shape[$0 + 1], stride: stride[$0], reach: reach($0))
    }
    var windowing = Windowing(
      strides: paired(stride, 1), dilations: paired(dilation, 1),
      before: paired(margins.map(\.before), 0), after: paired(margins.map(\.after), 0),
      groups: groups)
    guard let border, margins.contains(where: { $0.before + $0.after > 0 }) else {
      return (x, windowing)
    }
    windowing.before = [0, 0]
    windowing.after = [0, 0]
    let padded = try x.padded(
      before: [0] + margins.map(\.before) + [0], after: [0] + margins.map(\.after) + [0],
      by: border)
    return (padded, windowing)
  }

  /// Numbers for two axes, of which the first is the one row of a series.
  func paired(_ numbers: [Int], _ missing: Int) -> [Int] {
    numbers.count == 1 ? [missing] + numbers : numbers
  }

  /// The arguments of the word that makes a layer, where they are not the usual ones.
  func arguments(stride usual: [Int]) -> [String] {
    var parts: [String] = []
    if stride != usual { parts.append("stride=\(Sliding.text(stride))") }
    if padding != .valid { parts.append("padding=\(padding.source)") }
    if dilation.contains(where: { $0 != 1 }) { parts.append("dilation=\(Sliding.text(dilation))") }
    if let border { parts.append("border=\"\(border.rawValue)\"") }
    return parts
  }

  /// One number if all are the same, else a list of them.
  static func text(_ numbers: [Int]) -> String {
    Set(numbers).count == 1 ? "\(numbers[0])" : "\(numbers)"
  }
}

extension Tensor {
  /// Pictures or series with an axis of channels, which is added where there is none.
  ///
  /// `axes` are those over which windows slide. Throws `shape/rank` for any other number of axes.
  func withChannels(_ axes: Int) throws -> Tensor {
    if shape.rank == axes + 1 { return try expanded(at: -1) }
    guard shape.rank == axes + 2 else {
      let wanted =
        axes == 1 ? "series [batch, length, channels]" : "pictures [batch, height, width, channels]"
      throw TensorError(
        "shape/rank", "it needs \(wanted), or without channels, and not shape \(shape.perExample)",
        help: [
          shape.rank < axes + 1
            ? "put it before flatten() and dense(), which leave no places to slide over"
            : "reshape the input so that its last axis counts channels"
        ])
    }
    return self
  }
}
