// Linear algebra on the matrices that the last two axes hold; the axes before them are a batch. Whole
// numbers are made `float32`, as everywhere where fractions come of them.

extension Tensor {
  /// X with A X = B for this matrix A; `b` is a vector if it has one axis.
  ///
  /// Throws `value/singular`, and `shape/square` or `shape/inner` if the shapes do not fit.
  public func solved(for b: Tensor) throws -> Tensor {
    try withColumns(b) { try Operation.solve.applied([$0, $1]) }
  }
  /// The inverse.
  ///
  /// Throws `value/singular`, `shape/square`.
  public func inverse() throws -> Tensor { try Operation.inverse.applied([fractions()]) }
  /// The determinant.
  ///
  /// Throws `shape/square`.
  public func determinant() throws -> Tensor { try Operation.determinant.applied([fractions()]) }
  /// The sign of the determinant, and the logarithm of its size (0 and −∞ for a singular matrix).
  ///
  /// Throws `shape/square`.
  public func signedLogDeterminant() throws -> (sign: Tensor, logarithm: Tensor) {
    let parts = try Operation.signedLogDeterminant.applied([fractions()]).unpacked([[], []])
    return (parts[0], parts[1])
  }
  /// The lower triangular L with A = L Lᵀ, of the lower triangle of this matrix.
  ///
  /// Throws `value/definite`, `shape/square`.
  public func cholesky() throws -> Tensor { try Operation.cholesky.applied([fractions()]) }
  /// Q with orthogonal columns and upper triangular R with A = Q R.
  ///
  /// `complete` makes Q square.
  public func qr(complete: Bool = false) throws -> (q: Tensor, r: Tensor) {
    let settings = Attributes(sizes: complete ? [1] : [])
    let packed = try Operation.qr.applied([fractions()], settings)
    let parts = try packed.unpacked(Packing.qr(MatrixShape(shape), settings))
    return (parts[0], parts[1])
  }
  /// Ascending eigenvalues, and eigenvectors as columns, of the lower triangle of a symmetric matrix.
  ///
  /// Throws `value/finite`, `value/converge`, `shape/square`.
  public func eigen() throws -> (values: Tensor, vectors: Tensor) {
    let packed = try Operation.eigen.applied([fractions()])
    let parts = try packed.unpacked(Packing.eigen(MatrixShape(shape)))
    return (parts[0], parts[1])
  }
  /// Ascending eigenvalues of the lower triangle of a symmetric matrix.
  ///
  /// Throws as ``eigen()``.
  public func eigenvalues() throws -> Tensor { try Operation.eigenvalues.applied([fractions()]) }
  /// U, descending S and Vᵀ with A = U diag(S) Vᵀ; `full` makes U and Vᵀ square.
  ///
  /// Throws `value/finite`, `value/converge`.
  public func singular(full: Bool = false) throws -> (u: Tensor, s: Tensor, vt: Tensor) {
    let isFull = try full && MatrixShape(checking: fractions().form, for: "svd", .any).isOblong
    let settings = Attributes(sizes: isFull ? [1] : [])
    let packed = try Operation.singular.applied([fractions()], settings)
    let parts = try packed.unpacked(Packing.singular(MatrixShape(shape), settings))
    return (parts[0], parts[1], parts[2])
  }
  /// Singular values in descending order.
  ///
  /// Throws as ``singular(full:)``.
  public func singularValues() throws -> Tensor {
    try Operation.singularValues.applied([fractions()])
  }
  /// The pseudo-inverse; singular values below `share` times the largest count as 0.
  ///
  /// `nil` means the distance of 1 from the next number, times the larger side.
  public func pseudoInverse(share: Double? = nil) throws -> Tensor {
    try Operation.pseudoInverse.applied(
      [fractions()], Attributes(numbers: [share ?? negligible()]))
  }
  /// The shortest X for which A X is nearest to B; `share` as in ``pseudoInverse(share:)``.
  ///
  /// Throws `shape/inner` if the shapes do not fit.
  public func leastSquares(for b: Tensor, share: Double? = nil) throws -> Tensor {
    let share = try share ?? negligible()
    return try withColumns(b) {
      try Operation.leastSquares.applied([$0, $1], Attributes(numbers: [share]))
    }
  }
  /// The number of singular values above `tolerance`, or above `share` times the largest.
  public func matrixRank(tolerance: Double? = nil, share: Double? = nil) throws -> Tensor {
    let values = try singularValues()
    if let tolerance { return try values.greater(than: tolerance).sum(axes: [-1]) }
    let share = try share ?? negligible()
    guard values.shape.sizes.last != 0 else { return try values.cast(to: .int64).sum(axes: [-1]) }
    let limit = try values.max(axes: [-1], keepingDimensions: true).multiplying(share)
    return try values.greater(than: limit).sum(axes: [-1])
  }
  /// The matrix times itself so often; its inverse for negative powers, the unit matrix for 0.
  ///
  /// Throws `shape/square`, `value/singular`.
  public func matrixPower(_ exponent: Int) throws -> Tensor {
    let size = try MatrixShape(checking: Form(shape, .float32), for: "matrix_power", .square)
    if exponent == 0 { return try Tensor.unit(size.n, elementType).broadcast(to: shape.sizes) }
    var (result, rest): (Tensor?, UInt) = (nil, exponent.magnitude)
    var square = exponent < 0 ? try inverse() : self
    while true {
      if rest & 1 == 1 { result = try result?.matmul(square) ?? square }
      rest >>= 1
      if rest == 0 { return result ?? square }
      square = try square.matmul(square)
    }
  }
  /// The Kronecker product: each element of this tensor times the whole of the other.
  public func kronecker(_ other: Tensor) throws -> Tensor {
    let rank = Swift.max(shape.rank, other.shape.rank)
    let a = Array(repeating: 1, count: rank - shape.rank) + shape.sizes
    let b = Array(repeating: 1, count: rank - other.shape.rank) + other.shape.sizes
    let apart = try reshaped(to: a.flatMap { [$0, 1] })
      .multiplying(other.reshaped(to: b.flatMap { [1, $0] }))
    return try apart.reshaped(to: zip(a, b).map { $0 * $1 })
  }

  /// The tensor itself if it holds fractions, else made `float32`.
  private func fractions() throws -> Tensor { try cast(to: elementType.asFloat) }

  /// The share of the largest singular value that rounding makes of nothing.
  private func negligible() throws -> Double {
    let size = try MatrixShape(checking: fractions().form, for: "svd", .any)
    let step = elementType == .float64 ? Double.ulpOfOne : Double(Float.ulpOfOne)
    return step * Double(Swift.max(size.m, size.n))
  }

  /// Applies an operation to a matrix and columns, whose batches are made to agree.
  private func withColumns(_ b: Tensor, _ body: (Tensor, Tensor) throws -> Tensor) throws -> Tensor
  {
    let type = elementType.promoted(with: b.elementType).asFloat
    let isVector = b.shape.rank == 1
    let (left, right) = (try cast(to: type), try (isVector ? b.expanded(at: 1) : b).cast(to: type))
    guard left.shape.rank >= 2, right.shape.rank >= 2 else { return try body(left, right) }
    let lead = try Shape(Array(left.shape.sizes.dropLast(2)))
      .broadcast(with: Shape(Array(right.shape.sizes.dropLast(2)))).sizes
    let result = try body(
      left.broadcast(to: lead + left.shape.sizes.suffix(2)),
      right.broadcast(to: lead + right.shape.sizes.suffix(2)))
    return isVector ? try result.squeezed(axes: [-1]) : result
  }
}

extension MatrixShape {
  /// Whether there are more rows than columns or fewer.
  fileprivate var isOblong: Bool { m != n }
}
