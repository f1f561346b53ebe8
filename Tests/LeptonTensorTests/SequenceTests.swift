import LeptonTensor
import Testing

@Suite(.serialized) struct `Cells go through sequences` {
  /// Several tiles, the last one short; units that fill no register; a product that is cut.
  private let sizes = [(40, 5, 9), (33, 3, 100), (1, 4, 16), (3, 1, 1)]

  @Test(arguments: SequenceCell.all)
  func `states and gradients are the same bits for any number of threads`(
    _ cell: SequenceCell
  ) throws {
    defer { Execution.threads = 2 }
    for (batch, time, units) in sizes {
      let operands = try cell.operands(batch: batch, time: time, units: units, type: .float32)
      let mask = try RandomKey(seed: 9).bernoulli(0.7, [batch, time])
      let trace = Trace()
      let inputs = try (operands + [mask]).map { try trace.input(like: $0) }
      let states = try cell.states.applied(inputs, Attributes(sizes: cell.sizes, steps: [-1]))
      let loss = try states.multiplying(states).sum()
      let outputs = [states] + (try gradients(of: loss, withRespectTo: Array(inputs[..<4])))
      let plan = try Plan(trace, inputs: inputs, outputs: outputs)
      let runs = try [1, 2, 3, 8].map { threads in
        Execution.threads = threads
        return try plan.replay(operands + [mask]).map { try $0.withUnsafeBytes { Array($0) } }
      }
      #expect(runs.allSatisfy { $0 == runs[0] }, "\(batch) \(time) \(units)")
    }
  }

  @Test(arguments: SequenceCell.all)
  func `float32 and float64 agree, in states and gradients`(_ cell: SequenceCell) throws {
    for (batch, time, units) in sizes {
      let single = try cell.operands(batch: batch, time: time, units: units, type: .float32)
        .map { try $0.multiplying(0.3) }
      let both = try [single, single.map { try $0.cast(to: .float64) }].map { operands in
        let trace = Trace(evaluates: true)
        let inputs = try operands.map { try trace.input(like: $0) }
        let states = try cell.states.applied(inputs, Attributes(sizes: cell.sizes))
        let loss = try states.multiplying(states).mean()
        return try [states] + gradients(of: loss, withRespectTo: inputs)
      }
      for (one, other) in zip(both[0], both[1]) {
        let exact = try other.elements(as: Double.self)
        let size = exact.reduce(1e-6) { max($0, abs($1)) }
        let pairs = zip(try one.elements(as: Double.self), exact)
        #expect(pairs.allSatisfy { abs($0 - $1) < 1e-5 * size }, "\(batch) \(time) \(units)")
      }
    }
  }

  @Test(arguments: SequenceCell.all)
  func `a mask of lengths gives what the short sequences give alone`(_ cell: SequenceCell) throws {
    let operands = try cell.operands(batch: 3, time: 6, units: 5, type: .float32)
    let lengths = [6, 2, 4]
    let mask = try Tensor(lengths.flatMap { length in (0..<6).map { $0 < length } }, shape: [3, 6])
    for steps in [[], [-1]] {
      let attributes = Attributes(sizes: cell.sizes, steps: steps)
      let together = try cell.states.applied(operands + [mask], attributes)
      for (row, length) in lengths.enumerated() {
        let alone = try cell.states.applied(
          [
            operands[0].sliced([Slice(from: row, to: row + 1), Slice(to: length)]), operands[1],
            operands[2], operands[3].sliced([Slice(from: row, to: row + 1)]),
          ], attributes)
        let end = steps.isEmpty ? -1 : 0
        let last = try together.element(at: row).element(at: end).elements(as: Float.self)
        let own = try alone.element(at: 0).element(at: end).elements(as: Float.self)
        #expect(last == own)
      }
    }
  }

  @Test func `sequences without steps, batches without rows and cells without units are nothing`()
    throws
  {
    for cell in SequenceCell.all {
      for (batch, time, units) in [(2, 0, 3), (0, 2, 3), (2, 2, 0)] {
        let trace = Trace(evaluates: true)
        let inputs = try cell.operands(batch: batch, time: time, units: units, type: .float32)
          .map { try trace.input(like: $0) }
        let states = try cell.states.applied(inputs, Attributes(sizes: cell.sizes))
        #expect(states.shape.sizes == [batch, time, cell.parts * units])
        let slopes = try gradients(of: states.sum(), withRespectTo: inputs)
        #expect(slopes.map(\.shape) == inputs.map(\.shape))
        for slope in slopes {
          #expect(try slope.elements(as: Float.self).allSatisfy { $0 == 0 })
        }
      }
    }
  }

  @Test func `operands that do not fit are refused`() throws {
    func zeros(_ shape: Int...) throws -> Tensor { try Tensor(repeating: 0.0, shape: shape) }
    let good = [try zeros(2, 3, 6), try zeros(2, 6), try zeros(6), try zeros(2, 2)]
    for (place, bad) in [
      (0, try zeros(2, 3, 4)), (0, try zeros(2, 6)), (1, try zeros(2, 4)), (1, try zeros(2)),
      (2, try zeros(3)), (3, try zeros(1, 2)),
    ] {
      var operands = good
      operands[place] = bad
      #expect(throws: TensorError.self) { try Operation.gatedStates.applied(operands) }
    }
    #expect(throws: TensorError.self) { try Operation.gatedStates.applied(good + [zeros(2, 3)]) }
  }
}

@Suite(.serialized) struct `Rows of a table` {
  @Test func `their gradients are the same bits for any number of threads`() throws {
    defer { Execution.threads = 2 }
    let table = try RandomKey(seed: 1).normal([500, 24])
    let rows = try RandomKey(seed: 2).integers([40, 7], from: 0, to: 500)
    let trace = Trace()
    let inputs = try [table, rows].map { try trace.input(like: $0) }
    let taken = try inputs[0].embedded(inputs[1])
    let slope = try gradients(of: taken.multiplying(taken).sum(), withRespectTo: [inputs[0]])[0]
    let plan = try Plan(trace, inputs: inputs, outputs: [taken, slope])
    let runs = try [1, 2, 3, 8].map { threads in
      Execution.threads = threads
      return try plan.replay([table, rows])
    }
    for run in runs {
      for (one, other) in zip(run, runs[0]) {
        #expect(try one.elements(as: Float.self) == other.elements(as: Float.self))
      }
    }
    let counts = try rows.elements(as: Int.self).reduce(into: [Int: Int]()) {
      $0[$1, default: 0] += 1
    }
    let expected = try table.elements(as: Double.self).enumerated().map {
      2 * $1 * Double(counts[$0 / 24] ?? 0)
    }
    let given = try runs[0][1].elements(as: Double.self)
    #expect(zip(given, expected).allSatisfy { abs($0 - $1) < 1e-4 })
  }

  @Test func `a number that names no row is a mistake, at once and in a plan`() throws {
    let table = try Tensor(repeating: 1.0, shape: [3, 2])
    for bad in [3, -1] {
      let rows = try Tensor([0, 1, bad, 2], shape: [2, 2])
      let trace = Trace()
      let inputs = try [table, rows].map { try trace.input(like: $0) }
      let plan = try Plan(trace, inputs: inputs, outputs: [inputs[0].embedded(inputs[1])])
      for attempt in [{ _ = try table.embedded(rows) }, { _ = try plan.replay([table, rows]) }] {
        let error = #expect(throws: TensorError.self) { try attempt() }
        #expect(error?.code == "value/index")
        #expect(error?.message.contains("[1, 0]") == true)
      }
    }
  }
}
