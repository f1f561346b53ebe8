import LeptonTensor
import Testing

@Suite struct `Every row of the table has every part` {
  @Test func `each operation has a name of its own, a sentence and a sample`() throws {
    #expect(Set(Operation.all.map(\.name)).count == Operation.all.count)
    let tried = Set(try samples().map(\.operation.name))
    for operation in Operation.all {
      #expect(operation.document.hasSuffix("."), "\(operation.name)")
      #expect(tried.contains(operation.name), "\(operation.name)")
    }
  }

  @Test func `each derivative agrees with central differences`() throws {
    for sample in try samples() where sample.operation.isDifferentiable {
      try checkGradient(sample.operation.name, sample.operands) { try sample.apply($0) }
    }
  }

  @Test func `each second derivative agrees with differences of the first`() throws {
    for sample in try samples() where sample.operation.isDifferentiable {
      guard let first = sample.operands.firstIndex(where: \.elementType.isFloat) else { continue }
      try checkGradient("second \(sample.operation.name)", sample.operands) { operands in
        // y + y² weighs the result, so that no second derivative is zero only since the result is.
        let result = try sample.apply(operands)
        let weights = try RandomKey(seed: 7).uniform(
          result.shape.sizes, from: 0.5, to: 1.5, type: .float64)
        let weighed = try result.adding(result.multiplying(result)).multiplying(weights).sum()
        return try gradients(of: weighed, withRespectTo: [operands[first]])[0]
      }
    }
  }

  @Test func `an operation without derivative does not change where its operands change a little`()
    throws
  {
    for sample in try samples() where !sample.operation.isDifferentiable {
      // What `stop` is for.
      if sample.operation.name == "stop" { continue }
      let result = try sample.apply(sample.operands)
      for place in sample.operands.indices where sample.operands[place].elementType.isFloat {
        var moved = sample.operands
        moved[place] = try moved[place].adding(1e-9)
        #expect(
          try sample.apply(moved).elements(as: Double.self) == result.elements(as: Double.self),
          "\(sample.operation.name) is not constant")
      }
    }
  }

  @Test func `each batching rule agrees with a loop over the batch`() throws {
    for sample in try samples() {
      for mask in 1..<(1 << sample.operands.count) {
        let batched = sample.operands.indices.map { mask >> $0 & 1 == 1 }
        try checkBatching(sample, batched)
      }
    }
  }

  private func checkBatching(_ sample: Sample, _ batched: [Bool]) throws {
    let examples = try (0..<3).map { place in
      try zip(sample.operands, batched).map { operand, isBatched in
        isBatched && operand.elementType.isFloat
          ? try operand.multiplying(1 + 0.1 * Double(place)) : operand
      }
    }
    let inputs = try sample.operands.indices.map { index in
      batched[index] ? try Tensor.stacked(examples.map { $0[index] }) : sample.operands[index]
    }
    let together = try mapped(inputs, batched: batched) { [try sample.apply($0)] }[0]
    let single = try Tensor.stacked(examples.map(sample.apply))
    #expect(together.shape == single.shape, "\(sample.operation.name) \(batched)")
    let pairs = zip(try together.elements(as: Double.self), try single.elements(as: Double.self))
    #expect(
      pairs.allSatisfy { abs($0 - $1) <= 1e-12 * max(1, abs($1)) || ($0.isNaN && $1.isNaN) },
      "\(sample.operation.name) \(batched)")
  }
}

/// Compares the gradient of a weighted sum of a function with central differences in float64.
func checkGradient(
  _ name: String, _ operands: [Tensor], _ body: ([Tensor]) throws -> Tensor
) throws {
  let places = operands.indices.filter { operands[$0].elementType.isFloat }
  let trace = Trace(evaluates: true)
  let inputs = try operands.map { try trace.input(like: $0) }
  let result = try body(inputs)
  guard result.elementType.isFloat, result.shape.count > 0 else { return }
  let weights = try RandomKey(seed: 5).uniform(
    result.shape.sizes, from: 0.5, to: 1.5, type: .float64)
  let slopes = try pullback(of: result, weights, withRespectTo: places.map { inputs[$0] })
  func value(_ changed: [Tensor]) throws -> Double {
    let trace = Trace(evaluates: true)
    return try body(changed.map { try trace.input(like: $0) }).multiplying(weights).sum().item()
  }
  for (place, slope) in zip(places, slopes) {
    let exact = try slope.elements(as: Double.self)
    let size = exact.reduce(1) { max($0, abs($1)) }
    let elements = try operands[place].elements(as: Double.self)
    for index in elements.indices {
      let step = 1e-4
      let ends = try [-2, -1, 1, 2].map { factor in
        var moved = elements
        moved[index] += step * Double(factor)
        var changed = operands
        changed[place] = try Tensor(moved, shape: operands[place].shape.sizes)
        return try value(changed)
      }
      let difference = (ends[0] - 8 * ends[1] + 8 * ends[2] - ends[3]) / (12 * step)
      #expect(
        abs(exact[index] - difference) <= 1e-6 * size,
        "\(name), operand \(place), element \(index): \(exact[index]) instead of \(difference)")
    }
  }
}
