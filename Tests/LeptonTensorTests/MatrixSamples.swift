import LeptonTensor

/// Uses of operations on matrices and of Fourier transforms.
func matrixSamples() throws -> [Sample] {
  let key = RandomKey(seed: 17)
  func random(_ shape: [Int], _ number: UInt64) throws -> Tensor {
    try key.folded(number).uniform(shape, from: -1, to: 1, type: .float64)
  }
  func unit(_ n: Int) throws -> Tensor {
    try Tensor.range(n).expanded(at: 1).equal(to: Tensor.range(n)).cast(to: .float64)
  }
  /// Matrices far from singular.
  func regular(_ lead: [Int], _ n: Int, _ number: UInt64) throws -> Tensor {
    try random(lead + [n, n], number).adding(unit(n).multiplying(2.5))
  }
  let square = try regular([2], 3, 1)
  let slight = try random([2, 3, 3], 15).multiplying(0.07)
  let definite = try slight.adding(slight.matrixTransposed()).adding(unit(3))
  let graded = try Tensor([3.0, 0.3, -0.2, 0.3, 1, 0.4, -0.2, 0.4, -2], shape: [3, 3])
  let (tall, wide) = (try random([4, 3], 5), try random([2, 2, 4], 6))
  let share = Attributes(numbers: [1e-9])
  var all = [
    Sample(.solve, [square, try random([2, 3, 2], 2)]),
    Sample(.solve, [try regular([], 1, 3), try random([1, 2], 4)]),
    Sample(.inverse, [square]), Sample(.determinant, [square]),
    Sample(.determinant, [try regular([], 1, 3)]), Sample(.signedLogDeterminant, [square]),
    Sample(.signedLogDeterminant, [try square.negated()]), Sample(.cofactors, [square]),
    Sample(.cholesky, [definite]), Sample(.cholesky, [try definite.element(at: 0)]),
    Sample(.eigen, [graded]), Sample(.eigen, [definite]),
    Sample(.eigenvalues, [graded]), Sample(.eigenvalues, [definite]),
  ]
  for matrix in [square, tall, wide] {
    all.append(Sample(.qr, [matrix]))
    all.append(Sample(.singular, [matrix]))
    all.append(Sample(.singularValues, [matrix]))
    all.append(Sample(.pseudoInverse, [matrix], share))
  }
  all.append(Sample(.leastSquares, [tall, try random([4, 2], 7)], share))
  all.append(Sample(.leastSquares, [wide, try random([2, 2, 1], 8)], share))
  all.append(Sample(.leastSquares, [square, try random([2, 3, 2], 9)], share))
  for count in [1, 4, 6, 7, 17] {
    all.append(Sample(.fourierTransform, [try random([2, count, 2], 10)]))
    all.append(Sample(.realFourierTransform, [try random([2, count], 11)]))
    all.append(
      Sample(
        .halfFourierTransform, [try random([2, count / 2 + 1, 2], 12)], Attributes(sizes: [count])))
  }
  all.append(Sample(.fourierTransform, [try random([5, 2], 10)], Attributes(sizes: [1])))
  all.append(Sample(.hypotenuse, [try random([2, 3], 13), try random([3], 14)]))
  all.append(Sample(.angle, [try random([2, 3], 13), try random([3], 14)]))
  return all
}
