// How rows of operations on matrices are made. A matrix is what the last two axes hold; the axes
// before them are a batch. What has several parts is packed into one last axis, see `Packing`.

/// What a matrix must be.
enum MatrixDemand {
  case any, square
}

extension Operation {
  /// Makes the row of an operation on matrices; `result` says what takes the place of both axes.
  static func matrices<K: MatrixKernel>(
    _ name: String, _ document: String, _ demand: MatrixDemand, _ kernel: K.Type,
    result: @escaping @Sendable (MatrixShape, Attributes) throws -> [Int],
    derivative: Derivative
  ) -> Operation {
    Operation(
      name, document,
      rule: { forms, attributes in
        let shape = try MatrixShape(checking: forms[0], for: name, demand)
        return Form(
          try Shape(shape.lead + result(shape, attributes)), forms[0].elementType)
      },
      kernel: { K.work($0) }, derivative: derivative, batching: .leading)
  }

  /// Makes the row of an operation on a matrix A and the columns of B, with a result for each.
  static func columns<K: MatrixKernel>(
    _ name: String, _ document: String, _ demand: MatrixDemand, _ kernel: K.Type,
    derivative: Derivative
  ) -> Operation {
    Operation(
      name, document,
      rule: { forms, _ in
        let a = try MatrixShape(checking: forms[0], for: name, demand)
        let b = try MatrixShape(checking: forms[1], for: name, .any)
        guard a.m == b.m else {
          throw TensorError(
            "shape/inner",
            "\(name): \(forms[0].shape) and \(forms[1].shape) have \(a.m) and \(b.m) rows",
            help: ["the right side needs one row for each row of the matrix"])
        }
        guard a.lead == b.lead, forms[0].elementType == forms[1].elementType else {
          throw TensorError(
            "shape/batch", "\(name): the batches of \(forms[0].shape) and \(forms[1].shape) differ")
        }
        return Form(try Shape(a.lead + [a.n, b.n]), forms[0].elementType)
      },
      kernel: { K.work($0) }, derivative: derivative,
      batching: .rule { operation, operands, batched, attributes in
        let size = (batched[0] ? operands[0] : operands[1]).shape[0]
        return try operation.applied(
          try zip(operands, batched).map { $1 ? $0 : try $0.repeated(size) }, attributes)
      })
  }
}

extension Batching {
  /// Itself, for operations that treat every leading axis as a batch.
  static let leading = Batching.rule { operation, operands, _, attributes in
    try operation.applied(operands, attributes)
  }
}

extension MatrixShape {
  /// The most rows or columns that a matrix may have for LAPACK, whose counts have 32 bits.
  static let sideLimit = 1 << 14

  /// The matrices of a form.
  ///
  /// Throws `shape/matrix` if there are none, `shape/square` and `shape/size` if they do not fit.
  init(checking form: Form, for name: String, _ demand: MatrixDemand) throws {
    guard form.shape.rank >= 2 else {
      throw TensorError(
        "shape/matrix", "\(name) needs a matrix, and shape \(form.shape) has no two axes")
    }
    guard form.elementType.isFloat else {
      throw TensorError("type/float", "\(name) needs fractions, not \(form.elementType.rawValue)")
    }
    self.init(form.shape)
    guard demand == .any || m == n else {
      throw TensorError(
        "shape/square", "\(name) needs square matrices, and those of shape \(form.shape) are not",
        help: ["the last two axes must be equal"])
    }
    guard Swift.max(m, n) <= MatrixShape.sideLimit else {
      throw TensorError(
        "shape/size",
        "\(name) takes matrices of at most \(MatrixShape.sideLimit) rows and columns, not \(m) × \(n)"
      )
    }
  }
}

/// The parts of a result that stand one after the other in its last axis.
enum Packing {
  /// Eigenvalues and eigenvectors.
  static func eigen(_ shape: MatrixShape) -> [[Int]] { [[shape.n], [shape.n, shape.n]] }

  /// U, S and Vᵀ.
  static func singular(_ shape: MatrixShape, _ attributes: Attributes) -> [[Int]] {
    let isFull = attributes.sizes == [1]
    return [
      [shape.m, isFull ? shape.m : shape.k], [shape.k], [isFull ? shape.n : shape.k, shape.n],
    ]
  }

  /// Q and R.
  static func qr(_ shape: MatrixShape, _ attributes: Attributes) -> [[Int]] {
    let inner = attributes.sizes == [1] ? shape.m : shape.k
    return [[shape.m, inner], [inner, shape.n]]
  }

  /// The size of the axis that holds the parts.
  static func size(_ parts: [[Int]]) -> [Int] { [parts.reduce(0) { $0 + $1.reduce(1, *) }] }
}

extension Tensor {
  /// The parts of the last axis, each in its shape.
  func unpacked(_ parts: [[Int]]) throws -> [Tensor] {
    let lead = Array(shape.sizes.dropLast())
    var start = 0
    return try parts.map { part in
      let count = part.reduce(1, *)
      defer { start += count }
      let slices = lead.map { _ in Slice() } + [Slice(from: start, to: start + count)]
      return try sliced(slices).reshaped(to: lead + part)
    }
  }

  /// The tensor with zeros above the diagonal of its matrices, and half of what stands on it.
  func halvedLower() throws -> Tensor {
    let n = shape[shape.rank - 1]
    let (rows, columns) = (try Tensor.range(n).expanded(at: 1), try Tensor.range(n))
    let below = try rows.greater(than: columns).cast(to: elementType)
    return try multiplying(below.adding(Tensor.unit(n, elementType).multiplying(0.5)))
  }

  /// The tensor with zeros below the diagonal of its matrices.
  func upper() throws -> Tensor {
    let (m, n) = (shape[shape.rank - 2], shape[shape.rank - 1])
    let kept = try Tensor.range(m).expanded(at: 1).lessOrEqual(to: Tensor.range(n))
    return try Tensor.select(kept, self, 0.0)
  }

  /// The elements of the last axis as diagonals of matrices.
  func asDiagonals() throws -> Tensor {
    try expanded(at: -1).multiplying(Tensor.unit(shape[shape.rank - 1], elementType))
  }

  /// 1 divided by each element, and 0 for elements that are 0.
  func reciprocalOrZero() throws -> Tensor {
    let isZero = try equal(to: 0.0)
    let divisor = try Tensor.select(isZero, 1.0, self)
    return try Tensor.select(isZero, 0.0, Tensor.quotient(1.0, divisor))
  }

  /// The unit matrix.
  static func unit(_ n: Int, _ type: ElementType) throws -> Tensor {
    try Tensor.range(n).expanded(at: 1).equal(to: Tensor.range(n)).cast(to: type)
  }
}
