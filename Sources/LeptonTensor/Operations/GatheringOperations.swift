import Glibc

// Elements at places that a tensor names.

extension Attributes {
  /// Settings of a gathering in which a negative place or one outside is a mistake.
  static func strict(axis: Int) -> Attributes { Attributes(axes: [axis], sizes: [1]) }

  /// Whether a place outside is a mistake.
  var isStrict: Bool { sizes == [1] }
}

extension Operation {
  static let gatherings: [Operation] = [gather, scatterAdd, scatter]

  /// The places named.
  public static let gather: Operation = Operation(
    "gather",
    "The places along an axis that whole numbers name; zeros for a place outside, or a mistake.",
    rule: { forms, attributes in
      let axis = attributes.axes[0]
      let (shape, places) = (forms[0].shape, forms[1].shape)
      try requireInteger(forms[1])
      let sizes = shape.sizes[..<axis] + places.sizes + shape.sizes[(axis + 1)...]
      return Form(try Shape(Array(sizes)), forms[0].elementType)
    },
    kernel: { GatherWork.work(of: $0.inputs[1].elementType, $0) },
    derivative: .rule { step in
      let x = step.inputs[0]
      let zeros = try Tensor(repeating: 0.0, shape: x.shape.sizes, type: x.elementType)
      return [
        try scatterAdd.applied([zeros, step.inputs[1], step.gradient], step.attributes), nil,
      ]
    },
    batching: .rule { operation, operands, batched, attributes in
      let axis = attributes.axes[0]
      let sizes = attributes.sizes
      if !batched[1] {
        return try operation.applied(operands, Attributes(axes: [axis + 1], sizes: sizes))
      }
      if !batched[0] {
        // The batch axis of the places comes to lie where the gathered axis was.
        let result = try operation.applied(operands, attributes)
        var order = Array(0..<result.shape.rank)
        order.remove(at: axis)
        return try result.transposed(axes: [axis] + order)
      }
      let flat = try FlatBatch(operands[0], operands[1], axis)
      return try flat.restored(
        operation.applied([flat.x, flat.places], Attributes(axes: [0], sizes: sizes)),
        operands[1].shape)
    })

  /// Sums at the places named.
  public static let scatterAdd = scattering(
    "scatter_add",
    "A tensor with updates added at the places along an axis that whole numbers name.",
    kernel: { AddingWork.work(of: $0.output.elementType, $0) },
    derivative: .rule { step in
      [
        step.gradient, nil,
        try gather.applied([step.gradient, step.inputs[1]], step.attributes),
      ]
    })

  /// Updates at the places named.
  public static let scatter: Operation = scattering(
    "scatter",
    "A tensor with updates put at the places along an axis that whole numbers name; the last wins.",
    kernel: { PuttingWork.work(of: $0.output.elementType, $0) },
    derivative: .rule { step in
      let (places, updates, g) = (step.inputs[1], step.inputs[2], step.gradient)
      let zeros = try Tensor(repeating: 0.0, shape: updates.shape.sizes, type: g.elementType)
      let passed = try gather.applied([g, places], step.attributes)
      let wins = try winners(places, step.inputs[0].shape[step.attributes.axes[0]])
      return [
        try scatter.applied([g, places, zeros], step.attributes), nil,
        try Tensor.select(wins.laid(over: updates.shape, at: step.attributes.axes[0]), passed, 0.0),
      ]
    })

  /// Which of several updates for one place is the last.
  private static func winners(_ places: Tensor, _ size: Int) throws -> Tensor {
    let order = try Tensor.range(places.shape.count).adding(1).reshaped(to: places.shape.sizes)
    let last = try scatter.applied(
      [Tensor(repeating: 0, shape: [size]), places, order], Attributes(axes: [0]))
    return try gather.applied([last, places], Attributes(axes: [0])).equal(to: order)
  }

  private static func scattering(
    _ name: String, _ document: String, kernel: @escaping @Sendable (Problem) -> Work,
    derivative: Derivative
  ) -> Operation {
    Operation(
      name, document,
      rule: { forms, attributes in
        try requireInteger(forms[1])
        let gathered = try gather.rule([forms[0], forms[1]], attributes)
        guard forms[2].shape == gathered.shape else {
          throw TensorError(
            "shape/scatter",
            "updates of shape \(forms[2].shape) should have shape \(gathered.shape)"
          )
        }
        return forms[0]
      },
      kernel: kernel, derivative: derivative,
      batching: .rule { operation, operands, batched, attributes in
        let size = zip(operands, batched).first { $1 }?.0.shape[0] ?? 1
        let all = try zip(operands, batched).map { $1 ? $0 : try $0.repeated(size) }
        let flat = try FlatBatch(all[0], all[1], attributes.axes[0])
        let updates = try flat.flattened(all[2], placesRank: all[1].shape.rank - 1)
        let result = try operation.applied([flat.x, flat.places, updates], Attributes(axes: [0]))
        return try flat.unflattened(result)
      })
  }

  private static func requireInteger(_ form: Form) throws {
    guard form.elementType.isInteger else {
      throw TensorError(
        "type/index", "places must be whole numbers, not \(form.elementType.rawValue)")
    }
  }
}

/// A batch of gatherings along an axis as one gathering along a single long axis.
private struct FlatBatch {
  let x: Tensor
  let places: Tensor
  private let axis: Int
  private let shape: Shape

  /// Both operands have a leading batch axis; `axis` counts without it.
  init(_ x: Tensor, _ places: Tensor, _ axis: Int) throws {
    self.axis = axis
    shape = x.shape
    let size = x.shape[axis + 1]
    let front = try x.transposed(axes: FlatBatch.toFront(axis + 1, x.shape.rank))
    self.x = try front.reshaped(to: [x.shape[0] * size] + front.shape.sizes.dropFirst(2))
    let positive = try Tensor.select(places.less(than: 0), places.adding(size), places)
    let inside = try positive.greaterOrEqual(to: 0).and(positive.less(than: size))
    let starts = try Tensor.range(x.shape[0]).multiplying(size)
      .reshaped(to: [x.shape[0]] + Array(repeating: 1, count: places.shape.rank - 1))
    // A place outside one example must not reach into the next.
    self.places = try Tensor.select(
      inside, positive.cast(to: .int64).adding(starts), x.shape[0] * size)
  }

  /// The order that brings an axis to stand behind the batch axis.
  private static func toFront(_ axis: Int, _ rank: Int) -> [Int] {
    [0, axis] + (1..<rank).filter { $0 != axis }
  }

  /// The gathered elements `[batch, places…, rest…]` with the places where the axis was.
  func restored(_ result: Tensor, _ places: Shape) throws -> Tensor {
    let count = places.rank - 1
    let rest = result.shape.rank - 1 - count
    let order =
      [0] + (0..<axis).map { 1 + count + $0 } + (0..<count).map { 1 + $0 }
      + (axis..<rest).map { 1 + count + $0 }
    return try result.transposed(axes: order)
  }

  /// Updates in the order of ``places``.
  func flattened(_ updates: Tensor, placesRank count: Int) throws -> Tensor {
    let rank = updates.shape.rank
    let own = (0..<count).map { 1 + axis + $0 }
    return try updates.transposed(axes: [0] + own + (1..<rank).filter { !own.contains($0) })
  }

  /// The long axis cut again, and back in its place.
  func unflattened(_ result: Tensor) throws -> Tensor {
    let order = FlatBatch.toFront(axis + 1, shape.rank)
    var back = order
    for (place, axis) in order.enumerated() { back[axis] = place }
    return try result.reshaped(to: order.map { shape[$0] }).transposed(axes: back)
  }
}

extension Tensor {
  /// A tensor about places, laid over a shape in which the places' axes begin at an axis.
  fileprivate func laid(over target: Shape, at axis: Int) throws -> Tensor {
    let after = target.rank - axis - shape.rank
    return try reshaped(to: shape.sizes + Array(repeating: 1, count: after))
  }
}
