import Glibc

// Operations that move elements without computing with them.

extension Operation {
  static let structures: [Operation] = [
    reshape, transpose, broadcast, slice, unslice, concatenate, pad,
  ]

  /// Another shape.
  public static let reshape = Operation(
    "reshape", "The same elements, in the same order, in another shape.",
    rule: { forms, attributes in Form(try Shape(attributes.sizes), forms[0].elementType) },
    kernel: { problem in
      let tiling = Tiling(problem.output.shape)
      let row = problem.output.byteCount / Swift.max(tiling.rows, 1)
      let access = Access.tiled(bytes: tiling.rowsPerTile * row)
      return Work(tiles: tiling.count, accesses: [access, access]) { memory, tile in
        let range = tiling.range(tile)
        memcpy(
          memory.output + range.lowerBound * row, memory.input(0) + range.lowerBound * row,
          range.count * row)
      }
    },
    derivative: .unary { x, _, g in try g.reshaped(to: x.shape.sizes) },
    batching: .rule { operation, operands, _, attributes in
      try operands[0].reshaped(to: [operands[0].shape[0]] + attributes.sizes)
    })

  /// Axes in another order.
  public static let transpose = Operation(
    "transpose", "The axes in another order.",
    rule: { forms, attributes in
      Form(try Shape(attributes.axes.map { forms[0].shape[$0] }), forms[0].elementType)
    },
    kernel: { problem in
      let strides = problem.inputs[0].shape.strides
      return copy(problem, from: 0, strides: problem.attributes.axes.map { strides[$0] })
    },
    derivative: .rule { step in
      var back = step.attributes.axes
      for (place, axis) in step.attributes.axes.enumerated() { back[axis] = place }
      return [try step.gradient.transposed(axes: back)]
    },
    batching: .rule { operation, operands, _, attributes in
      try operands[0].transposed(axes: [0] + attributes.axes.map { $0 + 1 })
    })

  /// Repetition.
  public static let broadcast: Operation = Operation(
    "broadcast", "The elements repeated along new axes and axes of size 1.",
    rule: { forms, attributes in Form(try Shape(attributes.sizes), forms[0].elementType) },
    kernel: { problem in
      let loop = identity.blockLoop?(problem.output.elementType, Attributes())
      let steps = loop.map {
        [BlockProgram.Instruction(loop: $0, target: .output(0), sources: [.operand(0)])]
      }
      return BlockProgram(
        operands: problem.inputs, outputs: [problem.output], instructions: steps ?? [], registers: 0
      ).work()
    },
    derivative: .unary { x, _, g in try g.summed(to: x.shape) },
    batching: .rule { operation, operands, _, attributes in
      let own = operands[0].shape.sizes
      let fill = Array(repeating: 1, count: attributes.sizes.count + 1 - own.count)
      return try operands[0].reshaped(to: [own[0]] + fill + own.dropFirst())
        .broadcast(to: [own[0]] + attributes.sizes)
    })

  /// A part.
  public static let slice: Operation = Operation(
    "slice", "Places at regular distances along each axis.",
    rule: { forms, attributes in Form(try Shape(attributes.sizes), forms[0].elementType) },
    kernel: { problem in
      let strides = problem.inputs[0].shape.strides
      let settings = problem.attributes
      let first = zip(settings.starts, strides).reduce(0) { $0 + $1.0 * $1.1 }
      return copy(problem, from: first, strides: zip(settings.steps, strides).map { $0 * $1 })
    },
    derivative: .rule { step in
      var attributes = step.attributes
      attributes.axes = step.inputs[0].shape.sizes
      return [try unslice.applied([step.gradient], attributes)]
    },
    batching: .rule { operation, operands, _, attributes in
      try operation.applied(operands, attributes.withLeadingAxis(operands[0].shape[0]))
    })

  /// A part put back.
  public static let unslice: Operation = Operation(
    "unslice",
    "Zeros with the elements put at the places that a slice takes; the inverse of slice.",
    rule: { forms, attributes in Form(try Shape(attributes.axes), forms[0].elementType) },
    kernel: { problem in
      let strides = problem.output.shape.strides
      let settings = problem.attributes
      let copy = StridedCopy(
        sizes: settings.sizes, from: 0, fromStrides: problem.inputs[0].shape.strides,
        to: zip(settings.starts, strides).reduce(0) { $0 + $1.0 * $1.1 },
        toStrides: zip(settings.steps, strides).map { $0 * $1 },
        elementBytes: problem.output.elementType.byteCount)
      let bytes = problem.output.byteCount
      return Work(accesses: [.whole, .whole]) { memory, _ in
        memset(memory.output, 0, bytes)
        copy.run(memory.input(0), memory.output)
      }
    },
    derivative: .rule { step in
      var attributes = step.attributes
      attributes.axes = []
      return [try slice.applied([step.gradient], attributes)]
    },
    batching: .rule { operation, operands, _, attributes in
      var attributes = attributes.withLeadingAxis(operands[0].shape[0])
      attributes.axes.insert(operands[0].shape[0], at: 0)
      return try operation.applied(operands, attributes)
    })

  /// Tensors joined.
  public static let concatenate = Operation(
    "concatenate", "Tensors joined along an axis.",
    rule: { forms, attributes in
      let axis = attributes.axes[0]
      var sizes = forms[0].shape.sizes
      sizes[axis] = 0
      for form in forms {
        var own = form.shape.sizes
        guard own.count == sizes.count else { throw misfit(forms) }
        sizes[axis] += own[axis]
        own[axis] = sizes[axis]
        guard own == sizes else { throw misfit(forms) }
      }
      return Form(try Shape(sizes), forms[0].elementType)
    },
    kernel: { problem in
      let axis = problem.attributes.axes[0]
      let strides = problem.output.shape.strides
      var start = 0
      var copies: [StridedCopy] = []
      for form in problem.inputs {
        copies.append(
          StridedCopy(
            sizes: form.shape.sizes, from: 0, fromStrides: form.shape.strides, to: start,
            toStrides: strides, elementBytes: form.elementType.byteCount))
        start += form.shape[axis] * strides[axis]
      }
      let parts = copies
      return Work(accesses: Array(repeating: .whole, count: parts.count + 1)) { memory, _ in
        for index in parts.indices { parts[index].run(memory.input(index), memory.output) }
      }
    },
    derivative: .rule { step in
      let axis = step.attributes.axes[0]
      var start = 0
      return try step.inputs.map { input in
        var slices = Array(repeating: Slice(), count: axis)
        slices.append(Slice(from: start, to: start + input.shape[axis]))
        start += input.shape[axis]
        return try step.gradient.sliced(slices)
      }
    },
    batching: .rule { operation, operands, batched, attributes in
      let size = zip(operands, batched).first { $1 }?.0.shape[0] ?? 1
      let all = try zip(operands, batched).map { $1 ? $0 : try $0.repeated(size) }
      return try operation.applied(all, Attributes(axes: [attributes.axes[0] + 1]))
    })

  /// A margin.
  public static let pad = Operation(
    "pad", "The tensor with a number put before and after each axis.",
    rule: { forms, attributes in
      let shape = forms[0].shape
      guard attributes.starts.count == shape.rank, attributes.sizes.count == shape.rank,
        (attributes.starts + attributes.sizes).allSatisfy({ $0 >= 0 && $0 <= Shape.limit })
      else {
        throw TensorError(
          "shape/pad",
          "margins \(attributes.starts) and \(attributes.sizes) do not fit shape \(shape)")
      }
      let sizes = shape.sizes.indices.map {
        shape[$0] + attributes.starts[$0] + attributes.sizes[$0]
      }
      return Form(try Shape(sizes), forms[0].elementType)
    },
    kernel: { problem in
      let strides = problem.output.shape.strides
      let copy = StridedCopy(
        sizes: problem.inputs[0].shape.sizes, from: 0,
        fromStrides: problem.inputs[0].shape.strides,
        to: zip(problem.attributes.starts, strides).reduce(0) { $0 + $1.0 * $1.1 },
        toStrides: strides, elementBytes: problem.output.elementType.byteCount)
      let value = problem.attributes.numbers.first ?? 0
      let count = problem.output.shape.count
      func make<T: Arithmetic>(_ type: T.Type) -> Work {
        Work(accesses: [.whole, .whole]) { memory, _ in
          memory.output(as: T.self).update(repeating: T(converting: value), count: count)
          copy.run(memory.input(0), memory.output)
        }
      }
      return make(problem.output.elementType.arithmetic)
    },
    derivative: .rule { step in
      let slices = step.inputs[0].shape.sizes.enumerated().map { axis, size in
        Slice(from: step.attributes.starts[axis], to: step.attributes.starts[axis] + size)
      }
      return [try step.gradient.sliced(slices)]
    },
    batching: .rule { operation, operands, _, attributes in
      var attributes = attributes
      attributes.starts.insert(0, at: 0)
      attributes.sizes.insert(0, at: 0)
      return try operation.applied(operands, attributes)
    })

  private static func misfit(_ forms: [Form]) -> TensorError {
    TensorError(
      "shape/concatenate",
      "shapes \(forms.map(\.shape.description).joined(separator: " and ")) cannot be joined",
      help: ["all axes but the one along which they are joined must be equal"])
  }

  private static func copy(_ problem: Problem, from first: Int, strides: [Int]) -> Work {
    let shape = problem.output.shape
    let copy = StridedCopy(
      sizes: shape.sizes, from: first, fromStrides: strides, to: 0, toStrides: shape.strides,
      elementBytes: problem.output.elementType.byteCount)
    return Work(accesses: [.whole, .whole]) { memory, _ in
      copy.run(memory.input(0), memory.output)
    }
  }
}

extension Attributes {
  /// The slice with a leading axis that it takes whole.
  fileprivate func withLeadingAxis(_ size: Int) -> Attributes {
    var result = self
    result.sizes.insert(size, at: 0)
    result.starts.insert(0, at: 0)
    result.steps.insert(1, at: 0)
    return result
  }
}
