import LeptonTensor
import Testing

/// Work that is cut where there would be one tile otherwise: long sums, products of one row, few pictures.
@Suite("Work that threads share", .serialized)
struct SharedWorkTests {
  /// What a computation gives, which must be the same bits for any number of threads.
  private func elements(_ body: () throws -> Tensor) throws -> [Double] {
    defer { Execution.threads = 2 }
    let runs = try [1, 2, 3, 8].map { threads in
      Execution.threads = threads
      return try body().elements(as: Double.self)
    }
    #expect(runs.allSatisfy { $0.map(\.bitPattern) == runs[0].map(\.bitPattern) })
    return runs[0]
  }

  @Test(
    "folds a long line as one among many",
    arguments: [ElementType.float32, .float64, .int64], [32_769, 40_000])
  func longLines(_ type: ElementType, _ length: Int) throws {
    let many = try RandomKey(seed: 2).uniform([129, length], from: -1, to: 1.1)
      .multiplying(1000.0).cast(to: type)
    let one = try many.sliced([Slice(from: 3, to: 4)]).reshaped(to: [length])
    let three = try many.sliced([Slice(from: 3, to: 6)])
    let folds: [(Tensor, [Int]?) throws -> Tensor] = [
      { try $0.sum(axes: $1) }, { try $0.max(axes: $1) }, { try $0.min(axes: $1) },
      { try $0.product(axes: $1) },
    ]
    for fold in folds {
      let among = try fold(many, [1]).elements(as: Double.self)[3..<6].map(\.bitPattern)
      #expect(try elements { try fold(one, nil) }.map(\.bitPattern) == [among[0]])
      #expect(try elements { try fold(three, [1]) }.map(\.bitPattern) == among)
    }
  }

  @Test("adds up a million numbers to the last digits")
  func million() throws {
    let x = try RandomKey(seed: 7).uniform([1_000_003])
    let exact = try x.elements(as: Double.self).reduce(0, +)
    let sum = try elements { try x.sum() }[0]
    #expect(abs(sum - exact) <= Double(Float(exact).ulp))
  }

  @Test("folds in a plan again and again, behind a loop and before one")
  func planned() throws {
    let trace = Trace()
    let x = try trace.input(Form(Shape([200, 300]), .float32))
    let share = try x.multiplying(x).sum()
    let plan = try Plan(trace, inputs: [x], outputs: [share, try x.dividing(share)])
    for seed in 0..<3 {
      let value = try RandomKey(seed: UInt64(seed)).normal([200, 300])
      let sum = try value.multiplying(value).sum()
      for place in 0...1 {
        let expected = try place == 0 ? sum : value.dividing(sum)
        let planned = try elements { try plan.replay([value])[place] }
        #expect(try planned == expected.elements(as: Double.self))
      }
    }
  }

  @Test(
    "multiplies one row as one among many",
    arguments: [(784, 128), (300, 129), (33, 1000), (1, 40_000), (97, 640)])
  func singleRow(_ inner: Int, _ columns: Int) throws {
    let many = try RandomKey(seed: 4).normal([20, inner])
    let right = try RandomKey(seed: 5).normal([inner, columns])
    let turned = try right.transposed().evaluated()
    let one = try many.sliced([Slice(from: 18, to: 19)])
    let among = try many.matmul(right).elements(as: Double.self)[(18 * columns)...]
      .prefix(columns)
    #expect(try elements { try one.matmul(right) } == Array(among))
    let trace = Trace()
    let inputs = try [one, turned].map { try trace.input(like: $0) }
    let plan = try Plan(
      trace, inputs: inputs, outputs: [inputs[0].matmul(inputs[1].transposed())])
    #expect(try elements { try plan.replay([one, turned])[0] } == Array(among))
  }

  @Test(
    "multiplies few rows as some among many",
    arguments: [2, 3, 16, 33, 128, 129],
    [(784, 128), (513, 65), (1700, 100), (300, 129), (100, 400)])
  func fewRows(_ rows: Int, _ sizes: (inner: Int, columns: Int)) throws {
    let many = try RandomKey(seed: 4).normal([rows + 130, sizes.inner])
    let right = try RandomKey(seed: 5).normal([sizes.inner, sizes.columns])
    let turned = try right.transposed().evaluated()
    let few = try many.sliced([Slice(from: 1, to: rows + 1)])
    let among = Array(
      try many.matmul(right).elements(as: Double.self)[sizes.columns...]
        .prefix(rows * sizes.columns))
    #expect(try elements { try few.matmul(right) } == among)
    let trace = Trace()
    let inputs = try [few, turned, right].map { try trace.input(like: $0) }
    let plan = try Plan(
      trace, inputs: inputs,
      outputs: [inputs[0].matmul(inputs[1].transposed()), inputs[0].matmul(inputs[2]).relu()])
    for _ in 0..<2 {
      #expect(try elements { try plan.replay([few, turned, right])[0] } == among)
      #expect(
        try elements { try plan.replay([few, turned, right])[1] } == among.map { max($0, 0) })
    }
  }

  @Test(
    "sees few pictures as it sees many",
    arguments: [
      ([1, 28, 28, 1], [3, 3, 1, 16], Windowing(before: [1, 1], after: [1, 1])),
      ([1, 14, 14, 16], [3, 3, 16, 32], Windowing(before: [1, 1], after: [1, 1])),
      (
        [3, 13, 11, 5], [3, 5, 5, 37], Windowing(strides: [2, 1], before: [1, 2], after: [0, 2])
      ),
      ([2, 30, 31, 24], [3, 3, 1, 24], Windowing(before: [1, 1], after: [1, 1], groups: 24)),
      ([2, 19, 17, 24], [3, 3, 6, 80], Windowing(dilations: [2, 2], groups: 4)),
    ])
  func fewPictures(_ shape: [Int], _ filters: [Int], _ windowing: Windowing) throws {
    let few = try RandomKey(seed: 6).uniform(shape, from: -1, to: 1)
    let w = try RandomKey(seed: 8).uniform(filters, from: -1, to: 1)
    let attributes = windowing.attributes()
    let others = try RandomKey(seed: 9).uniform([37] + shape.dropFirst(), from: -1, to: 1)
    let many = try Operation.convolution.applied(
      [Tensor.concatenated([few, others]), w], attributes)
    let one = many.shape.count / many.shape[0]
    let among = try many.elements(as: Double.self).prefix(one * shape[0])
    let trace = Trace()
    let inputs = try [few, w].map { try trace.input(like: $0) }
    let plan = try Plan(
      trace, inputs: inputs, outputs: [Operation.convolution.applied(inputs, attributes)])
    #expect(try elements { try plan.replay([few, w])[0] } == Array(among))
  }

  @Test("replays a plan for the rows of a longer tensor")
  func rows() throws {
    let network = try Network([50, 33, 10])
    let trace = Trace()
    let x = try trace.input(Form(Shape([16, 50]), .float32))
    let parameters = try network.parameters.map { try trace.input(like: $0) }
    let plan = try Plan(
      trace, inputs: [x] + parameters, outputs: [Network.logits(x, parameters)])
    try plan.keep(network.parameters)
    let many = try RandomKey(seed: 1).uniform([16 * 5 + 3, 50])
    let expected = try Network.logits(many, network.parameters).elements(as: Double.self)
    let outputs = try #require(try plan.replay(rowsOf: many))
    #expect(outputs.shape.sizes == [80, 10])
    #expect(try outputs.elements(as: Double.self) == Array(expected.prefix(800)))
    let few = try #require(try plan.replay(rowsOf: many.sliced([Slice(to: 7)])))
    #expect(few.shape.sizes == [0, 10])
    let error = #expect(throws: TensorError.self) {
      try plan.replay(rowsOf: RandomKey(seed: 1).uniform([32, 49]))
    }
    #expect(error?.code == "plan/input")
  }

  @Test("has no rows to give where a plan gives one number for all of them")
  func noRows() throws {
    let trace = Trace()
    let x = try trace.input(Form(Shape([16, 50]), .float32))
    let plan = try Plan(trace, inputs: [x], outputs: [x.sum()])
    #expect(try plan.replay(rowsOf: RandomKey(seed: 1).uniform([32, 50])) == nil)
  }
}
