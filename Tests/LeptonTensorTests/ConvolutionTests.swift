import LeptonTensor
import Testing

@Suite(.serialized) struct `Convolution and pooling` {
  /// Larger shapes than those of the table: several panels of columns, strips and tiles.
  private static let shapes =
    WindowSample.all + [
      WindowSample([3, 9, 11, 5], [3, 3, 5, 37], Windowing(before: [1, 1], after: [1, 1])),
      WindowSample(
        [2, 12, 13, 8], [5, 5, 8, 16], Windowing(strides: [2, 2], before: [2, 2], after: [2, 2])),
      WindowSample(
        [2, 7, 9, 40], [3, 3, 1, 40], Windowing(before: [1, 1], after: [1, 1], groups: 40)),
      WindowSample(
        [2, 7, 9, 24], [3, 3, 1, 24],
        Windowing(strides: [2, 2], before: [0, 1], after: [1, 1], groups: 24)),
      WindowSample([37, 6, 6, 3], [3, 3, 3, 20], Windowing(before: [1, 1], after: [1, 1])),
      WindowSample([1, 70, 70, 12], [3, 3, 12, 4], Windowing(before: [1, 1], after: [1, 1])),
      WindowSample(
        [1, 60, 90, 2], [7, 7, 2, 4], Windowing(dilations: [2, 2], before: [6, 6], after: [6, 6])),
      WindowSample([4, 8, 8, 32], [1, 1, 32, 48], Windowing()),
      WindowSample(
        [2, 6, 6, 24], [3, 3, 6, 48], Windowing(before: [1, 1], after: [1, 1], groups: 4)),
    ]

  @Test(
    "fast kernels of float32 agree with plain loops of float64", arguments: shapes.indices)
  func agreement(_ index: Int) throws {
    let sample = Self.shapes[index]
    let key = RandomKey(seed: 9)
    let x = try key.uniform(sample.picture, from: -1, to: 1)
    let w = try key.folded(1).uniform(sample.filters, from: -1, to: 1)
    let attributes = sample.windowing.attributes()
    let y = try Operation.convolution.applied([x, w], attributes)
    let g = try key.folded(2).uniform(y.shape.sizes, from: -1, to: 1)
    let uses: [(Operation, [Tensor], [Int])] = [
      (.convolution, [x, w], []),
      (.convolutionInput, [g, w], Array(sample.picture[1...2])),
      (.convolutionFilters, [x, g], Array(sample.filters[0...1])),
    ]
    for (operation, operands, sizes) in uses {
      let settings = sample.windowing.attributes(sizes: sizes)
      let fast = try operation.applied(operands, settings).elements(as: Float.self)
      let exact = try operation.applied(operands.map { try $0.cast(to: .float64) }, settings)
        .elements(as: Double.self)
      let worst = zip(fast, exact).reduce(0) { max($0, abs(Double($1.0) - $1.1)) }
      let size = exact.reduce(1) { max($0, abs($1)) }
      #expect(fast.count == exact.count && worst <= 1e-5 * size, "\(operation.name): \(worst)")
    }
  }

  @Test(
    "wide and narrow kernels give the same bits", arguments: shapes.indices)
  func widths(_ index: Int) throws {
    guard Processor.isWide else { return }
    let sample = Self.shapes[index]
    let x = try RandomKey(seed: 9).normal(sample.picture)
    let w = try RandomKey(seed: 8).normal(sample.filters)
    let y = try Operation.convolution.applied([x, w], sample.windowing.attributes())
    for kind in Processor.ConvolutionKind.allCases {
      let operands = kind == .forward ? [x, w] : kind == .input ? [y, w] : [x, y]
      let results = try [true, false].map {
        try Processor.convolution(
          kind, operands, sample.picture, sample.filters, sample.windowing, isWide: $0)
      }
      #expect(results[0] == results[1], "\(kind)")
    }
  }

  @Test func `fast pooling gives what plain loops give, NaN and infinities too`() throws {
    for (shape, window, windowing) in [
      ([3, 8, 8, 16], [2, 2], Windowing(strides: [2, 2])),
      ([2, 9, 7, 20], [3, 3], Windowing(strides: [2, 2], before: [1, 1], after: [1, 1])),
      ([1, 5, 9, 33], [2, 3], Windowing(strides: [1, 1])),
      ([2, 7, 7, 5], [2, 2], Windowing(strides: [3, 3])),
    ] {
      let key = RandomKey(seed: 4)
      // Few different values, so that many are equal.
      var values = try key.integers(shape, from: -3, to: 4).elements(as: Int.self).map { Float($0) }
      for place in stride(from: 7, to: values.count, by: 11) { values[place] = .nan }
      for place in stride(from: 3, to: values.count, by: 13) { values[place] = -.infinity }
      let x = try Tensor(values, shape: shape)
      let settings = windowing.attributes(sizes: window)
      let y = try Operation.maxPool.applied([x], settings)
      let g = try key.folded(1).uniform(y.shape.sizes)
      let other = try key.folded(2).uniform(shape)
      for (operation, operands) in [
        (Operation.maxPool, [x]), (.maxPoolSlope, [x, g]), (.maxPoolChoice, [x, other]),
      ] {
        let fast = try operation.applied(operands, settings).elements(as: Float.self)
        let plain = try operation.applied(operands.map { try $0.cast(to: .float64) }, settings)
          .elements(as: Double.self)
        #expect(
          zip(fast, plain).allSatisfy {
            abs(Double($0) - $1) < 1e-6 || $0.isNaN && $1.isNaN || Double($0) == $1
          },
          "\(operation.name) \(shape)")
      }
    }
  }

  @Test func `training a convolutional network gives the same bits for any number of threads`()
    throws
  {
    let runs = try [1, 2, 3, 8].map { threads in
      Execution.threads = threads
      return try trained()
    }
    #expect(runs.allSatisfy { $0 == runs[0] })
    #expect(runs[0].allSatisfy { $0.isFinite })
  }

  private func trained() throws -> [Float] {
    let key = RandomKey(seed: 1)
    let sizes = [
      [3, 3, 1, 6], [6], [3, 3, 1, 6], [6, 8], [2, 2, 8, 4], [3, 3, 4, 5], [45, 10],
    ]
    let parameters = try sizes.enumerated().map { index, shape in
      try key.folded(UInt64(index)).uniform(shape, from: -0.4, to: 0.4)
    }
    let images = try key.folded(20).uniform([70, 12, 12, 1])
    let labels = try key.folded(21).integers([70], from: 0, to: 10)
    let state = try TrainingState(
      parameters: parameters, update: Update(.adam(beta1: 0.9, beta2: 0.999, epsilon: 1e-7)))
    let same = Windowing(before: [1, 1], after: [1, 1])
    let plan = try TrainingPlan(state: state, examples: [images, labels], batch: 50, key: key) {
      let w = $0.parameters
      var x = try $0.examples[0].convolved(with: w[0], same).adding(w[1]).relu()
      x = try x.maxPooled([2, 2], Windowing(strides: [2, 2]))
      var depth = same
      depth.groups = 6
      x = try x.convolved(with: w[2], depth)
      x = try x.convolved(with: w[3].reshaped(to: [1, 1, 6, 8])).relu()
      x = try x.convolved(with: w[4], Windowing(strides: [2, 2]))
      x = try x.averagePooled(
        [2, 2], Windowing(before: [1, 1], after: [0, 0]), countsPadding: false)
      x = try x.convolved(with: w[5], same).tanh().reshaped(to: [50, 45])
      let losses = try x.matmul(w[6]).softmaxCrossEntropy(labels: $0.examples[1])
      return .init(loss: try losses.mean(), sums: [])
    }
    for step in 1...4 {
      let places = (0..<50).map { ($0 * step) % 70 }
      try plan.replay(places[...], learningRate: 0.01, step: step)
    }
    return try state.parameters.flatMap { try $0.elements(as: Float.self) }
  }

  @Test func `sizes that do not go together are errors`() throws {
    func code(_ x: [Int], _ w: [Int], _ windowing: Windowing = Windowing()) -> String? {
      do {
        _ = try Tensor(repeating: 0.0, shape: x).convolved(
          with: Tensor(repeating: 0.0, shape: w), windowing)
        return nil
      } catch { return (error as? TensorError)?.code }
    }
    #expect(code([1, 4, 4, 2], [5, 3, 2, 1]) == "shape/window")
    #expect(code([1, 4, 4, 2], [3, 3, 3, 1]) == "shape/channels")
    #expect(code([1, 4, 4, 4], [3, 3, 2, 3], Windowing(groups: 2)) == "shape/channels")
    #expect(code([4, 4, 2], [3, 3, 2, 1]) == "shape/rank")
    #expect(code([1, 4, 4, 2], [3, 3, 2, 1], Windowing(strides: [0, 1])) == "value/range")
    #expect(code([1, 4, 4, 2], [3, 3, 2, 1], Windowing(before: [.max, 0])) == "value/range")
    #expect(code([1, 4, 4, 2], [3, 3, 2, 1], Windowing(groups: 0)) == "shape/channels")
    #expect(code([0, 4, 4, 2], [3, 3, 2, 1]) == nil)
    #expect(code([1, 4, 4, 0], [3, 3, 0, 2]) == nil)
    #expect(code([1, 4, 4, 2], [3, 3, 2, 0]) == nil)
    #expect(code([1, 0, 0, 2], [1, 1, 2, 2], Windowing(before: [1, 1], after: [1, 1])) == nil)
  }
}
