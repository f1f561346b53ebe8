// The largest element of each window of pictures `[batch, height, width, channels]`. Settings are those
// of `Windowing`; `sizes` names the height and width of a window. Of equal elements the first counts.

extension Operation {
  static let poolings: [Operation] = [maxPool, maxPoolSlope, maxPoolChoice]

  /// The largest element of each window.
  public static let maxPool: Operation = pooling(
    "max_pool", "The largest element of each window, channel by channel; NaN if one is.",
    .largest, result: \.outputSizes,
    derivative: { step in
      [try maxPoolSlope.applied([step.inputs[0], step.gradient], step.attributes)]
    })

  /// Windows' numbers put back.
  public static let maxPoolSlope: Operation = pooling(
    "max_pool_slope",
    "Zeros, with a number for each window added at the place of its largest element.",
    .slope, result: \.inputSizes,
    derivative: { step in
      [nil, try maxPoolChoice.applied([step.inputs[0], step.gradient], step.attributes)]
    })

  /// What another tensor has at the places.
  public static let maxPoolChoice: Operation = pooling(
    "max_pool_choice",
    "For each window what a second tensor holds at the place of the largest element of the first.",
    .choice, result: \.outputSizes,
    derivative: { step in
      [nil, try maxPoolSlope.applied([step.inputs[0], step.gradient], step.attributes)]
    })

  private static func pooling(
    _ name: String, _ document: String, _ kind: PoolingKind,
    result: @escaping @Sendable (Pooling) -> [Int],
    derivative: @escaping @Sendable (Linearization) throws -> [Tensor?]
  ) -> Operation {
    Operation(
      name, document,
      rule: { forms, attributes in
        let pooling = try Pooling(forms[0].shape.sizes, attributes, name: "max_pool")
        let second = kind == .slope ? pooling.outputSizes : pooling.inputSizes
        guard forms.dropFirst().allSatisfy({ $0.shape.sizes == second }) else {
          throw TensorError(
            "shape/window", "\(name): \(forms[1].shape) does not go with \(forms[0].shape)")
        }
        return Form(try Shape(result(pooling)), forms[0].elementType)
      },
      kernel: { problem in
        guard
          let pooling = try? Pooling(
            problem.inputs[0].shape.sizes, problem.attributes, name: name)
        else { return Work { _, _ in } }
        return PoolingWork.work(
          of: problem.output.elementType, pooling, kind, isWide: Processor.isWide)
      },
      derivative: .rule(derivative),
      batching: .rule { operation, operands, batched, attributes in
        let size = zip(operands, batched).first { $1 }?.0.shape[0] ?? 1
        let merged = try zip(operands, batched).map { operand, isBatched in
          let whole = isBatched ? operand : try operand.repeated(size)
          return try whole.reshaped(
            to: [Shape(Array(whole.shape.sizes.prefix(2))).count] + whole.shape.sizes.dropFirst(2))
        }
        let result = try operation.applied(merged, attributes)
        let examples = size > 0 ? result.shape[0] / size : 0
        return try result.reshaped(to: [size, examples] + result.shape.sizes.dropFirst())
      })
  }
}

/// What is made of the largest elements.
enum PoolingKind: Sendable {
  case largest, slope, choice
}

/// Windows over pictures of given sizes.
struct Pooling: Sendable {
  let batch: Int
  let channels: Int
  let rows: WindowAxis
  let columns: WindowAxis

  /// Checks and makes windows.
  ///
  /// Throws `shape/rank`, `shape/window` or `value/range` where sizes do not go together.
  init(_ x: [Int], _ attributes: Attributes, name: String) throws {
    guard x.count == 4, attributes.sizes.count == 2 else {
      throw TensorError(
        "shape/rank", "\(name) takes pictures [batch, height, width, channels], not shape \(x)")
    }
    let windowing = Windowing(attributes)
    batch = x[0]
    channels = x[3]
    rows = try WindowAxis(windowing, 0, input: x[1], window: attributes.sizes[0], name: name)
    columns = try WindowAxis(windowing, 1, input: x[2], window: attributes.sizes[1], name: name)
    for axis in [rows, columns] {
      guard axis.before < axis.window, axis.after < axis.window, axis.dilation == 1, axis.input > 0
      else {
        throw TensorError(
          "shape/window",
          "\(name): each window must see an element, but a padding of \(axis.before) and "
            + "\(axis.after) is not smaller than a window of \(axis.window)")
      }
    }
  }

  /// The shape of the input.
  var inputSizes: [Int] { [batch, rows.input, columns.input, channels] }
  /// The shape of the output.
  var outputSizes: [Int] { [batch, rows.output, columns.output, channels] }
}
