// The singular value decomposition A = U S Vᵀ, and what is made of it.

extension Failure {
  /// Reports of matrices whose singular values were not found.
  static func singularValues(_ shape: MatrixShape) -> Failure {
    Failure { place, detail in
      TensorError(
        detail == 0 ? "value/finite" : "value/converge",
        "\(shape.name(of: place)) has no singular values: "
          + (detail == 0 ? "it holds nan or inf" : "the iteration did not converge"))
    }
  }
}

/// How much of the decomposition is wanted.
enum SingularParts: Sendable {
  case values, reduced, full
}

/// One decomposition made ready: sizes, and room for the routine.
struct SingularPlan<T: Real>: Sendable {
  let shape: MatrixShape
  let wanted: SingularParts

  init(_ shape: MatrixShape, _ wanted: SingularParts) {
    self.shape = shape
    self.wanted = wanted
  }

  /// The fractions that ``run(_:into:)`` needs: a copy of the matrix, and LAPACK's room.
  var reals: Int {
    let (small, large) = (shape.k, max(shape.m, shape.n))
    return shape.count + 4 * small * small + 7 * small + large + 64 * (small + large) + 1
  }
  /// The whole numbers that ``run(_:into:)`` needs.
  var integers: Int { 8 * shape.k }
  /// The columns of U.
  var left: Int { wanted == .full ? shape.m : shape.k }
  /// The rows of Vᵀ.
  var right: Int { wanted == .full ? shape.n : shape.k }
  /// The elements of U, S and Vᵀ.
  var results: Int { shape.m * left + shape.k + right * shape.n }

  /// Where U, S and Vᵀ lie if they stand one after the other.
  func parts(
    _ memory: UnsafeMutablePointer<T>
  ) -> (u: UnsafeMutablePointer<T>, s: UnsafeMutablePointer<T>, vt: UnsafeMutablePointer<T>) {
    let s = memory + shape.m * left
    return (memory, s, s + shape.k)
  }

  /// Decomposes a matrix; 0 if it is not finite, another number if the iteration fails.
  func run(
    _ memory: MatrixMemory<T>,
    into parts: (
      u: UnsafeMutablePointer<T>, s: UnsafeMutablePointer<T>, vt: UnsafeMutablePointer<T>
    )
  ) -> Int? {
    guard shape.k > 0 else {
      Matrices.unit(shape.m, left, into: parts.u)
      Matrices.unit(right, shape.n, into: parts.vt)
      return nil
    }
    guard Matrices.isFinite(memory.a, shape.count) else { return 0 }
    let copy = memory.reals
    copy.update(from: memory.a, count: shape.count)
    // To LAPACK this is the transpose, V S Uᵀ: it is asked for V where it speaks of U.
    var (m, n, ldu, ldvt) = (Int32(shape.n), Int32(shape.m), Int32(shape.n), Int32(left))
    var (count, info) = (Int32(reals - shape.count), Int32(0))
    T.lapack.gesdd(
      wanted == .full ? "A" : wanted == .reduced ? "S" : "N", &m, &n, copy, &m, parts.s, parts.vt,
      &ldu, parts.u, &ldvt, copy + shape.count, &count, memory.integers, &info, 1)
    return info == 0 ? nil : max(1, Int(info) & 0xffff)
  }
}

/// U, S and Vᵀ, one after the other.
enum SingularKernel: MatrixKernel {
  static func work<T: Real>(_ type: T.Type, _ problem: Problem) -> Work {
    let shape = MatrixShape(problem.inputs[0].shape)
    let plan = SingularPlan<T>(shape, problem.attributes.sizes == [1] ? .full : .reduced)
    return .matrices(
      problem, of: type, reals: plan.reals, integers: plan.integers,
      failure: .singularValues(shape)
    ) { plan.run($0, into: plan.parts($0.output)) }
  }
}

/// S alone.
enum SingularValuesKernel: MatrixKernel {
  static func work<T: Real>(_ type: T.Type, _ problem: Problem) -> Work {
    let shape = MatrixShape(problem.inputs[0].shape)
    let plan = SingularPlan<T>(shape, .values)
    return .matrices(
      problem, of: type, reals: plan.reals, integers: plan.integers,
      failure: .singularValues(shape)
    ) { plan.run($0, into: ($0.reals, $0.output, $0.reals)) }
  }
}

/// The pseudo-inverse V S⁺ Uᵀ.
enum PseudoInverseKernel: MatrixKernel {
  static func work<T: Real>(_ type: T.Type, _ problem: Problem) -> Work {
    let shape = MatrixShape(problem.inputs[0].shape)
    let (plan, share) = (SingularPlan<T>(shape, .reduced), T(problem.attributes.numbers[0]))
    return .matrices(
      problem, of: type, reals: plan.reals + plan.results, integers: plan.integers,
      failure: .singularValues(shape)
    ) { memory in
      let parts = plan.parts(memory.reals + plan.reals)
      let failed = plan.run(memory, into: parts)
      guard failed == nil else { return failed }
      divide(parts.vt, shape.n, by: parts.s, shape.k, share)
      T.multiply(
        parts.vt, true, parts.u, true, into: memory.output, m: shape.n, k: shape.k, n: shape.m)
      return nil
    }
  }

  /// Divides rows by singular values; those below a share of the first count as 0.
  static func divide<T: Real>(
    _ rows: UnsafeMutablePointer<T>, _ columns: Int, by s: UnsafePointer<T>, _ k: Int, _ share: T
  ) {
    for row in 0..<k {
      let factor = s[row] > share * s[0] ? 1 / s[row] : 0
      for column in 0..<columns { rows[row * columns + column] *= factor }
    }
  }
}

/// The shortest of the vectors x for which A x is nearest to b: V S⁺ (Uᵀ b).
enum LeastSquaresKernel: MatrixKernel {
  static func work<T: Real>(_ type: T.Type, _ problem: Problem) -> Work {
    let shape = MatrixShape(problem.inputs[0].shape)
    let columns = MatrixShape(problem.output.shape).n
    let (plan, share) = (SingularPlan<T>(shape, .reduced), T(problem.attributes.numbers[0]))
    return .matrices(
      problem, of: type, reals: plan.reals + plan.results + shape.k * columns,
      integers: plan.integers, failure: .singularValues(shape)
    ) { memory in
      let parts = plan.parts(memory.reals + plan.reals)
      let failed = plan.run(memory, into: parts)
      guard failed == nil else { return failed }
      let t = memory.reals + plan.reals + plan.results
      T.multiply(parts.u, true, memory.b, false, into: t, m: shape.k, k: shape.m, n: columns)
      PseudoInverseKernel.divide(t, columns, by: parts.s, shape.k, share)
      T.multiply(parts.vt, true, t, false, into: memory.output, m: shape.n, k: shape.k, n: columns)
      return nil
    }
  }
}
