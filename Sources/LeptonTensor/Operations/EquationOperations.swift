// Equations, inverses and determinants.

extension Operation {
  static let equations: [Operation] = [
    solve, inverse, determinant, signedLogDeterminant, cofactors, pseudoInverse, leastSquares,
  ]

  /// X with A X = B.
  public static let solve: Operation = columns(
    "solve", "The matrix X with A X = B.", .square, SolveKernel.self,
    derivative: .rule { step in
      let back = try solve.applied([step.inputs[0].matrixTransposed(), step.gradient])
      return [
        step.wanted[0] ? try back.matmul(step.output.matrixTransposed()).negated() : nil, back,
      ]
    })

  /// A⁻¹.
  public static let inverse = matrices(
    "inv", "The inverse matrix.", .square, InverseKernel.self,
    result: { shape, _ in
      [shape.n, shape.n]
    },
    derivative: .unary { _, y, g in
      let turned = try y.matrixTransposed()
      return try turned.matmul(g).matmul(turned).negated()
    })

  /// det A.
  public static let determinant = matrices(
    "det", "The determinant of a matrix.", .square, DeterminantKernel.self,
    result: { _, _ in [] },
    derivative: .unary { a, _, g in
      try g.expanded(at: -1).expanded(at: -1).multiplying(cofactors.applied([a]))
    })

  /// The sign of det A, and log |det A|.
  public static let signedLogDeterminant = matrices(
    "slogdet", "The sign of the determinant and the logarithm of its size, in a last axis of 2.",
    .square, SignedLogarithmKernel.self, result: { _, _ in [2] },
    derivative: .unary { a, _, g in
      let slope = try g.unpacked([[1], [1, 1]])[1]
      return try slope.multiplying(inverse.applied([a]).matrixTransposed())
    })

  /// The derivative of det A by each element of A.
  public static let cofactors = matrices(
    "cofactors", "The derivative of the determinant; det(A) A⁻ᵀ if A has an inverse.", .square,
    CofactorKernel.self, result: { shape, _ in [shape.n, shape.n] },
    derivative: .unary { a, y, g in
      // With B = A⁻ᵀ the cofactors are d B, whose differential is d (tr(Bᵀ dA) B − B dAᵀ B).
      let b = try inverse.applied([a]).matrixTransposed()
      let along = try g.multiplying(y).sum(axes: [-2, -1], keepingDimensions: true)
      return try along.multiplying(b).subtracting(
        y.matmul(g.matrixTransposed()).matmul(b))
    })

  /// A⁺, where singular values below a share (in `numbers`) of the largest count as 0.
  public static let pseudoInverse = matrices(
    "pinv", "The pseudo-inverse of Moore and Penrose.", .any, PseudoInverseKernel.self,
    result: { shape, _ in [shape.n, shape.m] },
    derivative: .unary { a, p, g in
      // Golub and Pereyra 1973, (4.12), for matrices whose rank stays what it is.
      let (turned, back) = (try p.matrixTransposed(), try g.matrixTransposed())
      let range = try back.subtracting(a.matmul(p).matmul(back))
      let rows = try turned.matmul(p).matmul(back)
      return try range.matmul(p).matmul(turned).adding(
        rows.subtracting(rows.matmul(p).matmul(a))
      ).subtracting(turned.matmul(g).matmul(turned))
    })

  /// The shortest x for which |A x − b| is least; `numbers` as in ``pseudoInverse``.
  public static let leastSquares: Operation = columns(
    "lstsq", "The shortest vectors x for which A x is nearest to b.", .any, LeastSquaresKernel.self,
    derivative: .rule { step in
      let (a, b, x, g) = (step.inputs[0], step.inputs[1], step.output, step.gradient)
      let p = try pseudoInverse.applied([a], step.attributes)
      let turned = try p.matrixTransposed()
      let back = try turned.matmul(g)
      guard step.wanted[0] else { return [nil, back] }
      let rest = try b.subtracting(a.matmul(x)).matmul(p.matmul(back).matrixTransposed())
      let hidden = try g.subtracting(p.matmul(a.matmul(g)))
      let slope = try rest.subtracting(back.matmul(x.matrixTransposed())).adding(
        turned.matmul(x).matmul(hidden.matrixTransposed()))
      return [slope, back]
    })
}
