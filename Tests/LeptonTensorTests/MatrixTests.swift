import LeptonTensor
import Testing

@Suite struct `Linear algebra` {
  static let types: [ElementType] = [.float32, .float64]

  /// The largest distance between two tensors.
  private func distance(_ a: Tensor, _ b: Tensor) throws -> Double {
    try a.shape.count == 0 ? 0 : a.subtracting(b).absolute().max().item()
  }

  private func unit(_ n: Int) throws -> Tensor {
    try Tensor.range(n).expanded(at: 1).equal(to: Tensor.range(n)).cast(to: .float64)
  }

  private func code(_ body: () throws -> Tensor) -> String? {
    do {
      _ = try body()
      return nil
    } catch { return (error as? TensorError)?.code }
  }

  @Test func `a product of more places than can be counted is refused`() throws {
    let trace = Trace()
    let row = try trace.input(Form(Shape([1, 1 << 32]), .float32))
    #expect(code { try row.matmul(row.matrixTransposed()) } == "shape/size")
    #expect(code { try row.matrixTransposed().matmul(row) } == "shape/size")
  }

  @Test(arguments: types) func `factors multiply to the matrix and are orthogonal`(
    _ type: ElementType
  ) throws {
    let limit = type == .float32 ? 2e-5 : 1e-12
    for (m, n) in [(1, 1), (3, 3), (7, 4), (4, 7), (40, 33), (1, 5), (0, 3), (3, 0), (0, 0)] {
      let a = try RandomKey(seed: UInt64(m * 100 + n)).normal([2, m, n], type: type)
      for isWhole in [false, true] {
        let (q, r) = try a.qr(complete: isWhole)
        #expect(try distance(q.matmul(r), a) < limit)
        #expect(q.shape[2] == (isWhole ? m : min(m, n)))
        try #expect(distance(q.matrixTransposed().matmul(q), unit(q.shape[2])) < limit)
        let (u, s, vt) = try a.singular(full: isWhole)
        let (uk, vk) = (
          try u.sliced([Slice(), Slice(), Slice(to: min(m, n))]),
          try vt.sliced([Slice(), Slice(to: min(m, n))])
        )
        try #expect(distance(uk.multiplying(s.expanded(at: -2)).matmul(vk), a) < limit)
        try #expect(distance(u.matrixTransposed().matmul(u), unit(u.shape[2])) < limit)
        try #expect(distance(vt.matmul(vt.matrixTransposed()), unit(vt.shape[1])) < limit)
        try #expect(distance(s, a.singularValues()) < limit * 4)
      }
      let p = try a.pseudoInverse()
      #expect(p.shape.sizes == [2, n, m])
      #expect(try distance(a.matmul(p).matmul(a), a) < limit * 20)
    }
  }

  @Test(arguments: types) func `square matrices are solved, inverted and decomposed`(
    _ type: ElementType
  ) throws {
    let limit = type == .float32 ? 1e-4 : 1e-11
    for n in [0, 1, 2, 5, 33, 70] {
      let a = try RandomKey(seed: UInt64(n)).normal([2, n, n], type: type)
        .adding(unit(n).multiplying(2 * Double(n).squareRoot()).cast(to: type))
      try #expect(distance(a.matmul(a.inverse()), unit(n)) < limit)
      let b = try RandomKey(seed: 7).normal([n, 3], type: type)
      try #expect(distance(a.matmul(a.solved(for: b)), b.broadcast(to: [2, n, 3])) < limit)
      let symmetric = try a.matmul(a.matrixTransposed())
      let l = try symmetric.cholesky()
      let size = Double(n + 1) * 10
      try #expect(distance(l.matmul(l.matrixTransposed()), symmetric) < limit * size)
      let (values, vectors) = try symmetric.eigen()
      let back = try vectors.multiplying(values.expanded(at: -2))
        .matmul(vectors.matrixTransposed())
      try #expect(distance(back, symmetric) < limit * size)
      try #expect(distance(values, symmetric.eigenvalues()) < limit * size)
      let (sign, logarithm) = try a.signedLogDeterminant()
      guard n < 6 else { continue }
      try #expect(distance(sign.multiplying(logarithm.exp()), a.determinant()) < limit * 1e3)
    }
  }

  @Test func `determinants of nothing and of singular matrices are what they should be`() throws {
    let none = try Tensor(repeating: 0.0, shape: [0, 0], type: .float64)
    #expect(try none.determinant().item() == 1)
    #expect(try none.signedLogDeterminant().sign.item() == 1)
    let flat = try Tensor([1.0, 2, 2, 4], shape: [2, 2])
    #expect(try flat.determinant().item() == 0)
    #expect(try flat.signedLogDeterminant().sign.item() == 0)
    #expect(try flat.signedLogDeterminant().logarithm.item() == -.infinity)
    #expect(try flat.matrixRank().item() == 1)
    #expect(try none.matrixRank().item() == 0)
    let trace = Trace(evaluates: true)
    let x = try trace.input(like: Tensor([1.0, 2, 3, 2, 4, 6, 1, 0, 1], shape: [3, 3]))
    let slope = try gradients(of: x.determinant(), withRespectTo: [x])[0]
    // The cofactors of a singular matrix.
    let exact = [4.0, 4, -4, -2, -2, 2, 0, 0, 0]
    #expect(
      zip(try slope.elements(as: Double.self), exact).allSatisfy { abs($0 - $1) < 1e-12 })
  }

  @Test func `what cannot be computed is named, with its place`() throws {
    let flat = try Tensor([2.0, 0, 0, 1, 1, 2, 2, 4, 0, 1, 1, 0], shape: [3, 2, 2])
    #expect(code { try flat.inverse() } == "value/singular")
    #expect(code { try flat.solved(for: flat) } == "value/singular")
    do {
      _ = try flat.inverse()
    } catch let error as TensorError {
      #expect(
        error.message
          == "matrix [1] of shape [3, 2, 2] is singular: column 1 depends on those before it")
    }
    #expect(code { try flat.cholesky() } == "value/definite")
    let wild = try Tensor([1.0, .nan, .nan, 1], shape: [2, 2])
    #expect(code { try wild.eigen().values } == "value/finite")
    #expect(code { try wild.singularValues() } == "value/finite")
    #expect(code { try wild.pseudoInverse() } == "value/finite")
    let oblong = try Tensor(repeating: 1.0, shape: [2, 3])
    #expect(code { try oblong.determinant() } == "shape/square")
    #expect(code { try oblong.leastSquares(for: oblong.matrixTransposed()) } == "shape/inner")
    #expect(code { try Tensor(scalar: 1).inverse() } == "shape/matrix")
    let large = try Tensor(repeating: 0.0, shape: [0, 20000, 20000])
    #expect(code { try large.inverse() } == "shape/size")
  }

  @Test func `a plan reports what its kernels cannot compute, and works again after`() throws {
    let trace = Trace()
    let a = try trace.input(Form(Shape([2, 2]), .float64))
    let plan = try Plan(trace, inputs: [a], outputs: [a.inverse().adding(1.0)])
    let (flat, fine) = (
      try Tensor([1.0, 2, 2, 4], shape: [2, 2]), try Tensor([2.0, 0, 0, 4], shape: [2, 2])
    )
    #expect(throws: TensorError.self) { try plan.replay([flat]) }
    #expect(try plan.replay([fine])[0].elements(as: Double.self) == [1.5, 1, 1, 1.25])
  }
}
