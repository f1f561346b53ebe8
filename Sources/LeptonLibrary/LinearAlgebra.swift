import LeptonRuntime
import LeptonTensor

extension Library {
  /// Equations, factors and sizes of matrices.
  static var linearAlgebra: Family {
    Family(
      "Linear algebra",
      [
        solve, lstsq, inv, pinv, det, slogdet, matrixRank, matrixPower, kron, norm, cholesky, qr,
        svd, svdvals, eigh, eigvalsh,
      ])
  }

  private static let aboutMatrices = """
    The last two axes hold the matrices, the axes before them a batch. Whole numbers are made float32.
    """

  private static var solve: Builtin {
    Builtin(
      "solve(a, b)", "The x for which `a @ x` is `b`.",
      details: """
        `b` is a vector, or a matrix with a right side in each column. \(aboutMatrices) A singular `a` is \
        a mistake; `lstsq` finds the nearest x instead.
        """,
      examples: [
        "solve([[2.0, 0.0], [0.0, 4.0]], [2.0, 2.0])": "tensor([1.0, 0.5])",
        "solve([[1, 1], [0, 1]], [[1, 3], [1, 1]])": "tensor([[0.0, 2.0], [1.0, 1.0]])",
      ]
    ) { (a: Tensor, b: Tensor) in try a.solved(for: b) }
  }

  private static var lstsq: Builtin {
    Builtin(
      "lstsq(a, b, rcond = nothing)", "The x for which `a @ x` is nearest to `b`.",
      details: """
        A record: `solution`, the shortest such x; `residuals`, the sums of squares that remain for each \
        column; `rank`; and `singular_values`. Singular values below `rcond` times the largest count as \
        0; by default `rcond` is the larger side times the precision of the elements.
        """,
      examples: [
        "lstsq([[2.0], [0.0]], [6.0, 1.0]).solution": "tensor([3.0])",
        "lstsq([[2.0], [0.0]], [6.0, 1.0]).residuals": "tensor(1.0)",
      ]
    ) { (a: Tensor, b: Tensor, share: Double?) -> Record in
      let isVector = b.shape.rank == 1
      let columns = isVector ? try b.expanded(at: 1) : b
      let found = try a.leastSquares(for: columns, share: share)
      let distance = try a.matmul(found).subtracting(columns)
      let residuals = try distance.multiplying(distance).sum(axes: [-2])
      return Record([
        "solution": .tensor(isVector ? try found.squeezed(axes: [-1]) : found),
        "residuals": .tensor(isVector ? try residuals.squeezed(axes: [-1]) : residuals),
        "rank": .tensor(try a.matrixRank(share: share)),
        "singular_values": .tensor(try a.singularValues()),
      ])
    }
  }

  private static var inv: Builtin {
    Builtin(
      "inv(x)", "The inverse of a matrix.",
      details: aboutMatrices + " `solve(a, b)` is faster and more exact than `inv(a) @ b`.",
      examples: ["inv([[2.0, 0.0], [0.0, 4.0]])": "tensor([[0.5, 0.0], [0.0, 0.25]])"]
    ) { (x: Tensor) in try x.inverse() }
  }

  private static var pinv: Builtin {
    Builtin(
      "pinv(x, rcond = nothing)", "The pseudo-inverse, which every matrix has.",
      details: aboutMatrices + " `rcond` is that of `lstsq`.",
      examples: ["pinv([[2.0, 0.0], [0.0, 0.0]])": "tensor([[0.5, 0.0], [0.0, 0.0]])"]
    ) { (x: Tensor, share: Double?) in try x.pseudoInverse(share: share) }
  }

  private static var det: Builtin {
    Builtin(
      "det(x)", "The determinant of a matrix.", details: aboutMatrices,
      examples: [
        "det([[2.0, 1.0], [0.0, 3.0]])": "tensor(6.0)",
        "grad(det)(tensor([[2.0, 1.0], [0.0, 3.0]]))": "tensor([[3.0, 0.0], [-1.0, 2.0]])",
      ]
    ) { (x: Tensor) in try x.determinant() }
  }

  private static var slogdet: Builtin {
    Builtin(
      "slogdet(x)", "The sign of the determinant, and the logarithm of its size.",
      details: """
        A record of `sign` and `logabsdet`, which neither overflow nor vanish for large matrices. \
        \(aboutMatrices)
        """,
      examples: [
        "slogdet([[1.0, 0.0], [0.0, -1.0]])": "{sign: tensor(-1.0), logabsdet: tensor(0.0)}"
      ]
    ) { (x: Tensor) -> Record in
      let (sign, logarithm) = try x.signedLogDeterminant()
      return Record(["sign": .tensor(sign), "logabsdet": .tensor(logarithm)])
    }
  }

  private static var matrixRank: Builtin {
    Builtin(
      "matrix_rank(x, tol = nothing, rtol = nothing)", "The number of independent rows.",
      details: """
        It counts singular values above `tol`, or above `rtol` times the largest; `rtol` is by default \
        the larger side times the precision of the elements. \(aboutMatrices)
        """,
      examples: ["matrix_rank([[1.0, 2.0], [2.0, 4.0]])": "tensor(1)"]
    ) { (x: Tensor, tolerance: Double?, share: Double?) in
      try x.matrixRank(tolerance: tolerance, share: share)
    }
  }

  private static var matrixPower: Builtin {
    Builtin(
      "matrix_power(x, n)", "The product of a square matrix with itself, `n` times.",
      details: "A negative `n` takes the inverse, 0 gives the unit matrix.",
      examples: ["matrix_power([[1, 1], [0, 1]], 5)": "tensor([[1, 5], [0, 1]])"]
    ) { (x: Tensor, exponent: Int) in try x.matrixPower(exponent) }
  }

  private static var kron: Builtin {
    Builtin(
      "kron(a, b)", "The Kronecker product: each element of `a` times the whole of `b`.",
      examples: ["kron([1, 10], [1, 2])": "tensor([1, 2, 10, 20])"]
    ) { (a: Tensor, b: Tensor) in try a.kronecker(b) }
  }

  private static var cholesky: Builtin {
    Builtin(
      "cholesky(x)", "The lower triangular L with `L @ L.T` equal to a positive definite matrix.",
      details: """
        Only the lower triangle of `x` is read, and its gradient stands there. \(aboutMatrices)
        """,
      examples: ["cholesky([[4.0, 2.0], [2.0, 2.0]])": "tensor([[2.0, 0.0], [1.0, 1.0]])"]
    ) { (x: Tensor) in try x.cholesky() }
  }

  private static var qr: Builtin {
    Builtin(
      "qr(x, mode = \"reduced\")",
      "The factors Q, with orthogonal columns, and R, upper triangular.",
      details: """
        A record of `q` and `r` with `q @ r` equal to `x`. The mode "complete" makes Q square, "r" gives R \
        alone. \(aboutMatrices)
        """,
      examples: [
        "abs(qr([[3.0], [4.0]]).r)": "tensor([[5.0]])",
        "qr(ones([4, 2]), \"complete\").q.shape": "[4, 4]",
      ]
    ) { (x: Tensor, mode: String) -> Value in
      guard ["reduced", "complete", "r"].contains(mode) else {
        throw LanguageError(
          "value/mode", "qr has no mode \"\(mode)\"",
          help: ["the modes are \"reduced\", \"complete\" and \"r\""])
      }
      let (q, r) = try x.qr(complete: mode == "complete")
      return mode == "r" ? .tensor(r) : .record(Record(["q": .tensor(q), "r": .tensor(r)]))
    }
  }

  private static var svd: Builtin {
    Builtin(
      "svd(x, full_matrices = true)", "The singular value decomposition.",
      details: """
        A record of `u`, `s` (descending) and `vh` with `(u * s) @ vh` equal to `x`, where u and vh are \
        orthogonal: square, or with `full_matrices=false` only as large as `s` needs, which is the form \
        that has a derivative for every shape. \(aboutMatrices)
        """,
      examples: [
        "svd([[3.0, 0.0], [0.0, -4.0]]).s": "tensor([4.0, 3.0])",
        "svd(ones([5, 2]), full_matrices=false).u.shape": "[5, 2]",
      ]
    ) { (x: Tensor, full: Bool) -> Record in
      let (u, s, vt) = try x.singular(full: full)
      return Record(["u": .tensor(u), "s": .tensor(s), "vh": .tensor(vt)])
    }
  }

  private static var svdvals: Builtin {
    Builtin(
      "svdvals(x)", "The singular values in descending order.", details: aboutMatrices,
      examples: ["svdvals([[3.0, 0.0], [0.0, -4.0]])": "tensor([4.0, 3.0])"]
    ) { (x: Tensor) in try x.singularValues() }
  }

  private static var eigh: Builtin {
    Builtin(
      "eigh(x)", "Eigenvalues and eigenvectors of a symmetric matrix.",
      details: """
        A record of `eigenvalues`, ascending, and `eigenvectors`, one in each column. Only the lower \
        triangle of `x` is read, and its gradient stands there. \(aboutMatrices)
        """,
      examples: ["eigh([[2.0, 0.0], [0.0, -1.0]]).eigenvalues": "tensor([-1.0, 2.0])"]
    ) { (x: Tensor) -> Record in
      let (values, vectors) = try x.eigen()
      return Record(["eigenvalues": .tensor(values), "eigenvectors": .tensor(vectors)])
    }
  }

  private static var eigvalsh: Builtin {
    Builtin(
      "eigvalsh(x)", "The eigenvalues of a symmetric matrix in ascending order.",
      details: "Only the lower triangle of `x` is read. " + aboutMatrices,
      examples: ["eigvalsh([[2.0, 0.0], [0.0, -1.0]])": "tensor([-1.0, 2.0])"]
    ) { (x: Tensor) in try x.eigenvalues() }
  }

  private static var norm: Builtin {
    Builtin(
      "norm(x, ord = nothing, axis = nothing, keepdims = false)",
      "The size of a vector, of a matrix, or of all elements: by default the root of the sum of squares.",
      details: """
        One `axis` means vectors along it, two mean matrices; without any, all of `x` is taken. `ord` is a \
        number p for the p-norm of vectors (0 counts what is not 0), inf or -inf for the largest or the \
        smallest size; of matrices it is "fro", "nuc" (the sum of singular values), 2 or -2 (the largest \
        or smallest one), 1, -1, inf or -inf (sums of columns and of rows). A list of numbers gives a float.
        """,
      examples: [
        "norm([3, 4])": "5.0", "norm([3, -4], 1)": "7.0",
        "norm([[3.0, 4.0], [6.0, 8.0]], axis=1)": "tensor([5.0, 10.0])",
        "norm([[3.0, 0.0], [0.0, 2.0]], \"nuc\")": "tensor(5.0)",
      ]
    ) { (x: Reducible, order: NormOrder?, axis: Axes?, keep: Bool) -> Value in
      guard case .numbers(let numbers) = x, axis == nil, !keep else {
        return .tensor(try x.tensor().norm(order, axes: axis?.list, keepingDimensions: keep))
      }
      let vector = try Tensor(numbers.map { $0.number ?? 0 }, shape: [numbers.count])
      return .float(try vector.norm(order).item())
    }
  }
}

extension NormOrder: Bridged {
  /// A number, or one of two names.
  public static var typeDescription: String { "a number, \"fro\" or \"nuc\"" }

  /// Takes `2`, `inf`, `"fro"`, `"nuc"`.
  public static func bridging(_ value: Value) throws -> NormOrder {
    switch value {
    case .string("fro"): return .frobenius
    case .string("nuc"): return .nuclear
    case .int(let int): return .power(Double(int))
    case .float(let float): return .power(float)
    default: throw mismatch(value)
    }
  }

  /// The number or the name.
  public var value: Value {
    switch self {
    case .frobenius: .string("fro")
    case .nuclear: .string("nuc")
    case .power(let power): .float(power)
    }
  }
}
