// Connectionist temporal classification. Operands: log-probabilities `[batch, time, classes]`, labels
// `[batch, most labels]`, and for each example its frames and its labels, `[batch]`; whole numbers are
// int64. The attribute `sizes` is `[blank]`.

extension Operation {
  static let alignments: [Operation] = [alignment, alignmentSlopes]

  /// Losses of alignments.
  public static let alignment = Operation(
    "ctc",
    "−log of the probability that frames say labels, with blanks between (Graves and others 2006).",
    rule: { forms, attributes in
      try checkAlignment(forms, attributes)
      return Form(try Shape([forms[0].shape[0]]), forms[0].elementType)
    },
    kernel: { problem in
      problem.output.elementType == .float32
        ? AlignmentKernel<Float>(problem).losses() : AlignmentKernel<Double>(problem).losses()
    },
    derivative: .rule { step in
      let slopes = try alignmentSlopes.applied(step.inputs, step.attributes)
      let weights = try step.gradient.reshaped(to: [slopes.shape[0], 1, 1])
      return [try slopes.multiplying(weights), nil, nil, nil]
    },
    batching: .sequences(weights: []))

  /// Their gradients by the log-probabilities.
  public static let alignmentSlopes = Operation(
    "ctc_slopes",
    "The gradients of ctc by the log-probabilities; zeros where the labels are impossible.",
    rule: { forms, attributes in
      try checkAlignment(forms, attributes)
      return forms[0]
    },
    kernel: { problem in
      problem.output.elementType == .float32
        ? AlignmentKernel<Float>(problem).slopes() : AlignmentKernel<Double>(problem).slopes()
    },
    derivative: .rule { step in
      guard step.output.shape.count > 0 else { return [nil, nil, nil, nil] }
      let frames = try step.inputs[0].distinct()
      let losses = try UnrolledAlignment(
        frames, Array(step.inputs[1...]), blank: step.attributes.sizes[0]
      ).losses()
      let ones = try Tensor(
        repeating: 1.0, shape: losses.shape.sizes, type: frames.elementType)
      let slopes = try pullback(of: losses, ones, withRespectTo: [frames])[0]
      return try pullback(of: slopes, step.gradient, withRespectTo: [frames]) + [nil, nil, nil]
    },
    batching: .sequences(weights: []))

  private static func checkAlignment(_ forms: [Form], _ attributes: Attributes) throws {
    let (frames, labels) = (forms[0].shape, forms[1].shape)
    guard frames.rank == 3, labels.rank == 2, frames[0] == labels[0],
      forms[2...].allSatisfy({ $0.shape.sizes == [frames[0]] })
    else {
      throw TensorError(
        "shape/target",
        "frames of shape \(frames) do not go with labels of shape \(labels) and lengths of shapes "
          + forms[2...].map(\.shape.description).joined(separator: " and "),
        help: ["frames are [batch, time, classes], labels [batch, most labels], lengths [batch]"])
    }
    guard forms[1...].allSatisfy({ $0.elementType == .int64 }) else {
      throw TensorError("type/index", "labels and lengths must be whole numbers")
    }
    let blank = attributes.sizes[0]
    guard blank >= 0, blank < frames[2] else {
      throw TensorError(
        "value/range", "the blank \(blank) is none of the \(frames[2]) classes")
    }
  }
}

/// The alignment frame by frame, in operations that state their derivatives themselves.
private struct UnrolledAlignment {
  /// Stands for −∞, which would make derivatives NaN.
  private static let never = -1e30

  private let frames: Tensor
  private let labels: Tensor
  private let times: Tensor
  private let lengths: Tensor
  private let blank: Int
  private let states: Int

  init(_ frames: Tensor, _ others: [Tensor], blank: Int) {
    self.frames = frames
    (labels, times, lengths) = (others[0], others[1], others[2])
    self.blank = blank
    states = 2 * labels.shape[1] + 1
  }

  func losses() throws -> Tensor {
    let (batch, time) = (frames.shape[0], frames.shape[1])
    let places = try Tensor.range(states)
    let classes = try stateClasses()
    let skips = try skips(classes)
    let chosen = try frames.takenAlong(
      classes.expanded(at: 1).broadcast(to: [batch, time, states]), axis: 2)
    var alpha = try Tensor.select(
      places.less(than: 2), chosen.element(at: 0, axis: 1), UnrolledAlignment.never)
    for step in 1..<Swift.max(time, 1) {
      let one = try shifted(alpha, 1)
      let two = try Tensor.select(skips, shifted(alpha, 2), UnrolledAlignment.never)
      let next = try logSum([alpha, one, two]).adding(chosen.element(at: step, axis: 1))
      let counts = try times.greater(than: step).expanded(at: 1)
      alpha = try Tensor.select(counts, next, alpha)
    }
    let last = try lengths.multiplying(2).expanded(at: 1)
    let ends = try places.equal(to: last).or(places.equal(to: last.subtracting(1)))
    let possible = try ends.and(times.greater(than: 0).expanded(at: 1))
    let kept = try Tensor.select(possible, alpha, UnrolledAlignment.never)
    let total = try logSum((0..<states).map { try kept.element(at: $0, axis: 1) })
    return try Tensor.select(total.greater(than: UnrolledAlignment.never / 2), total.negated(), 0.0)
  }

  /// The class of each state, `[batch, states]`.
  private func stateClasses() throws -> Tensor {
    let (batch, count) = (labels.shape[0], labels.shape[1])
    let blanks = try Tensor(repeating: blank, shape: [batch, count])
    // Behind the labels of an example may stand anything.
    let inside = try Tensor.range(count).less(than: lengths.expanded(at: 1))
    let clean = try Tensor.select(inside, labels, blanks)
    let pairs = try Tensor.stacked([blanks, clean], axis: 2).reshaped(to: [batch, 2 * count])
    return try Tensor.concatenated([pairs, Tensor(repeating: blank, shape: [batch, 1])], axis: 1)
  }

  /// Whether a state may follow the one before the last.
  private func skips(_ classes: Tensor) throws -> Tensor {
    let before = try classes.padded(
      before: [0, 2], after: [0, 0], value: Double(blank)
    ).sliced([Slice(), Slice(to: states)])
    return try classes.notEqual(to: blank).and(classes.notEqual(to: before))
  }

  /// The states moved on by some places.
  private func shifted(_ alpha: Tensor, _ places: Int) throws -> Tensor {
    try alpha.padded(before: [0, places], after: [0, 0], value: UnrolledAlignment.never)
      .sliced([Slice(), Slice(to: states)])
  }

  private func logSum(_ parts: [Tensor]) throws -> Tensor {
    let top = try parts.dropFirst().reduce(parts[0]) { try $0.maximum($1) }.stopped()
    let sum = try parts.map { try $0.subtracting(top).exp() }
    return try sum.dropFirst().reduce(sum[0]) { try $0.adding($1) }.log().adding(top)
  }
}
