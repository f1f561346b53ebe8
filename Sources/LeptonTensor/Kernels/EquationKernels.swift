import Glibc

// Equations, inverses and determinants, by LU factors with exchanges of rows.

extension Failure {
  /// Reports of matrices that have no inverse.
  static func singular(_ shape: MatrixShape) -> Failure {
    Failure { place, column in
      TensorError(
        "value/singular",
        "\(shape.name(of: place)) is singular: column \(column - 1) depends on those before it",
        help: ["pinv and lstsq work on singular matrices too"])
    }
  }
}

/// The solution of A X = B.
enum SolveKernel: MatrixKernel {
  static func work<T: Real>(_ type: T.Type, _ problem: Problem) -> Work {
    let shape = MatrixShape(problem.inputs[0].shape)
    let (n, columns) = (shape.n, MatrixShape(problem.output.shape).n)
    return .matrices(
      problem, of: type, reals: n * n + n * columns, integers: n, failure: .singular(shape)
    ) { memory in
      let (factors, x) = (memory.reals, memory.reals + n * n)
      Matrices.transpose(memory.a, n, n, into: factors)
      let failed = Matrices.factor(factors, n, pivots: memory.integers)
      guard failed == 0 else { return failed }
      Matrices.transpose(memory.b, n, columns, into: x)
      Matrices.solve(factors, n, pivots: memory.integers, x, columns: columns)
      Matrices.transpose(x, columns, n, into: memory.output)
      return nil
    }
  }
}

/// The inverse.
enum InverseKernel: MatrixKernel {
  static func work<T: Real>(_ type: T.Type, _ problem: Problem) -> Work {
    let shape = MatrixShape(problem.inputs[0].shape)
    let n = shape.n
    return .matrices(
      problem, of: type, reals: 2 * n * n, integers: n, failure: .singular(shape)
    ) { memory in
      let (factors, x) = (memory.reals, memory.reals + n * n)
      Matrices.transpose(memory.a, n, n, into: factors)
      let failed = Matrices.factor(factors, n, pivots: memory.integers)
      guard failed == 0 else { return failed }
      Matrices.unit(n, n, into: x)
      Matrices.solve(factors, n, pivots: memory.integers, x, columns: n)
      Matrices.transpose(x, n, n, into: memory.output)
      return nil
    }
  }
}

/// The determinant.
enum DeterminantKernel: MatrixKernel {
  static func work<T: Real>(_ type: T.Type, _ problem: Problem) -> Work {
    let n = MatrixShape(problem.inputs[0].shape).n
    return .matrices(problem, of: type, reals: n * n, integers: n) { memory in
      let factors = memory.reals
      Matrices.transpose(memory.a, n, n, into: factors)
      _ = Matrices.factor(factors, n, pivots: memory.integers)
      memory.output[0] = (0..<n).reduce(Matrices.sign(of: memory.integers, n)) {
        $0 * factors[$1 * n + $1]
      }
      return nil
    }
  }
}

/// The sign of the determinant, and the logarithm of its size.
enum SignedLogarithmKernel: MatrixKernel {
  static func work<T: Real>(_ type: T.Type, _ problem: Problem) -> Work {
    let n = MatrixShape(problem.inputs[0].shape).n
    return .matrices(problem, of: type, reals: n * n, integers: n) { memory in
      let factors = memory.reals
      Matrices.transpose(memory.a, n, n, into: factors)
      let failed = Matrices.factor(factors, n, pivots: memory.integers)
      var (sign, sum) = (Matrices<T>.sign(of: memory.integers, n), 0.0)
      for place in 0..<n {
        let pivot = factors[place * n + place]
        sign *= pivot < 0 ? -1 : 1
        sum += Glibc.log(Double(pivot.magnitude))
      }
      memory.output[0] = failed > 0 ? 0 : sum.isNaN ? .nan : sign
      memory.output[1] = failed > 0 ? -.infinity : T(sum)
      return nil
    }
  }
}

/// The cofactors: det(A) A⁻ᵀ, or U adj(S) Vᵀ with the sign of U and V where A is nearly singular.
enum CofactorKernel: MatrixKernel {
  static func work<T: Real>(_ type: T.Type, _ problem: Problem) -> Work {
    let shape = MatrixShape(problem.inputs[0].shape)
    let n = shape.n
    let plan = SingularPlan<T>(shape, .reduced)
    return .matrices(
      problem, of: type, reals: plan.reals + plan.results + n * n, integers: plan.integers + n,
      failure: .singularValues(shape)
    ) { memory in
      if isRegular(memory, n) { return nil }
      let parts = plan.parts(memory.reals + plan.reals)
      let failed = plan.run(memory, into: parts)
      guard failed == nil else { return failed }
      let room = memory.reals + plan.reals + plan.results
      let sign = [parts.u, parts.vt].reduce(T(1)) { $0 * orientation($1, n, room, memory.integers) }
      for row in 0..<n {
        let others = (0..<n).reduce(sign) { $1 == row ? $0 : $0 * parts.s[$1] }
        for column in 0..<n { room[row * n + column] = others * parts.vt[row * n + column] }
      }
      T.multiply(parts.u, false, room, false, into: memory.output, m: n, k: n, n: n)
      return nil
    }
  }

  /// Writes det(A) A⁻ᵀ if A is far from singular.
  private static func isRegular<T: Real>(_ memory: MatrixMemory<T>, _ n: Int) -> Bool {
    let (factors, pivots) = (memory.reals, memory.integers)
    Matrices.transpose(memory.a, n, n, into: factors)
    _ = Matrices.factor(factors, n, pivots: pivots)
    let sizes = (0..<n).map { factors[$0 * n + $0].magnitude }
    let limit = (sizes.max() ?? 1) * T.ulpOfOne.squareRoot()
    guard sizes.allSatisfy({ $0 > limit }) else { return false }
    let determinant = (0..<n).reduce(Matrices.sign(of: pivots, n)) { $0 * factors[$1 * n + $1] }
    // Column by column the inverse stands here, row by row its transpose.
    Matrices.unit(n, n, into: memory.output)
    Matrices.solve(factors, n, pivots: pivots, memory.output, columns: n)
    for place in 0..<n * n { memory.output[place] *= determinant }
    return true
  }

  /// The determinant of an orthogonal matrix.
  private static func orientation<T: Real>(
    _ factor: UnsafeMutablePointer<T>, _ n: Int, _ room: UnsafeMutablePointer<T>,
    _ pivots: UnsafeMutablePointer<Int32>
  ) -> T {
    room.update(from: factor, count: n * n)
    _ = Matrices.factor(room, n, pivots: pivots)
    return (0..<n).reduce(Matrices.sign(of: pivots, n)) { room[$1 * n + $1] < 0 ? -$0 : $0 }
  }
}
