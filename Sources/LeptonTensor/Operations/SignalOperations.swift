// Signals along an axis: filters, overlapping pieces, medians.

extension Operation {
  static let signals: [Operation] = [upfirdn, frames, overlap, windowMedian]

  /// y[m] = Σ x[i] h[m down + offset − i up]; `steps` holds up and down, `starts` the offset, `sizes` how
  /// many places there are, `axes` the axis.
  ///
  /// It is a filter (up = down = 1), one after which places are left out, one between whose places zeros
  /// stand, or both: a change of rate.
  public static let upfirdn: Operation = Operation(
    "upfirdn", "The filter Σ x[i] h[m down + offset − i up] along an axis, in double precision.",
    rule: { forms, attributes in
      let (x, h) = (forms[0], forms[1])
      guard x.elementType.isFloat, x.elementType == h.elementType else {
        throw TensorError("type/float", "a filter needs fractions of one type")
      }
      guard h.shape.rank == 1, h.shape.count > 0 else {
        throw TensorError(
          "shape/axis", "a filter has one axis and at least one number, not shape \(h.shape)")
      }
      guard attributes.steps.allSatisfy({ (1...Windowing.limit).contains($0) }),
        (-Shape.limit...Shape.limit).contains(attributes.starts[0]), attributes.sizes[0] >= 0
      else {
        throw TensorError(
          "value/range",
          "a filter has `up` and `down` from 1 to \(Windowing.limit) and a count from 0 on, not \(attributes.steps) and \(attributes.sizes[0])"
        )
      }
      var sizes = x.shape.sizes
      sizes[attributes.axes[0]] = attributes.sizes[0]
      return Form(try Shape(sizes), x.elementType)
    },
    kernel: { problem in
      problem.output.elementType == .float32
        ? Polyphase<Float>(problem).work() : Polyphase<Double>(problem).work()
    },
    derivative: .rule { step in
      let (x, h, g) = (step.inputs[0], step.inputs[1], step.gradient)
      let (axis, offset) = (step.attributes.axes[0], step.attributes.starts[0])
      let back = Attributes(
        axes: [axis], sizes: [x.shape[axis]], starts: [h.shape.count - 1 - offset],
        steps: step.attributes.steps.reversed())
      return [
        step.wanted[0] ? try upfirdn.applied([g, h.flipped()], back) : nil,
        step.wanted[1] ? try slope(ofFilter: h.shape.count, x, g, step.attributes) : nil,
      ]
    },
    batching: .rule { operation, operands, batched, attributes in
      var shifted = attributes
      shifted.axes = [attributes.axes[0] + 1]
      guard batched[1] else { return try operation.applied(operands, shifted) }
      let results = try (0..<operands[1].shape[0]).map { place in
        let x = batched[0] ? try operands[0].element(at: place) : operands[0]
        return try operation.applied([x, operands[1].element(at: place)], attributes)
      }
      return try Tensor.stacked(results)
    }
  ).counting { forms, attributes in
    let places = forms[0].shape.count / Swift.max(forms[0].shape[attributes.axes[0]], 1)
    return places.timesSaturated(attributes.sizes[0]).timesSaturated(forms[1].shape.count)
      / Swift.max(attributes.steps[0], 1)
  }

  /// The gradient for a filter: for each of its numbers the places of the signal that it weighs.
  private static func slope(
    ofFilter count: Int, _ x: Tensor, _ g: Tensor, _ attributes: Attributes
  ) throws -> Tensor {
    let (axis, up, down) = (attributes.axes[0], attributes.steps[0], attributes.steps[1])
    // Where no place is weighed: behind the last, since a negative one would count from the end.
    let outside = x.shape[axis]
    let places = (0..<count).flatMap { number in
      (0..<g.shape[axis]).map { place in
        let from = place * down + attributes.starts[0] - number
        return from >= 0 && from % up == 0 ? from / up : outside
      }
    }
    let pieces = try gather.applied(
      [x, Tensor(places, shape: [count, g.shape[axis]])], Attributes(axes: [axis]))
    let products = try pieces.multiplying(g.expanded(at: axis))
    return try products.sum(axes: (0..<products.shape.rank).filter { $0 != axis })
  }

  /// Overlapping pieces along the last axis: `sizes` holds their size, `steps` their distance.
  public static let frames: Operation = Operation(
    "frames", "Overlapping pieces along the last axis: y[f, k] = x[f step + k].",
    rule: { forms, attributes in
      let (size, step) = (attributes.sizes[0], attributes.steps[0])
      guard size >= 1, step >= 1 else {
        throw TensorError("value/range", "a piece has at least one sample, and so has a step")
      }
      let length = forms[0].shape.sizes.last ?? 0
      guard length >= size else {
        throw TensorError(
          "shape/sound", "a sound of \(length) samples has no piece of \(size)",
          help: ["pad it, or take a smaller size"])
      }
      let pieces = [(length - size) / step + 1, size]
      return Form(try Shape(forms[0].shape.sizes.dropLast() + pieces), forms[0].elementType)
    },
    kernel: { FrameWork.frames($0) },
    derivative: .rule { step in
      let size = step.inputs[0].shape.sizes.last ?? 0
      return [
        try overlap.applied(
          [step.gradient], Attributes(sizes: [size], steps: step.attributes.steps))
      ]
    },
    batching: .leading)

  /// Pieces added up where they lie: `sizes` holds the length, `steps` their distance.
  public static let overlap: Operation = Operation(
    "overlap", "Pieces added up where they lie: y[t] = Σ x[f, t − f step].",
    rule: { forms, attributes in
      let (length, step, given) = (attributes.sizes[0], attributes.steps[0], forms[0].shape)
      guard given.rank >= 2, step >= 1 else {
        throw TensorError(
          "shape/sound", "pieces have shape [pieces, samples], not \(given)")
      }
      let (count, size) = (given[given.rank - 2], given[given.rank - 1])
      let end = count == 0 ? 0 : (count - 1).timesSaturated(step)
      guard length >= 0, end <= length - (count == 0 ? 0 : size) else {
        throw TensorError(
          "shape/sound", "\(count) pieces of \(size), one every \(step), are longer than \(length)")
      }
      return Form(try Shape(given.sizes.dropLast(2) + [length]), forms[0].elementType)
    },
    kernel: { OverlapWork.work(of: $0.output.elementType, $0) },
    derivative: .rule { step in
      let shape = step.inputs[0].shape
      let (count, size) = (shape[shape.rank - 2], shape[shape.rank - 1])
      let every = step.attributes.steps[0]
      guard count > 0, size > 0 else {
        return [try Tensor(repeating: 0.0, shape: shape.sizes, type: step.gradient.elementType)]
      }
      let whole = Array(repeating: Slice(), count: shape.rank - 2)
      let part = try step.gradient.sliced(whole + [Slice(to: (count - 1) * every + size)])
      return [try frames.applied([part], Attributes(sizes: [size], steps: [every]))]
    },
    batching: .leading)

  /// The middle element of each window; `sizes` holds the odd size of a window along each axis.
  public static let windowMedian: Operation = Operation(
    "window_median", "The median of each window of odd sizes; NaN where one stands in it.",
    rule: { forms, attributes in
      let (x, windows) = (forms[0], attributes.sizes)
      guard x.elementType.isFloat else {
        throw TensorError("type/float", "a median of windows needs fractions")
      }
      let count = windows.reduce(1) { $0.timesSaturated($1) }
      guard windows.count == x.shape.rank, windows.allSatisfy({ $0 >= 1 && $0 % 2 == 1 }),
        count <= Windowing.limit
      else {
        throw TensorError(
          "value/range",
          "a median needs windows of odd sizes and at most \(Windowing.limit) places, not \(windows)"
        )
      }
      guard zip(x.shape.sizes, windows).allSatisfy({ $0 >= $1 }) else {
        throw TensorError(
          "shape/window", "windows of \(windows) do not fit into shape \(x.shape)")
      }
      return Form(try Shape(zip(x.shape.sizes, windows).map { $0 - $1 + 1 }), x.elementType)
    },
    kernel: { problem in
      problem.output.elementType == .float32
        ? MedianKernel<Float>(problem).work() : MedianKernel<Double>(problem).work()
    },
    derivative: .rule { step in
      // The gradient goes to the elements that are the median; equal ones share it.
      let (x, windows) = (step.inputs[0], step.attributes.sizes)
      let starts = Windows.starts(windows)
      let hits = try starts.map { start in
        try x.sliced(zip(start, step.output.shape.sizes).map { Slice(from: $0, to: $0 + $1) })
          .equal(to: step.output).cast(to: x.elementType)
      }
      let count = try hits.dropFirst().reduce(hits[0]) { try $0.adding($1) }.maximum(1.0)
      let share = try step.gradient.dividing(count)
      let parts = try zip(starts, hits).map { start, hit in
        let after = zip(windows, start).map { $0 - 1 - $1 }
        return try share.multiplying(hit).padded(before: start, after: after)
      }
      return [try parts.dropFirst().reduce(parts[0]) { try $0.adding($1) }]
    },
    batching: .rule { operation, operands, _, attributes in
      var shifted = attributes
      shifted.sizes = [1] + attributes.sizes
      return try operation.applied(operands, shifted)
    })
}

/// The places of windows.
enum Windows {
  /// The places of a window along each axis, the last axis fastest.
  static func starts(_ sizes: [Int]) -> [[Int]] {
    sizes.reduce([[]]) { starts, size in
      starts.flatMap { start in (0..<size).map { start + [$0] } }
    }
  }
}
