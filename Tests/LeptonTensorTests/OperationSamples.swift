import LeptonTensor

/// A use of an operation on which the tests of the table try it.
struct Sample: Sendable {
  let operation: Operation
  let operands: [Tensor]
  var attributes = Attributes()

  /// A use of an operation with operands of float64, away from places without derivative.
  init(
    _ operation: Operation, _ shapes: [[Int]], from low: Double = -2, to high: Double = 2,
    _ attributes: Attributes = Attributes(), seed: UInt64 = 3
  ) throws {
    self.operation = operation
    self.attributes = attributes
    operands = try shapes.enumerated().map { index, shape in
      try RandomKey(seed: seed).folded(UInt64(index)).uniform(
        shape, from: low, to: high, type: .float64)
    }
  }

  init(_ operation: Operation, _ operands: [Tensor], _ attributes: Attributes = Attributes()) {
    self.operation = operation
    self.operands = operands
    self.attributes = attributes
  }

  func apply(_ operands: [Tensor]) throws -> Tensor { try operation.applied(operands, attributes) }
}

/// At least one use of each operation.
func samples() throws -> [Sample] {
  let key = RandomKey(seed: 11)
  let truths = try key.bernoulli(0.5, [2, 3])
  let x = try key.folded(1).uniform([4, 3], from: -2, to: 2, type: .float64)
  let y = try key.folded(2).uniform([4, 3], from: -2, to: 2, type: .float64)
  let places = try Tensor([2, 0, -1, 2, 7], shape: [5])
  let grid = try Tensor([1, 0, 2, 2], shape: [2, 2])
  let key2 = try Tensor([5, 1], shape: [2])
  var all: [Sample] = []
  for operation in [Operation.add, .subtract, .multiply, .divide, .maximum, .minimum, .remainder] {
    all.append(try Sample(operation, [[2, 3], [3]], from: 0.5, to: 3))
    all.append(try Sample(operation, [[2, 1], [4, 1, 3]], from: 0.5, to: 3))
  }
  all.append(try Sample(.power, [[2, 3], [3]], from: 0.5, to: 3))
  all.append(try Sample(.floorDivide, [[2, 3], [3]], from: 0.5, to: 3))
  for operation in [
    Operation.negate, .absolute, .sign, .identity, .stop, .exp, .sine, .cosine, .tanh, .sigmoid,
    .relu, .floor, .ceil, .round, .arctangent, .hyperbolicSine, .hyperbolicCosine, .expMinusOne,
    .errorFunction,
  ] { all.append(try Sample(operation, [[2, 3]])) }
  for operation in [Operation.arcsine, .arccosine, .logOnePlus] {
    all.append(try Sample(operation, [[2, 3]], from: -0.8, to: 0.8))
  }
  all.append(try Sample(.log, [[2, 3]], from: 0.2, to: 3))
  all.append(try Sample(.squareRoot, [[2, 3]], from: 0.2, to: 3))
  all.append(try Sample(.cast, [[2, 3]], Attributes(elementType: .float64)))
  all.append(try Sample(.gate, [[2, 3], [3]]))
  all.append(Sample(.select, [truths, try x.sliced([Slice(to: 2)]), try y.element(at: 1)]))
  for operation in [
    Operation.equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual,
  ] { all.append(Sample(operation, [x, try y.element(at: 0)])) }
  all.append(Sample(.and, [truths, try truths.element(at: 0)]))
  all.append(Sample(.or, [truths, try truths.element(at: 0)]))
  all.append(Sample(.not, [truths]))
  for operation in [Operation.sum, .product, .max, .min] {
    for axes in [[0], [1], [2], [0, 1], [1, 2], [0, 1, 2]] {
      all.append(try Sample(operation, [[2, 3, 4]], Attributes(axes: axes)))
    }
  }
  all += try normalizationSamples()
  for axis in [0, 1, 2] {
    all.append(try Sample(.recurrence, [[2, 3, 4], [2, 3, 4]], Attributes(axes: [axis])))
  }
  let row = try Tensor([-1.5, -0.5, 0.25, 1.0], shape: [4])
  all.append(Sample(.searchSorted, [row, x]))
  all.append(Sample(.searchSorted, [row, try x.element(at: 0)], Attributes(sizes: [1])))
  let zeros = try Tensor([1.0, 0, 2, 3, 0, 0, 4, 5, 6], shape: [3, 3])
  all.append(Sample(.product, [zeros], Attributes(axes: [1])))
  all.append(Sample(.cumulativeProduct, [zeros], Attributes(axes: [1])))
  for operation in [Operation.anyTrue, .allTrue] {
    all.append(Sample(operation, [truths], Attributes(axes: [1])))
  }
  for operation in [
    Operation.argmax, .argmin, .cumulativeSum, .cumulativeProduct, .cumulativeMaximum,
    .cumulativeMinimum, .argsort, .sort,
  ] {
    for axis in [0, 1, 2] {
      all.append(try Sample(operation, [[2, 3, 4]], Attributes(axes: [axis])))
    }
  }
  all.append(try Sample(.sort, [[2, 5]], Attributes(axes: [1], sizes: [1])))
  all.append(try Sample(.softmax, [[3, 5]]))
  all.append(try Sample(.logSoftmax, [[3, 5]]))
  let labels = try Tensor([2, 0, 1, 1], shape: [4])
  all.append(Sample(.softmaxCrossEntropy, [x, labels]))
  all.append(Sample(.crossEntropySlope, [x, labels, try Tensor([0.5, -2, 1, 0.25], shape: [4])]))
  all.append(try Sample(.reshape, [[2, 6]], Attributes(sizes: [3, 4])))
  all.append(try Sample(.transpose, [[2, 3, 4]], Attributes(axes: [2, 0, 1])))
  all.append(try Sample(.broadcast, [[3, 1]], Attributes(sizes: [2, 3, 4])))
  let part = Attributes(sizes: [2, 2], starts: [3, 0], steps: [-2, 2])
  all.append(Sample(.slice, [x], part))
  var back = part
  back.axes = [4, 3]
  all.append(try Sample(.unslice, [[2, 2]], back))
  all.append(try Sample(.concatenate, [[2, 3], [2, 1]], Attributes(axes: [1])))
  all.append(try Sample(.concatenate, [[2, 3], [1, 3]], Attributes(axes: [0])))
  all.append(try Sample(.pad, [[2, 3]], Attributes(sizes: [0, 2], starts: [1, 0], numbers: [5])))
  for (axis, named) in [(0, places), (1, places), (0, grid), (1, grid)] {
    all.append(Sample(.gather, [x, named], Attributes(axes: [axis])))
    let shape = try Operation.gather.applied([x, named], Attributes(axes: [axis])).shape.sizes
    let updates = try key.folded(3).normal(shape, type: .float64)
    all.append(Sample(.scatterAdd, [x, named, updates], Attributes(axes: [axis])))
    all.append(Sample(.scatter, [x, named, updates], Attributes(axes: [axis])))
  }
  for (a, b) in [([2, 3], [3, 4]), ([2, 2, 3], [3, 4]), ([2, 1, 2, 3], [3, 3, 2])] {
    all.append(try Sample(.matmul, [a, b]))
  }
  all.append(try Sample(.matmul, [[3, 2], [3, 4]], Attributes(sizes: [1, 0])))
  all.append(try Sample(.matmul, [[2, 3], [4, 3]], Attributes(sizes: [0, 1])))
  all.append(try Sample(.matmul, [[5, 3, 2], [5, 4, 3]], Attributes(sizes: [1, 1])))
  all.append(Sample(.randomUniform, [key2], Attributes(sizes: [3, 2], elementType: .float32)))
  all.append(Sample(.randomNormal, [key2], Attributes(sizes: [3, 2], elementType: .float64)))
  all.append(Sample(.randomPermutation, [key2], Attributes(sizes: [9])))
  return try all + matrixSamples() + windowSamples() + sequenceSamples() + signalSamples()
}
