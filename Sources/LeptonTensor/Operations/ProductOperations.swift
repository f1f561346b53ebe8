// The matrix product. The attribute `sizes` is `[a, b]`, where 1 says that the operand is given
// transposed; empty means `[0, 0]`.

extension Operation {
  static let products: [Operation] = [matmul]

  /// The error of inner sizes that differ, with what would make them fit.
  static func innerMismatch(_ a: Shape, _ b: Shape) -> TensorError {
    let inner = a.sizes.last ?? 1
    let other = b.rank > 1 ? b.sizes[b.rank - 2] : b.sizes.last ?? 1
    var help = "the last axis of the left side must equal the first axis of the right side"
    if b.rank > 1, inner == b.sizes.last {
      help = "the right side would fit transposed"
    } else if a.rank > 1, a.sizes[a.rank - 2] == other {
      help = "the left side would fit transposed"
    } else if a.rank > 1, b.rank > 1, b.sizes.last == a.sizes[a.rank - 2] {
      help = "the two would fit in the other order"
    }
    return TensorError(
      "shape/inner", "the inner sizes of \(a) and \(b) differ: \(inner) and \(other)", help: [help])
  }

  /// The most places along an axis of a matrix, for BLAS counts them with 32 bits.
  private static let sideLimit = Int(Int32.max)

  /// The matrix product.
  public static let matmul: Operation = Operation(
    "matmul", "The matrix product over the last two axes; the axes before them broadcast.",
    rule: { forms, attributes in
      let flags = ProductFlags(attributes)
      let (a, b) = (forms[0].shape, forms[1].shape)
      guard a.rank >= 2, b.rank >= 2 else {
        throw TensorError("shape/inner", "a matrix product needs two axes on each side")
      }
      let (rows, inner) = flags.left(a)
      let (other, columns) = flags.right(b)
      guard inner == other else {
        throw flags.a || flags.b
          ? TensorError("shape/inner", "the inner sizes differ: \(inner) and \(other)")
          : innerMismatch(a, b)
      }
      guard [rows, inner, columns].allSatisfy({ $0 <= sideLimit }) else {
        throw TensorError(
          "shape/size", "matrices of shapes \(a) and \(b) are too large for a product",
          help: ["an axis has at most \(sideLimit) places"])
      }
      let lead = try Shape(Array(a.sizes.dropLast(2)))
        .broadcast(with: Shape(Array(b.sizes.dropLast(2))))
      return Form(try Shape(lead.sizes + [rows, columns]), forms[0].elementType)
    },
    kernel: { problem in ProductKernel(problem).work() },
    derivative: .rule { step in
      let (a, b, g) = (step.inputs[0], step.inputs[1], step.gradient)
      let flags = ProductFlags(step.attributes)
      var parts: [Tensor?] = [nil, nil]
      if step.wanted[0] {
        parts[0] =
          try flags.a
          ? product(b, g, flags.b, true) : product(g, b, false, !flags.b)
      }
      if step.wanted[1] {
        parts[1] =
          try flags.b
          ? product(g, a, true, flags.a) : product(a, g, !flags.a, false)
      }
      return [try parts[0]?.summed(to: a.shape), try parts[1]?.summed(to: b.shape)]
    },
    batching: .rule { operation, operands, batched, attributes in
      let rank = zip(operands, batched).map { $0.shape.rank - ($1 ? 1 : 0) }.max() ?? 2
      let aligned = try zip(operands, batched).map { try $1 ? $0.withInnerRank(rank) : $0 }
      return try operation.applied(aligned, attributes)
    }
  ).counting { forms, attributes in
    guard let result = try? matmul.rule(forms, attributes) else { return 0 }
    return result.shape.count.timesSaturated(ProductFlags(attributes).left(forms[0].shape).1)
  }

  private static func product(_ a: Tensor, _ b: Tensor, _ ta: Bool, _ tb: Bool) throws -> Tensor {
    try matmul.applied([a, b], ProductFlags(a: ta, b: tb).attributes)
  }
}

/// Which operands of a matrix product are given transposed.
struct ProductFlags: Hashable, Sendable {
  let a: Bool
  let b: Bool

  init(a: Bool, b: Bool) {
    self.a = a
    self.b = b
  }

  init(_ attributes: Attributes) {
    a = attributes.sizes.first == 1
    b = attributes.sizes.last == 1
  }

  var attributes: Attributes { Attributes(sizes: a || b ? [a ? 1 : 0, b ? 1 : 0] : []) }

  /// Rows and inner size of the left operand.
  func left(_ shape: Shape) -> (Int, Int) {
    let (first, last) = (shape[shape.rank - 2], shape[shape.rank - 1])
    return a ? (last, first) : (first, last)
  }

  /// Inner size and columns of the right operand.
  func right(_ shape: Shape) -> (Int, Int) {
    let (first, last) = (shape[shape.rank - 2], shape[shape.rank - 1])
    return b ? (last, first) : (first, last)
  }
}
