// Pooling and enlarging of pictures `[batch, height, width, channels]` and of series
// `[batch, length, channels]`, which count as pictures of one row.

extension Tensor {
  /// The largest element of each window, channel by channel.
  ///
  /// Throws `shape/rank`, `shape/window` or `value/range` where sizes do not go together.
  public func maxPooled(_ window: [Int], _ windowing: Windowing) throws -> Tensor {
    if let (source, rise) = lastRise { return try rise(source.maxPooled(window, windowing)) }
    return try asPictures("max_pool") {
      try Operation.maxPool.applied([$0], windowing.attributes(sizes: window))
    }
  }

  /// If the tensor is a step of a trace that adds the same to all places of a channel, or is `relu`: what
  /// it is applied to, and the step.
  ///
  /// Such steps never make a larger element the smaller one, so they may as well be applied to the
  /// largest elements alone, on the way there and back.
  private var lastRise: (Tensor, (Tensor) throws -> Tensor)? {
    guard case .node(let trace, let index) = content, shape.rank >= 3,
      case .operation(let operation, let attributes) = trace[index].kind
    else { return nil }
    let inputs = trace[index].inputs.map(trace.tensor)
    switch operation.name {
    case Operation.relu.name:
      return (inputs[0], { try operation.applied([$0], attributes) })
    case Operation.add.name where inputs[0].shape == shape && inputs[1].shape.isOfChannels:
      return (inputs[0], { try operation.applied([$0, inputs[1]], attributes) })
    default: return nil
    }
  }

  /// The mean of each window, channel by channel; `countsPadding` says whether the zeros of the
  /// padding count as elements.
  ///
  /// Throws what ``maxPooled(_:_:)`` throws.
  public func averagePooled(
    _ window: [Int], _ windowing: Windowing, countsPadding: Bool
  ) throws -> Tensor {
    try asPictures("avg_pool") { x in
      let sizes = [window[0], window[1], 1, x.shape[3]]
      let hasPadding = (windowing.before + windowing.after).contains { $0 > 0 }
      let pooling = try Pooling(
        x.shape.sizes, windowing.attributes(sizes: window), name: "avg_pool")
      var settings = windowing
      settings.groups = Swift.max(x.shape[3], 1)
      let share = hasPadding && !countsPadding ? 1 : 1 / Double(Swift.max(window[0] * window[1], 1))
      let filters = try Tensor(repeating: share, shape: sizes, type: x.elementType)
      let sums = try x.convolved(with: filters, settings)
      return hasPadding && !countsPadding
        ? try sums.multiplying(pooling.shares(x.elementType)) : sums
    }
  }

  /// The means of so many parts of about one size along each axis, as PyTorch cuts them: part i goes
  /// from ⌊i·n/m⌋ up to ⌈(i+1)·n/m⌉.
  ///
  /// Throws `shape/rank`, or `value/range` for sizes below 1.
  public func adaptivelyAveraged(to sizes: [Int]) throws -> Tensor {
    try mappedAlongAxes(to: sizes, "adaptive_avg_pool") { from, to in
      guard from > 0 else { throw emptyAxis("adaptive_avg_pool") }
      return try Tensor.matrix(to, from) { weights in
        for part in 0..<to {
          let (start, end) = (part * from / to, ((part + 1) * from + to - 1) / to)
          for place in start..<end { weights[part * from + place] = 1 / Double(end - start) }
        }
      }
    }
  }

  /// Each place repeated so many times along each axis.
  ///
  /// Throws `shape/rank`, or `value/range` for factors below 1.
  public func enlarged(by factors: [Int]) throws -> Tensor {
    try asPictures("upsample") { x in
      try Tensor.require(factors, "upsample")
      let (n, h, w, c) = (x.shape[0], x.shape[1], x.shape[2], x.shape[3])
      let sizes = try [h, w].enumerated().map { try Shape([$1, factors[$0]]).count }
      return try x.reshaped(to: [n, h, 1, w, 1, c])
        .broadcast(to: [n, h, factors[0], w, factors[1], c])
        .reshaped(to: [n] + sizes + [c])
    }
  }

  /// So many times as large along each axis, each place a weighed mean of its neighbours (bilinear,
  /// with the middles of places in proportion, as Keras has it and PyTorch without `align_corners`).
  ///
  /// Throws what ``enlarged(by:)`` throws.
  public func enlargedSmoothly(by factors: [Int]) throws -> Tensor {
    try Tensor.require(factors, "upsample")
    let axes = shape.rank == 3 ? [1, shape[1]] : shape.rank == 4 ? Array(shape.sizes[1...2]) : []
    let sizes = try zip(axes, factors).map { try Shape([$0, $1]).count }
    return try mappedAlongAxes(to: sizes, "upsample") { from, to in
      guard from > 0 else { throw emptyAxis("upsample") }
      return try Tensor.matrix(to, from) { weights in
        for place in 0..<to {
          let middle = (Double(place) + 0.5) * Double(from) / Double(to) - 0.5
          let low = Swift.max(middle, 0).rounded(.down)
          let share = Swift.max(middle, 0) - low
          let first = Swift.min(Int(low), from - 1)
          weights[place * from + first] += 1 - share
          weights[place * from + Swift.min(first + 1, from - 1)] += share
        }
      }
    }
  }

  /// A matrix of zeros in which a closure puts numbers, row by row.
  private static func matrix(
    _ rows: Int, _ columns: Int, _ fill: (UnsafeMutableBufferPointer<Double>) -> Void
  ) throws -> Tensor {
    try Tensor(form: Form(Shape([rows, columns]), .float64)) { bytes in
      let elements = bytes.bindMemory(to: Double.self)
      elements.update(repeating: 0)
      fill(elements)
    }
  }

  /// Height and width mapped by matrices, which a closure gives for each pair of sizes.
  private func mappedAlongAxes(
    to sizes: [Int], _ name: String, _ weights: (_ from: Int, _ to: Int) throws -> Tensor
  ) throws -> Tensor {
    try asPictures(name) { x in
      try Tensor.require(sizes, name)
      let (n, h, w, c) = (x.shape[0], x.shape[1], x.shape[2], x.shape[3])
      var result = x
      if sizes[1] != w {
        let matrix = try weights(w, sizes[1]).cast(to: x.elementType)
        result = try matrix.matmul(result)
      }
      if sizes[0] != h {
        let matrix = try weights(h, sizes[0]).cast(to: x.elementType)
        result = try matrix.matmul(result.reshaped(to: [n, h, sizes[1] * c]))
      }
      return try result.reshaped(to: [n] + sizes + [c])
    }
  }

  /// Does something with pictures of fractions, to which series are turned and back.
  private func asPictures(_ name: String, _ body: (Tensor) throws -> Tensor) throws -> Tensor {
    let x = try cast(to: elementType.asFloat)
    switch shape.rank {
    case 4: return try body(x)
    case 3: return try body(x.expanded(at: 1)).squeezed(axes: [1])
    default:
      throw TensorError(
        "shape/rank", "\(name) does not take shape \(shape)",
        help: [
          "pictures are [batch, height, width, channels], series [batch, length, channels]",
          "reshape(x, [-1, 28, 28, 1]) gives pictures an axis of one channel",
        ])
    }
  }

  private func emptyAxis(_ name: String) -> TensorError {
    TensorError("shape/empty", "\(name) needs elements along each axis, not shape \(shape)")
  }

  private static func require(_ sizes: [Int], _ name: String) throws {
    guard sizes.count == 2, sizes.allSatisfy({ 1...Windowing.limit ~= $0 }) else {
      throw TensorError(
        "value/range", "\(name): sizes must be from 1 to \(Windowing.limit), not \(sizes)")
    }
  }
}

extension Shape {
  /// Whether a tensor of this shape has one number at most for each channel.
  fileprivate var isOfChannels: Bool { sizes.dropLast().allSatisfy { $0 == 1 } }
}

extension Pooling {
  /// For each window 1 divided by how many places of the input it sees, `[height, width, 1]`.
  fileprivate func shares(_ type: ElementType) throws -> Tensor {
    let columns = (0..<columns.output).map { Double(self.columns.taps(of: $0).count) }
    let shares = (0..<rows.output).flatMap { row in
      columns.map { 1 / (Double(rows.taps(of: row).count) * $0) }
    }
    return try Tensor(shares, shape: [rows.output, columns.count, 1]).cast(to: type)
  }
}
