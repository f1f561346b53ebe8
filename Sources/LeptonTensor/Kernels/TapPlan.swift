/// From where the outputs along one axis take their sums: outputs whose taps lie alike form a part.
///
/// A convolution has one part. Its transposition has one for each remainder of the stride: each output
/// sees only the taps that fall on places of the source.
struct TapAxis: Sendable {
  /// Outputs at regular distances, and the places of the source that they see, from the margin on.
  struct Part: Sendable {
    let first: Int
    let count: Int
    let taps: [(offset: Int, tap: Int)]
  }

  /// The distance in the source between neighbouring outputs of a part.
  let step: Int
  /// The distance between neighbouring outputs of a part.
  let outputStep: Int
  let parts: [Part]
  let before: Int
  let after: Int

  /// The most outputs that a part has.
  var count: Int { parts.reduce(0) { max($0, $1.count) } }
  /// The places of the source that the windows of one output take, over all parts.
  var reach: Int { parts.reduce(1) { $1.taps.reduce($0) { max($0, $1.offset + 1) } } }

  /// The sums of a convolution.
  init(forward axis: WindowAxis) {
    step = axis.stride
    outputStep = 1
    before = axis.before
    after = max(0, (axis.output - 1) * axis.stride + axis.reach - axis.before - axis.input)
    parts = [
      Part(
        first: 0, count: axis.output,
        taps: (0..<axis.window).map { (offset: $0 * axis.dilation, tap: $0) })
    ]
  }

  /// The sums of its transposition, over the gradient for the output.
  init(transposed axis: WindowAxis) {
    step = 1
    outputStep = axis.stride
    let parts = (0..<min(axis.stride, axis.input)).map { first in
      Part(
        first: first, count: (axis.input - first - 1) / axis.stride + 1,
        taps: (0..<axis.window).reversed().compactMap { tap in
          let place = first + axis.before - tap * axis.dilation
          return place % axis.stride == 0 ? (offset: place / axis.stride, tap: tap) : nil
        })
    }
    let offsets = parts.flatMap { $0.taps.map(\.offset) }
    let margin = max(0, -(offsets.min() ?? 0))
    let ends = parts.flatMap { part in part.taps.map { $0.offset + part.count } }
    before = margin
    after = max(0, (ends.max() ?? 0) - axis.output)
    self.parts = parts.map { part in
      Part(
        first: part.first, count: part.count,
        taps: part.taps.map { (offset: $0.offset + margin, tap: $0.tap) })
    }
  }
}

/// The sums of a convolution or of its transposition, whatever the channels.
struct TapPlan: Sendable {
  let rows: TapAxis
  let columns: TapAxis
  /// Height, width and channels of the source, and of the output.
  let source: (rows: Int, columns: Int, channels: Int)
  let output: (rows: Int, columns: Int, channels: Int)
  let groups: Int
  let isDepthwise: Bool
  /// The distance in the filters between neighbours of a sum, and between neighbouring outputs.
  let filter: (inner: Int, column: Int)
  /// The distance in the filters between taps.
  let filterTap: Int
  /// The columns of a tap of the filters that belong to a group.
  let filterGroup: Int
  /// The taps of a row of a filter.
  let filterWidth: Int

  init(forward sizes: Convolution) {
    self.init(sizes, isTransposed: false)
  }

  init(transposed sizes: Convolution) {
    self.init(sizes, isTransposed: true)
  }

  private init(_ sizes: Convolution, isTransposed: Bool) {
    let input = (sizes.rows.input, sizes.columns.input, sizes.inputs)
    let output = (sizes.rows.output, sizes.columns.output, sizes.outputs)
    rows = isTransposed ? TapAxis(transposed: sizes.rows) : TapAxis(forward: sizes.rows)
    columns = isTransposed ? TapAxis(transposed: sizes.columns) : TapAxis(forward: sizes.columns)
    source = isTransposed ? output : input
    self.output = isTransposed ? input : output
    groups = sizes.groups
    isDepthwise = sizes.isDepthwise
    filter = isTransposed ? (1, sizes.outputs) : (sizes.outputs, 1)
    filterTap = sizes.groupInputs * sizes.outputs
    filterGroup = sizes.groupOutputs
    filterWidth = sizes.columns.window
  }

  /// The channels of the source that one sum runs over.
  var inner: Int { source.channels / groups }
  /// The channels of the output that a group has.
  var width: Int { output.channels / groups }
}
