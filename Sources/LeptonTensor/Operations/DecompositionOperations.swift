// Factors of matrices. Where a result would not be unique (equal eigenvalues, equal singular values)
// the derivative counts what is not determined as 0; that is right for all that does not depend on it.

extension Operation {
  static let decompositions: [Operation] = [
    cholesky, qr, eigen, eigenvalues, singular, singularValues,
  ]

  /// L with A = L Lᵀ.
  public static let cholesky: Operation = matrices(
    "cholesky", "The lower triangular L with A = L Lᵀ; only the lower triangle of A is read.",
    .square, CholeskyKernel.self, result: { shape, _ in [shape.n, shape.n] },
    derivative: .unary { _, l, g in
      // Murray 2016, (8): Φ keeps the lower triangle and half of the diagonal.
      let turned = try l.matrixTransposed()
      let inner = try solve.applied([turned, turned.matmul(g).halvedLower()])
      return try solve.applied([turned, inner.matrixTransposed()]).foldedLower()
    })

  /// Q and R with A = Q R, packed.
  public static let qr: Operation = matrices(
    "qr", "Q with orthogonal columns and upper triangular R with A = Q R, packed.", .any,
    QRKernel.self,
    result: { shape, attributes in Packing.size(Packing.qr(shape, attributes)) },
    derivative: .rule { step in
      let shape = MatrixShape(step.inputs[0].shape)
      let parts = Packing.qr(shape, step.attributes)
      guard parts[0][1] == shape.k else {
        throw TensorError(
          "gradient/undefined", "the added columns of a complete Q have no derivative",
          help: ["take the reduced factors"])
      }
      let (y, g) = (try step.output.unpacked(parts), try step.gradient.unpacked(parts))
      if shape.m >= shape.n { return [try throughQR(y[0], y[1], g[0], g[1])] }
      // A = [X Y] with X = Q U and Y = Q V, where R = [U V].
      let cut = [[shape.m, shape.m], [shape.m, shape.n - shape.m]]
      let (r, slope) = (try y[1].columns(cut), try g[1].columns(cut))
      let a = try step.inputs[0].columns(cut)
      let q = try g[0].adding(a[1].matmul(slope[1].matrixTransposed()))
      return [
        try Tensor.concatenated(
          [throughQR(y[0], r[0], q, slope[0]), y[0].matmul(slope[1])], axis: -1)
      ]
    })

  /// Eigenvalues and eigenvectors of symmetric matrices, packed.
  public static let eigen: Operation = matrices(
    "eigh",
    "Ascending eigenvalues and eigenvectors (columns) of symmetric matrices, packed; only the lower "
      + "triangle is read.",
    .square, EigenKernel.self, result: { shape, _ in Packing.size(Packing.eigen(shape)) },
    derivative: .rule { step in
      let parts = Packing.eigen(MatrixShape(step.inputs[0].shape))
      let (y, g) = (try step.output.unpacked(parts), try step.gradient.unpacked(parts))
      let turned = try y[1].matrixTransposed()
      let gaps = try y[0].expanded(at: -2).subtracting(y[0].expanded(at: -1)).reciprocalOrZero()
      let inner = try turned.matmul(g[1]).multiplying(gaps).adding(g[0].asDiagonals())
      return [try y[1].matmul(inner).matmul(turned).foldedLower()]
    })

  /// Eigenvalues of symmetric matrices.
  public static let eigenvalues: Operation = matrices(
    "eigvalsh", "Ascending eigenvalues of symmetric matrices; only the lower triangle is read.",
    .square, EigenKernel.self, result: { shape, _ in [shape.n] },
    derivative: .unary { a, _, g in
      let vectors = try eigen.applied([a]).unpacked(Packing.eigen(MatrixShape(a.shape)))[1]
      return try vectors.multiplying(g.expanded(at: -2))
        .matmul(vectors.matrixTransposed()).foldedLower()
    })

  /// U, S and Vᵀ with A = U S Vᵀ, packed.
  public static let singular: Operation = matrices(
    "svd", "U, descending singular values S and Vᵀ with A = U diag(S) Vᵀ, packed.",
    .any, SingularKernel.self,
    result: { shape, attributes in Packing.size(Packing.singular(shape, attributes)) },
    derivative: .rule { step in
      let shape = MatrixShape(step.inputs[0].shape)
      let parts = Packing.singular(shape, step.attributes)
      guard parts[0][1] == shape.k, parts[2][0] == shape.k else {
        throw TensorError(
          "gradient/undefined", "the added rows and columns of full U and Vᵀ have no derivative",
          help: ["give svd full_matrices=false"])
      }
      return [
        try throughSVD(
          shape, step.output.unpacked(parts), step.gradient.unpacked(parts))
      ]
    })

  /// Singular values.
  public static let singularValues: Operation = matrices(
    "svdvals", "The singular values in descending order.", .any, SingularValuesKernel.self,
    result: { shape, _ in [shape.k] },
    derivative: .unary { a, _, g in
      let parts = Packing.singular(MatrixShape(a.shape), Attributes())
      let y = try singular.applied([a]).unpacked(parts)
      return try y[0].multiplying(g.expanded(at: -2)).matmul(y[2])
    })

  /// The gradient of A = Q R for at least as many rows as columns (Walter and Lehmann 2018).
  private static func throughQR(
    _ q: Tensor, _ r: Tensor, _ gq: Tensor, _ gr: Tensor
  ) throws -> Tensor {
    let inner = try gr.upper().matmul(r.matrixTransposed())
      .subtracting(q.matrixTransposed().matmul(gq)).upper()
    let mirrored = try inner.adding(inner.matrixTransposed())
    let diagonal = try Tensor.unit(r.shape[r.shape.rank - 1], r.elementType)
    let whole = try mirrored.subtracting(inner.multiplying(diagonal))
    let slope = try gq.adding(q.matmul(whole))
    return try solve.applied([r, slope.matrixTransposed()]).matrixTransposed()
  }

  /// The gradient of A = U S Vᵀ (Townsend 2016).
  private static func throughSVD(
    _ shape: MatrixShape, _ y: [Tensor], _ g: [Tensor]
  ) throws -> Tensor {
    let (u, s, vt) = (y[0], y[1], y[2])
    let ut = try u.matrixTransposed()
    let square = try s.multiplying(s)
    let gaps = try square.expanded(at: -2).subtracting(square.expanded(at: -1)).reciprocalOrZero()
    let left = try ut.matmul(g[0])
    let right = try vt.matmul(g[2].matrixTransposed())
    let (row, column) = (try s.expanded(at: -2), try s.expanded(at: -1))
    let inner = try left.skew().multiplying(gaps).multiplying(row)
      .adding(right.skew().multiplying(gaps).multiplying(column)).adding(g[1].asDiagonals())
    var slope = try u.matmul(inner).matmul(vt)
    let shares = try s.reciprocalOrZero()
    if shape.m > shape.k {
      let rest = try g[0].subtracting(u.matmul(left))
      slope = try slope.adding(rest.multiplying(shares.expanded(at: -2)).matmul(vt))
    }
    if shape.n > shape.k {
      let rest = try g[2].subtracting(right.matrixTransposed().matmul(vt))
      slope = try slope.adding(u.multiplying(shares.expanded(at: -2)).matmul(rest))
    }
    return slope
  }
}

extension Tensor {
  /// The gradient by a lower triangle of that by a symmetric matrix made of it.
  fileprivate func foldedLower() throws -> Tensor {
    try adding(matrixTransposed()).halvedLower()
  }

  /// The matrix minus its transpose.
  fileprivate func skew() throws -> Tensor { try subtracting(matrixTransposed()) }

  /// The columns of the parts of a matrix.
  fileprivate func columns(_ parts: [[Int]]) throws -> [Tensor] {
    let lead = (0..<shape.rank - 1).map { _ in Slice() }
    let cut = parts[0][1]
    return [try sliced(lead + [Slice(to: cut)]), try sliced(lead + [Slice(from: cut)])]
  }
}
