/// How windows slide over pictures: two numbers each, for rows and for columns.
///
/// One number stands for both; a series of numbers, which has one axis, counts as a picture of one row.
public struct Windowing: Sendable, Hashable {
  /// The distance between neighbouring windows.
  public var strides: [Int]
  /// The distance between neighbouring places of a window.
  public var dilations: [Int]
  /// The zeros put before each axis.
  public var before: [Int]
  /// The zeros put after each axis.
  public var after: [Int]
  /// In how many groups channels are taken: filters of a group see the channels of that group only.
  public var groups: Int

  /// Makes a windowing.
  public init(
    strides: [Int] = [1, 1], dilations: [Int] = [1, 1], before: [Int] = [0, 0],
    after: [Int] = [0, 0], groups: Int = 1
  ) {
    self.strides = strides
    self.dilations = dilations
    self.before = before
    self.after = after
    self.groups = groups
  }

  /// The windowing that the settings of an operation state.
  init(_ attributes: Attributes) {
    self.init(
      strides: Array(attributes.steps.prefix(2)), dilations: Array(attributes.steps.dropFirst(2)),
      before: Array(attributes.starts.prefix(2)), after: Array(attributes.starts.dropFirst(2)),
      groups: attributes.axes.first ?? 1)
  }

  /// The settings of an operation, with sizes of its own.
  package func attributes(sizes: [Int] = []) -> Attributes {
    Attributes(axes: [groups], sizes: sizes, starts: before + after, steps: strides + dilations)
  }

  /// The most that a stride, a dilation, a margin or a window may be, so that products cannot overflow.
  public static let limit = 1 << 20
}

/// How windows lie along one axis.
struct WindowAxis: Sendable, Hashable {
  /// The places of the input.
  let input: Int
  /// The places that a window takes.
  let window: Int
  let stride: Int
  let dilation: Int
  let before: Int
  let after: Int

  /// Checks and makes an axis.
  ///
  /// Throws `value/range` for numbers that are too small or too large, `shape/window` if no window fits.
  init(_ windowing: Windowing, _ axis: Int, input: Int, window: Int, name: String) throws {
    let counts = [windowing.strides, windowing.dilations, windowing.before, windowing.after]
    guard counts.allSatisfy({ $0.count == 2 }) else {
      throw TensorError("value/range", "\(name) takes two numbers for each setting")
    }
    self.input = input
    self.window = window
    stride = windowing.strides[axis]
    dilation = windowing.dilations[axis]
    before = windowing.before[axis]
    after = windowing.after[axis]
    try WindowAxis.require(window, 1..., "a window", name)
    try WindowAxis.require(stride, 1..., "a stride", name)
    try WindowAxis.require(dilation, 1..., "a dilation", name)
    try WindowAxis.require(before, 0..., "a padding", name)
    try WindowAxis.require(after, 0..., "a padding", name)
    guard input + before + after >= reach else { throw misfit(name, axis) }
  }

  private init(input: Int, window: Int, stride: Int, dilation: Int, before: Int, after: Int) {
    self.input = input
    self.window = window
    self.stride = stride
    self.dilation = dilation
    self.before = before
    self.after = after
  }

  /// The axis of windows that each are one place of so many.
  static func points(_ count: Int) -> WindowAxis {
    WindowAxis(input: count, window: 1, stride: 1, dilation: 1, before: 0, after: 0)
  }

  private static func require(
    _ number: Int, _ range: PartialRangeFrom<Int>, _ what: String, _ name: String
  ) throws {
    guard range.contains(number), number <= Windowing.limit else {
      throw TensorError(
        "value/range",
        "\(name): \(what) must be from \(range.lowerBound) to \(Windowing.limit), not \(number)")
    }
  }

  private func misfit(_ name: String, _ axis: Int) -> TensorError {
    let places = dilation == 1 ? "\(window)" : "\(window) places \(dilation) apart"
    let given = before + after > 0 ? "\(input) and a padding of \(before) and \(after)" : "\(input)"
    return TensorError(
      "shape/window",
      "\(name): a window of \(places) does not fit \(axis == 0 ? "a height" : "a width") of \(given)",
      help: ["take a smaller window, or padding=\"same\""])
  }

  /// The places from the first to the last of a window.
  var reach: Int { (window - 1) * dilation + 1 }
  /// The number of windows.
  var output: Int { (input + before + after - reach) / stride + 1 }
  /// Whether each window is one place, and each place has its window.
  var isPointwise: Bool { window == 1 && stride == 1 && before == 0 && after == 0 }

  /// The place of the input that a tap of a window sees; it may lie in the margin.
  @inline(__always)
  func place(_ output: Int, _ tap: Int) -> Int { output * stride + tap * dilation - before }

  /// The windows of which a tap sees a place of the input.
  func outputs(seenBy tap: Int) -> Range<Int> {
    let first = before - tap * dilation
    let low = first <= 0 ? 0 : (first + stride - 1) / stride
    let last = input - 1 + first
    let high = last < 0 ? 0 : min(output, last / stride + 1)
    return low..<max(low, high)
  }

  /// The taps of a window that see places of the input.
  @inline(__always)
  func taps(of output: Int) -> Range<Int> {
    let left = output * stride - before
    let first = left < 0 ? (-left + dilation - 1) / dilation : 0
    let last = input - left
    let end = last > (window - 1) * dilation ? window : (max(last, 0) + dilation - 1) / dilation
    return min(first, end)..<end
  }
}

/// A convolution of given sizes: `[batch, height, width, inputs]` with filters
/// `[height, width, inputs / groups, outputs]`.
struct Convolution: Sendable {
  let batch: Int
  let rows: WindowAxis
  let columns: WindowAxis
  /// Channels of the input.
  let inputs: Int
  /// Channels of the output.
  let outputs: Int
  let groups: Int

  /// Checks and makes a convolution.
  ///
  /// Throws `shape/rank`, `shape/channels`, `shape/window` or `value/range` where sizes do not go together.
  init(_ x: [Int], _ filters: [Int], _ windowing: Windowing) throws {
    guard x.count == 4, filters.count == 4 else {
      throw TensorError(
        "shape/rank",
        "a convolution takes pictures [batch, height, width, channels] and filters "
          + "[height, width, inputs, outputs], not shapes \(x) and \(filters)")
    }
    batch = x[0]
    inputs = x[3]
    outputs = filters[3]
    groups = windowing.groups
    rows = try WindowAxis(windowing, 0, input: x[1], window: filters[0], name: "convolution")
    columns = try WindowAxis(windowing, 1, input: x[2], window: filters[1], name: "convolution")
    guard groups >= 1, inputs % groups == 0, outputs % groups == 0 else {
      throw TensorError(
        "shape/channels",
        "\(inputs) channels in and \(outputs) out cannot be taken in \(groups) groups",
        help: ["the number of groups must divide both"])
    }
    guard filters[2] == inputs / groups else {
      throw TensorError(
        "shape/channels",
        "the filters of shape \(filters) see \(filters[2]) channels, but there are \(inputs / groups)"
          + (groups > 1 ? " in each of the \(groups) groups" : ""),
        help: ["filters have the shape [height, width, inputs / groups, outputs]"])
    }
  }

  private init(_ other: Convolution, rows: WindowAxis, columns: WindowAxis) {
    batch = other.batch
    inputs = other.inputs
    outputs = other.outputs
    groups = other.groups
    self.rows = rows
    self.columns = columns
  }

  /// The shape of the input.
  var inputSizes: [Int] { [batch, rows.input, columns.input, inputs] }
  /// The shape of the output.
  var outputSizes: [Int] { [batch, rows.output, columns.output, outputs] }
  /// The shape of the filters.
  var filterSizes: [Int] { [rows.window, columns.window, groupInputs, outputs] }
  /// The channels of the input that a filter sees.
  var groupInputs: Int { inputs / groups }
  /// The channels of the output that a group gives.
  var groupOutputs: Int { outputs / groups }
  /// The places of a filter.
  var taps: Int { rows.window * columns.window }
  /// Whether each channel has one filter of its own.
  var isDepthwise: Bool { groups > 1 && groups == inputs && groups == outputs }

  /// The same with pictures as single rows where each window is one place.
  var flattened: Convolution {
    guard rows.isPointwise, columns.isPointwise else { return self }
    return Convolution(self, rows: .points(1), columns: .points(rows.input * columns.input))
  }
}
