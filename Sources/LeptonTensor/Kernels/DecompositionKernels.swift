// Factors of matrices. A matrix that stands row by row is, to LAPACK, its transpose: each kernel asks
// for the factors of the transpose in the order that makes them those of the matrix.

/// The Cholesky factor.
enum CholeskyKernel: MatrixKernel {
  static func work<T: Real>(_ type: T.Type, _ problem: Problem) -> Work {
    let shape = MatrixShape(problem.inputs[0].shape)
    let n = shape.n
    let failure = Failure { place, size in
      TensorError(
        "value/definite",
        "\(shape.name(of: place)) is not positive definite: its first \(size) rows and columns are not",
        help: ["adding a small multiple of eye(\(n)) makes a semidefinite matrix definite"])
    }
    return .matrices(problem, of: type, failure: failure) { memory in
      guard n > 0 else { return nil }
      memory.output.update(from: memory.a, count: n * n)
      var (size, info) = (Int32(n), Int32(0))
      T.lapack.potrf("U", &size, memory.output, &size, &info, 1)
      for row in 0..<n - 1 {
        (memory.output + row * n + row + 1).update(repeating: 0, count: n - row - 1)
      }
      if info > 0 { return Int(info) }
      // NaN passes through unnoticed.
      return (0..<n).first { !(memory.output[$0 * n + $0] > 0) }.map { $0 + 1 }
    }
  }
}

/// The factors Q and R, one after the other.
enum QRKernel: MatrixKernel {
  static func work<T: Real>(_ type: T.Type, _ problem: Problem) -> Work {
    let shape = MatrixShape(problem.inputs[0].shape)
    let (m, n, k) = (shape.m, shape.n, shape.k)
    let inner = Packing.qr(shape, problem.attributes)[0][1]
    let room = 64 * max(n, inner, 1)
    return .matrices(problem, of: type, reals: m * n + k + room) { memory in
      let (q, r) = (memory.output, memory.output + m * inner)
      let (a, scales, work) = (memory.reals, memory.reals + m * n, memory.reals + m * n + k)
      Matrices.unit(m, inner, into: q)
      r.update(repeating: 0, count: inner * n)
      guard k > 0 else { return nil }
      a.update(from: memory.a, count: m * n)
      var (rows, columns, count, info) = (Int32(n), Int32(m), Int32(room), Int32(0))
      T.lapack.gelqf(&rows, &columns, a, &rows, scales, work, &count, &info)
      for row in 0..<k {
        (r + row * n + row).update(from: a + row * n + row, count: n - row)
      }
      for row in 0..<m { (q + row * inner).update(from: a + row * n, count: k) }
      var (width, reflectors) = (Int32(inner), Int32(k))
      T.lapack.orglq(&width, &columns, &reflectors, q, &width, scales, work, &count, &info)
      return nil
    }
  }
}

/// Eigenvalues in ascending order and, unless only they are wanted, eigenvectors as columns.
enum EigenKernel: MatrixKernel {
  static func work<T: Real>(_ type: T.Type, _ problem: Problem) -> Work {
    let shape = MatrixShape(problem.inputs[0].shape)
    let n = shape.n
    let isWhole = problem.output.shape.sizes.last != n || n == 0
    let reals = isWhole ? 1 + 6 * n + 2 * n * n + 64 * n : 1 + 2 * n + 64 * n
    let integers = isWhole ? 3 + 5 * n : 1
    let failure = Failure { place, detail in
      TensorError(
        detail == 0 ? "value/finite" : "value/converge",
        "\(shape.name(of: place)) has no eigenvalues: "
          + (detail == 0 ? "it holds nan or inf" : "the iteration did not converge"))
    }
    return .matrices(
      problem, of: type, reals: n * n + reals, integers: integers, failure: failure
    ) { memory in
      guard n > 0 else { return nil }
      guard Matrices.isFinite(memory.a, n * n) else { return 0 }
      let a = memory.reals
      a.update(from: memory.a, count: n * n)
      var (size, count, whole, info) = (Int32(n), Int32(reals), Int32(integers), Int32(0))
      T.lapack.syevd(
        isWhole ? "V" : "N", "U", &size, a, &size, memory.output, a + n * n, &count,
        memory.integers, &whole, &info, 1, 1)
      if isWhole { Matrices.transpose(a, n, n, into: memory.output + n) }
      return info == 0 ? nil : max(1, Int(info) & 0xffff)
    }
  }
}
