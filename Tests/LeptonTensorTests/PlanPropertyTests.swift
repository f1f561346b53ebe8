import LeptonTensor
import Testing

@Suite(.serialized) struct `A plan of anything gives the bits of eager computation` {
  @Test func `each operation alone`() throws {
    for sample in try samples() {
      try compare(sample.operation.name, sample.operands) { [try sample.apply($0)] }
    }
  }

  @Test func `each operation between element-wise ones, used twice`() throws {
    for sample in try samples() {
      try compare(sample.operation.name, sample.operands) { inputs in
        let before = try inputs.map { $0.elementType.isFloat ? try $0.multiplying(1.5).tanh() : $0 }
        let result = try sample.apply(before)
        let after = try result.cast(to: .float64).multiplying(2).adding(1)
        let row = try after.sum(axes: after.shape.rank > 0 ? [0] : [], keepingDimensions: true)
        return [after, try after.subtracting(row).absolute(), try result.cast(to: .int32)]
      }
    }
  }

  @Test func `random chains of operations that broadcast, with gradients`() throws {
    for seed in 0..<40 as Range<UInt64> {
      let key = RandomKey(seed: seed)
      let shapes = [[24, 7], [7], [24, 1], [1, 7], [24, 7], []]
      let operands = try shapes.enumerated().map {
        try key.folded(UInt64($0)).uniform($1, from: 0.5, to: 2)
      }
      let choices = try key.folded("choices").integers([36], from: 0, to: 1000)
        .elements(as: Int.self)
      try compare("seed \(seed)", operands) { inputs in
        let results = try chain(inputs, choices)
        let loss = try results.reduce(Tensor(scalar: 0)) { try $0.adding($1.sum()) }
        guard loss.isTraced else { return results }
        return results + [loss] + (try gradients(of: loss, withRespectTo: inputs))
      }
    }
  }

  @Test(arguments: [1, 7, 64, 1000, 5000])
  func `an element-wise step whose result takes the place of an operand`(length: Int) throws {
    let steps: [(name: String, body: ([Tensor]) throws -> Tensor)] = [
      ("relu", { try $0[0].relu() }), ("negate", { try $0[1].negated() }),
      ("subtract", { try $0[0].subtracting($0[1]) }), ("square", { try $0[0].multiplying($0[0]) }),
      ("gate", { try Operation.gate.applied(Array($0[..<2])) }),
      ("select", { try Tensor.select($0[2].less(than: 0), $0[0], $0[1]) }),
      ("affine", { try Operation.affine.applied($0) }),
    ]
    for type in [ElementType.float32, .float64] {
      let operands = try (0..<4).map {
        try RandomKey(seed: 6).folded($0).normal([length]).cast(to: type)
      }
      for (step, mask) in steps.flatMap({ step in (1..<16).map { (step, $0) } }) {
        try compare("\(step.name) of \(length) \(type), \(mask)", operands) { inputs in
          // What is turned around stands in the plan's own memory, where nobody else needs it.
          let mixed = try inputs.enumerated().map { place, input in
            mask >> place & 1 == 1 ? try input.flipped() : input
          }
          return [try step.body(mixed).flipped()]
        }
      }
    }
  }

  @Test func `odd outputs: constants, inputs, the same twice, none at all, nothing in them`() throws
  {
    let x = try RandomKey(seed: 1).uniform([3, 4])
    try compare("odd", [x, Tensor(repeating: 0.0, shape: [0, 4])]) { inputs in
      let constant = try Tensor([1, 2, 3], shape: [3]).adding(1)
      let sum = try inputs[0].sum()
      let traced = try inputs[0].multiplying(0).sum().cast(to: .int64).adding(constant)
      return [
        inputs[0], sum, sum, try inputs[0].reshaped(to: [12]), traced, try inputs[1].exp(),
        try inputs[1].sum(axes: [0]),
      ]
    }
    let trace = Trace()
    let input = try trace.input(like: x)
    #expect(try Plan(trace, inputs: [input], outputs: []).replay([x]).isEmpty)
    #expect(throws: TensorError.self) { try Plan(trace, inputs: [], outputs: [input.exp()]) }
    let plan = try Plan(trace, inputs: [input], outputs: [input.exp()])
    #expect(throws: TensorError.self) { try plan.replay([x.transposed()]) }
  }

  @Test func `what a plan keeps stands behind what each replay is given`() throws {
    let (x, w) = (try Tensor([1, 2, 3], shape: [3]), try Tensor([10, 20, 30], shape: [3]))
    let trace = Trace()
    let inputs = try [x, w].map { try trace.input(like: $0) }
    let plan = try Plan(trace, inputs: inputs, outputs: [inputs[0].multiplying(inputs[1])])
    #expect(throws: TensorError.self) { try plan.replay([x]) }
    #expect(throws: TensorError.self) { try plan.keep([w.cast(to: .float64)]) }
    try plan.keep([w])
    for factor in [1, 2] {
      let results = try plan.replay([x.multiplying(factor)])
      #expect(try results[0].elements(as: Int.self) == [10, 40, 90].map { $0 * factor })
    }
    #expect(throws: TensorError.self) { try plan.replay([x, w]) }
  }

  /// Results of operations that a list of numbers chooses.
  private func chain(_ inputs: [Tensor], _ choices: [Int]) throws -> [Tensor] {
    var pool = inputs
    for index in stride(from: 0, to: choices.count, by: 3) {
      let a = pool[choices[index + 1] % pool.count]
      let b = pool[choices[index + 2] % pool.count]
      let next: Tensor =
        switch choices[index] % 9 {
        case 0: try a.adding(b)
        case 1: try a.multiplying(b)
        case 2: try a.subtracting(b).tanh()
        case 3: try a.dividing(b.absolute().adding(0.5))
        case 4: try a.relu()
        case 5: try Tensor.select(a.less(than: b), a, b.negated())
        case 6: try a.shape.rank == 2 ? a.softmax() : a.sigmoid()
        case 7: try a.shape.rank == 2 ? a.mean(axes: [1], keepingDimensions: true) : a.exp().log()
        default: try a.shape.rank == 2 ? a.matrixTransposed().matrixTransposed().minimum(b) : a
        }
      pool.append(next)
    }
    return Array(pool.suffix(4))
  }

  private func compare(
    _ name: String, _ operands: [Tensor], _ body: ([Tensor]) throws -> [Tensor]
  ) throws {
    let eager = Trace(evaluates: true)
    let expected = try body(operands.map { try eager.input(like: $0) }).map { try $0.evaluated() }
    let trace = Trace()
    let inputs = try operands.map { try trace.input(like: $0) }
    let plan = try Plan(trace, inputs: inputs, outputs: body(inputs))
    for threads in [1, 2, 3, 2] {
      Execution.threads = threads
      for (result, one) in zip(try plan.replay(operands), expected) {
        #expect(result.shape == one.shape && result.elementType == one.elementType, "\(name)")
        let bits = try [result, one].map { try $0.withUnsafeBytes { Array($0) } }
        #expect(bits[0] == bits[1], "\(name), \(threads) threads\n\(plan.description)")
      }
    }
  }
}
