// What the elements along an axis have come to at each place.

extension Operation {
  static let cumulatives: [Operation] = [
    cumulativeSum, cumulativeProduct, cumulativeMaximum, cumulativeMinimum, recurrence,
  ]

  /// The running sum.
  public static let cumulativeSum = cumulative(
    "cumsum", "The running sum along an axis.", Folds.Sum.self,
    derivative: .rule { step in
      let axes = step.attributes.axes
      let back = try step.gradient.flipped(axes: axes).cumulativeSum(axis: axes[0])
      return [try back.flipped(axes: axes)]
    })

  /// The running product.
  ///
  /// With P the product of the elements before a place, the derivative there is P · s, where
  /// s[i] = g[i] + x[i + 1] s[i + 1]: nothing is divided, so it is exact where elements are 0.
  public static let cumulativeProduct = cumulative(
    "cumprod", "The running product along an axis.", Folds.Product.self,
    derivative: .rule { step in
      let axis = step.attributes.axes[0]
      let before = try step.output.shifted(by: 1, axis: axis, filling: 1)
      let next = try step.inputs[0].shifted(by: -1, axis: axis, filling: 0)
      return [
        try before.multiplying(next.recurring(from: step.gradient, axis: axis, backwards: true))
      ]
    })

  /// The running maximum.
  public static let cumulativeMaximum = cumulative(
    "cummax", "The largest element so far along an axis; NaN from the first one on.",
    Folds.Largest.self,
    derivative: .rule { [try gradientOfRecords($0) { try $0.greater(than: $1) }] })

  /// The running minimum.
  public static let cumulativeMinimum = cumulative(
    "cummin", "The smallest element so far along an axis; NaN from the first one on.",
    Folds.Smallest.self, derivative: .rule { [try gradientOfRecords($0) { try $0.less(than: $1) }] }
  )

  /// y[i] = a[i] y[i − 1] + b[i].
  public static let recurrence: Operation = Operation(
    "recurrence", "The linear recurrence y[i] = a[i] · y[i − 1] + b[i] along an axis, from 0.",
    rule: { forms, _ in
      guard forms[0] == forms[1] else {
        throw TensorError(
          "shape/recurrence",
          "factors of shape \(forms[0].shape) and terms of shape \(forms[1].shape)")
      }
      return forms[0]
    },
    kernel: { RecurrenceKernel.work(of: $0.output.elementType, $0) },
    derivative: .rule { step in
      let axis = step.attributes.axes[0]
      let next = try step.inputs[0].shifted(by: -1, axis: axis, filling: 0)
      let slope = try next.recurring(from: step.gradient, axis: axis, backwards: true)
      return [try slope.multiplying(step.output.shifted(by: 1, axis: axis, filling: 0)), slope]
    },
    batching: .rule { operation, operands, batched, attributes in
      let size = zip(operands, batched).first { $1 }?.0.shape[0] ?? 1
      let all = try zip(operands, batched).map { $1 ? $0 : try $0.repeated(size) }
      return try operation.applied(all, Attributes(axes: [attributes.axes[0] + 1]))
    })

  /// The gradient of a running extreme goes to the place where it was reached.
  private static func gradientOfRecords(
    _ step: Linearization, _ beats: (Tensor, Tensor) throws -> Tensor
  ) throws -> Tensor {
    let (x, axis) = (step.inputs[0], step.attributes.axes[0])
    let before = try step.output.shifted(by: 1, axis: axis, filling: 0)
    let places = try Tensor.range(x.shape[axis]).along(axis, of: x.shape)
    let isRecord = try beats(x, before).or(x.notEqual(to: x).and(before.equal(to: before)))
      .or(places.equal(to: 0))
    let records = try Tensor.select(isRecord, places, 0).cumulativeMaximum(axis: axis)
    let zeros = try Tensor(repeating: 0.0, shape: x.shape.sizes, type: x.elementType)
    return try zeros.scatterAddingAlong(step.gradient, at: records, axis: axis)
  }

  private static func cumulative<F: Fold>(
    _ name: String, _ document: String, _ fold: F.Type, derivative: Derivative
  ) -> Operation {
    Operation(
      name, document, rule: { forms, _ in forms[0] },
      kernel: { CumulativeKernel<F>.work(of: $0.output.elementType, $0) },
      derivative: derivative, batching: .shiftedAxes)
  }
}

extension Tensor {
  /// The elements moved along an axis by one place or more; what has no source is a number.
  func shifted(by distance: Int, axis: Int, filling value: Double) throws -> Tensor {
    let size = shape[axis]
    let (before, after) = (
      Swift.min(Swift.max(distance, 0), size), Swift.min(Swift.max(-distance, 0), size)
    )
    let slices = Array(repeating: Slice(), count: axis) + [Slice(from: after, to: size - before)]
    var margins = (Array(repeating: 0, count: shape.rank), Array(repeating: 0, count: shape.rank))
    margins.0[axis] = before
    margins.1[axis] = after
    return try sliced(slices).padded(before: margins.0, after: margins.1, value: value)
  }

  /// The recurrence with this tensor's elements as factors, from either end.
  func recurring(from terms: Tensor, axis: Int, backwards: Bool) throws -> Tensor {
    let attributes = Attributes(axes: [axis])
    guard backwards else { return try Operation.recurrence.applied([self, terms], attributes) }
    return try Operation.recurrence.applied(
      [flipped(axes: [axis]), terms.flipped(axes: [axis])], attributes
    ).flipped(axes: [axis])
  }

  /// A tensor with one axis laid along an axis of a shape, to broadcast with it.
  func along(_ axis: Int, of shape: Shape) throws -> Tensor {
    var sizes = Array(repeating: 1, count: shape.rank)
    sizes[axis] = self.shape.count
    return try reshaped(to: sizes)
  }
}
