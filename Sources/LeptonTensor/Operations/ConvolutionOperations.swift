// Convolution, and what its derivatives are made of. The three are linear in each operand, and the
// derivative of each consists of the two others. Settings are those of `Windowing`; `sizes` names the
// height and width that the shapes of the operands leave open.

extension Operation {
  static let convolutions: [Operation] = [
    convolution, convolutionInput, convolutionFilters,
  ]

  /// The convolution.
  public static let convolution: Operation = convolving(
    "convolution",
    "Σ x[n, s i + d a − p, s j + d b − p, c] w[a, b, c, k] over a window and the channels c of the group.",
    ConvolutionWork.self,
    sizes: { forms, attributes in
      try Convolution(forms[0].shape.sizes, forms[1].shape.sizes, Windowing(attributes))
    },
    result: \.outputSizes,
    derivative: { step in
      let (x, w, g) = (step.inputs[0], step.inputs[1], step.gradient)
      return [
        try step.wanted[0]
          ? convolutionInput.applied([g, w], step.attributes.with(sizes: x.shape.picture)) : nil,
        try step.wanted[1]
          ? convolutionFilters.applied([x, g], step.attributes.with(sizes: w.shape.window)) : nil,
      ]
    })

  /// The transposed convolution.
  public static let convolutionInput: Operation = convolving(
    "convolution_input",
    "The gradient of a convolution for its input, from that for its output and the filters.",
    ConvolutionInputWork.self,
    sizes: { forms, attributes in
      let (g, w) = (forms[0].shape.sizes, forms[1].shape.sizes)
      guard g.count == 4, w.count == 4, attributes.sizes.count == 2 else { throw misfit(forms) }
      let inputs = try Shape([w[2], Swift.max(attributes.axes.first ?? 1, 1)]).count
      let convolution = try Convolution(
        [g[0]] + attributes.sizes + [inputs], w, Windowing(attributes))
      guard g == convolution.outputSizes else { throw misfit(forms) }
      return convolution
    },
    result: \.inputSizes,
    derivative: { step in
      let (g, w, slope) = (step.inputs[0], step.inputs[1], step.gradient)
      return [
        try step.wanted[0]
          ? convolution.applied([slope, w], step.attributes.with(sizes: [])) : nil,
        try step.wanted[1]
          ? convolutionFilters.applied([slope, g], step.attributes.with(sizes: w.shape.window))
          : nil,
      ]
    })

  /// The gradient for the filters.
  public static let convolutionFilters: Operation = convolving(
    "convolution_filters",
    "The gradient of a convolution for its filters, from its input and the gradient for its output.",
    ConvolutionFiltersWork.self,
    sizes: { forms, attributes in
      let (x, g) = (forms[0].shape.sizes, forms[1].shape.sizes)
      let groups = Swift.max(attributes.axes.first ?? 1, 1)
      guard x.count == 4, g.count == 4, attributes.sizes.count == 2 else { throw misfit(forms) }
      let convolution = try Convolution(
        x, attributes.sizes + [x[3] / groups, g[3]], Windowing(attributes))
      guard g == convolution.outputSizes else { throw misfit(forms) }
      return convolution
    },
    result: \.filterSizes,
    derivative: { step in
      let (x, g, slope) = (step.inputs[0], step.inputs[1], step.gradient)
      return [
        try step.wanted[0]
          ? convolutionInput.applied([g, slope], step.attributes.with(sizes: x.shape.picture))
          : nil,
        try step.wanted[1]
          ? convolution.applied([x, slope], step.attributes.with(sizes: [])) : nil,
      ]
    })

  private static func misfit(_ forms: [Form]) -> TensorError {
    TensorError(
      "shape/channels",
      "shapes \(forms[0].shape) and \(forms[1].shape) do not belong to one convolution")
  }

  private static func convolving<K: ConvolutionKernel>(
    _ name: String, _ document: String, _ kernel: K.Type,
    sizes: @escaping @Sendable ([Form], Attributes) throws -> Convolution,
    result: @escaping @Sendable (Convolution) -> [Int],
    derivative: @escaping @Sendable (Linearization) throws -> [Tensor?]
  ) -> Operation {
    Operation(
      name, document,
      rule: { forms, attributes in
        guard forms[0].elementType == forms[1].elementType, forms[0].elementType.isFloat else {
          throw TensorError("type/float", "\(name) needs fractions of one type")
        }
        return Form(
          try Shape(result(try sizes(forms, attributes))), forms[0].elementType)
      },
      kernel: { problem in
        guard let sizes = try? sizes(problem.inputs, problem.attributes) else {
          return Work { _, _ in }
        }
        return problem.output.elementType == .float32
          ? K.single(sizes) : K.plain(sizes, Double.self)
      },
      derivative: .rule(derivative),
      batching: .rule { operation, operands, batched, attributes in
        try ConvolutionBatch(operands, batched, attributes)
          .result(of: operation, mergesExamples: name != "convolution_filters")
      }
    ).counting { forms, attributes in
      (try? sizes(forms, attributes))?.multiplyAdds ?? 0
    }
  }
}

/// The work of one of the three operations.
protocol ConvolutionKernel: SendableMetatype {
  /// The work for float32.
  static func single(_ sizes: Convolution) -> Work
  /// The work by plain loops, for any type and any sizes.
  static func plain<T: Arithmetic>(_ sizes: Convolution, _ type: T.Type) -> Work
}

extension Convolution {
  /// How many products are added up; the largest number if it has no room.
  var multiplyAdds: Int {
    (outputSizes + filterSizes.dropLast()).reduce(1) { $0.timesSaturated($1) }
  }
}

extension Attributes {
  fileprivate func with(sizes: [Int]) -> Attributes {
    var result = self
    result.sizes = sizes
    return result
  }
}

extension Shape {
  /// Height and width of pictures.
  fileprivate var picture: [Int] { Array(sizes[1...2]) }
  /// Height and width of filters.
  fileprivate var window: [Int] { Array(sizes[0...1]) }
}

/// Convolutions of a batch of operands as one: with a batch of examples where the filters are the
/// same, else with a group of channels for each place of the batch.
private struct ConvolutionBatch {
  let operands: [Tensor]
  let batched: [Bool]
  let attributes: Attributes
  let count: Int

  init(_ operands: [Tensor], _ batched: [Bool], _ attributes: Attributes) {
    self.operands = operands
    self.batched = batched
    self.attributes = attributes
    count = zip(operands, batched).first { $1 }?.0.shape[0] ?? 1
  }

  func result(of operation: Operation, mergesExamples: Bool) throws -> Tensor {
    if mergesExamples, batched == [true, false] {
      let sizes = operands[0].shape.sizes
      let merged = try operands[0].reshaped(to: [sizes[0] * sizes[1]] + sizes.dropFirst(2))
      let result = try operation.applied([merged, operands[1]], attributes)
      return try result.reshaped(to: Array(sizes.prefix(2)) + result.shape.sizes.dropFirst())
    }
    var grouped = attributes
    grouped.axes = [try Shape([attributes.axes.first ?? 1, count]).count]
    let parts = try zip(operands, batched).map { operand, isBatched in
      try (isBatched ? operand : operand.repeated(count)).withBatchAmongChannels()
    }
    let result = try operation.applied(parts, grouped)
    var sizes = result.shape.sizes
    let channels = sizes.removeLast()
    let split = try result.reshaped(to: sizes + [count, count > 0 ? channels / count : 0])
    return try split.transposed(axes: [3, 0, 1, 2, 4])
  }
}

extension Tensor {
  /// `[b, …, c]` as `[…, b·c]`.
  fileprivate func withBatchAmongChannels() throws -> Tensor {
    let last = shape.rank - 1
    let turned = try transposed(axes: Array(1..<last) + [0, last])
    return try turned.reshaped(
      to: Array(turned.shape.sizes.dropLast(2)) + [Shape([shape[0], shape[last]]).count])
  }
}
