/// How the size of a vector or a matrix is measured.
public enum NormOrder: Sendable, Hashable {
  /// (Σ |x|^p)^(1/p) of a vector, for p = 0 the number of elements that are not 0; the largest or
  /// the smallest size for ±∞. Of a matrix ±1 and ±∞ are the largest and smallest sums of columns and
  /// of rows, ±2 the largest and smallest singular values.
  case power(Double)
  /// √Σ x² of a matrix.
  case frobenius
  /// The sum of singular values.
  case nuclear
}

extension Tensor {
  /// The size of vectors along one axis, or of matrices along two; of everything for `nil`.
  ///
  /// Without `order` it is √Σ x². The derivative at 0 is 0. Throws `shape/axis`, and `value/order` if
  /// there is no such norm.
  public func norm(
    _ order: NormOrder? = nil, axes: [Int]? = nil, keepingDimensions keep: Bool = false
  ) throws -> Tensor {
    let x = try cast(to: elementType.asFloat)
    let named = try shape.axes(axes)
    guard let order else { return try x.length(named, keep) }
    switch named.count {
    case 1: return try x.vectorNorm(order, named, keep)
    case 2: return try x.matrixNorm(order, axes ?? named, keep)
    default:
      throw TensorError(
        "shape/axis", "a norm of an order is of one axis or of two, not of \(named.count)",
        help: ["name the axis"])
    }
  }

  private func length(_ axes: [Int], _ keep: Bool) throws -> Tensor {
    try multiplying(self).sum(axes: axes, keepingDimensions: keep).safely { try $0.squareRoot() }
  }

  private func vectorNorm(_ order: NormOrder, _ axes: [Int], _ keep: Bool) throws -> Tensor {
    guard case .power(let power) = order else { throw Tensor.noNorm(order, of: "vectors") }
    let sizes = try absolute()
    switch power {
    case .infinity: return try sizes.largest(axes, keep)
    case -.infinity: return try sizes.min(axes: axes, keepingDimensions: keep)
    case 0:
      return try notEqual(to: 0.0).cast(to: elementType).sum(axes: axes, keepingDimensions: keep)
    case 1: return try sizes.sum(axes: axes, keepingDimensions: keep)
    case 2: return try length(axes, keep)
    default:
      return try sizes.power(power).sum(axes: axes, keepingDimensions: keep)
        .safely { try $0.power(1 / power) }
    }
  }

  private func matrixNorm(_ order: NormOrder, _ axes: [Int], _ keep: Bool) throws -> Tensor {
    let (rows, columns) = (try shape.axis(axes[0]), try shape.axis(axes[1]))
    switch order {
    case .frobenius: return try length([rows, columns].sorted(), keep)
    case .nuclear: return try spectral(rows, columns, keep) { try $0.sum(axes: [-1]) }
    case .power(2):
      return try spectral(rows, columns, keep) { try $0.largest([$0.shape.rank - 1], false) }
    case .power(-2): return try spectral(rows, columns, keep) { try $0.min(axes: [-1]) }
    case .power(let power) where power.magnitude == 1 || power.magnitude == .infinity:
      let (inner, outer) = power.magnitude == 1 ? (rows, columns) : (columns, rows)
      let sums = try absolute().sum(axes: [inner], keepingDimensions: true)
      let found =
        try power > 0
        ? sums.largest([outer], true)
        : sums.min(axes: [outer], keepingDimensions: true)
      return keep ? found : try found.squeezed(axes: [rows, columns])
    default: throw Tensor.noNorm(order, of: "matrices")
    }
  }

  /// The largest of sizes, 0 of none.
  private func largest(_ axes: [Int], _ keep: Bool) throws -> Tensor {
    axes.contains { shape[$0] == 0 }
      ? try sum(axes: axes, keepingDimensions: keep) : try max(axes: axes, keepingDimensions: keep)
  }

  /// What singular values of matrices along two axes come to.
  private func spectral(
    _ rows: Int, _ columns: Int, _ keep: Bool, _ body: (Tensor) throws -> Tensor
  ) throws -> Tensor {
    let rest = (0..<shape.rank).filter { $0 != rows && $0 != columns }
    let found = try body(transposed(axes: rest + [rows, columns]).singularValues())
    guard keep else { return found }
    var sizes = shape.sizes
    (sizes[rows], sizes[columns]) = (1, 1)
    return try found.reshaped(to: sizes)
  }

  /// A root of sums, whose derivative where they are 0 is 0 and not infinite.
  private func safely(_ root: (Tensor) throws -> Tensor) throws -> Tensor {
    let isZero = try equal(to: 0.0)
    return try Tensor.select(isZero, self, root(Tensor.select(isZero, 1.0, self)))
  }

  private static func noNorm(_ order: NormOrder, of what: String) -> TensorError {
    let name =
      switch order {
      case .power(let power): "\(power)"
      case .frobenius: "\"fro\""
      case .nuclear: "\"nuc\""
      }
    return TensorError(
      "value/order", "there is no norm of order \(name) of \(what)",
      help: ["vectors have any number; matrices have 1, -1, 2, -2, inf, -inf, \"fro\" and \"nuc\""])
  }
}
