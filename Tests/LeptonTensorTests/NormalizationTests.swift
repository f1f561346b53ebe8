import LeptonTensor
import Testing

/// Uses of the operations of which normalisation is made.
func normalizationSamples() throws -> [Sample] {
  var all: [Sample] = []
  for isCentred in [0, 1] {
    let settings = Attributes(sizes: [isCentred], numbers: [0.1])
    all.append(try Sample(.normalize, [[3, 5]], settings))
    all.append(try Sample(.normalizeSlope, [[3, 5], [3, 5]], settings))
  }
  for axes in [[0], [1], [2], [0, 1], [1, 2], [0, 1, 2]] {
    var kept = [2, 3, 4]
    for axis in axes { kept[axis] = 1 }
    let settings = Attributes(axes: axes)
    all.append(try Sample(.moments, [[2, 3, 4]], settings))
    all.append(try Sample(.pairedSums, [[2, 3, 4], [2, 3, 4], kept], settings))
  }
  all.append(
    try Sample(.pairedSums, [[2, 3, 4], [2, 3, 4], [1, 1, 4]], Attributes(axes: [1])))
  for shape in [[4], [2, 1, 4], [2, 3, 1], [1, 3, 1], [2, 3, 4]] {
    all.append(try Sample(.affine, [[2, 3, 4], shape, shape, shape]))
  }
  all.append(try Sample(.affine, [[2, 3, 4], [4], [3, 1], [2, 1, 1]]))
  return all
}

@Suite struct NormalizationTests {
  /// Numbers around 1000, so that sums of squares would lose all digits.
  private func far(_ shape: [Int], seed: UInt64 = 1) throws -> Tensor {
    try RandomKey(seed: seed).normal(shape, mean: 1000, deviation: 0.5)
  }

  private func check(_ found: Tensor, _ wanted: Tensor, _ tolerance: Double, _ name: String) throws
  {
    let pairs = zip(try found.elements(as: Double.self), try wanted.elements(as: Double.self))
    #expect(found.shape.count == wanted.shape.count, "\(name)")
    #expect(pairs.allSatisfy { abs($0 - $1) <= tolerance * max(1, abs($1)) }, "\(name)")
  }

  @Test(arguments: [[7, 3], [40, 2, 6, 16], [3, 700, 5], [2, 6000], [90, 200], [513, 1]])
  func `means and variances are those of float64, also far from 0`(_ shape: [Int]) throws {
    let x = try far(shape)
    let exact = try x.cast(to: .float64)
    for axes in [[0], Array(0..<shape.count - 1), [shape.count - 1], Array(1..<shape.count)] {
      let (mean, variance) = try x.moments(axes: axes)
      let level = try exact.mean(axes: axes, keepingDimensions: true)
      let distance = try exact.subtracting(level)
      let spread = try distance.multiplying(distance).mean(axes: axes, keepingDimensions: true)
      try check(mean, level, 1e-6, "mean over \(axes)")
      try check(variance, spread, 1e-4, "variance over \(axes)")
      #expect(mean.shape == level.shape)
    }
  }

  @Test func `rows are normalised far from 0`() throws {
    let x = try far([5, 300])
    let exact = try x.cast(to: .float64).normalized(epsilon: 1e-5)
    try check(x.normalized(epsilon: 1e-5), exact, 1e-3, "rows")
    let square = try x.normalized(epsilon: 0, centred: false)
    try check(
      square.multiplying(square).mean(axes: [-1]), Tensor(repeating: 1.0, shape: [5]), 1e-5, "")
  }

  @Test func `a column that repeats is read as it is, whatever its size`() throws {
    for width in [1, 3, 16, 1000, 1500] {
      let x = try RandomKey(seed: 2).normal([5, 7, width])
      let shift = try RandomKey(seed: 3).normal([width])
      let sum = try x.adding(shift)
      let parts = try (0..<5).map { try x.element(at: $0).element(at: 3).adding(shift) }
      for (place, part) in parts.enumerated() {
        #expect(
          try sum.element(at: place).element(at: 3).elements(as: Float.self)
            == part.elements(as: Float.self))
      }
    }
  }
}
