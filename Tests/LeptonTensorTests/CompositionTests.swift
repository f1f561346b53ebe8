import LeptonTensor
import Testing

/// What is composed of several operations goes through derivatives, batches and plans like one.
@Suite(.serialized) struct `Compositions are as good as operations` {
  /// A function of tensors, with operands of float64 away from places without derivative.
  private struct Composition {
    let name: String
    let operands: [Tensor]
    let body: @Sendable ([Tensor]) throws -> Tensor

    init(
      _ name: String, _ shapes: [Int]..., body: @escaping @Sendable ([Tensor]) throws -> Tensor
    ) throws {
      try self.init(name, shapes: shapes, body: body)
    }

    init(
      _ name: String, shapes: [[Int]], body: @escaping @Sendable ([Tensor]) throws -> Tensor
    ) throws {
      self.name = name
      self.body = body
      operands = try shapes.enumerated().map { index, shape in
        try RandomKey(seed: 21).folded(UInt64(index)).uniform(
          shape, from: -2, to: 2, type: .float64)
      }
    }
  }

  private func compositions() throws -> [Composition] {
    try margins() + products() + moves() + picks()
  }

  private func moves() throws -> [Composition] {
    let all: [Composition] = try [
      Composition("roll", [3, 4]) { try $0[0].rolled(by: [1, -2], axes: [0, 1]) },
      Composition("flip", [3, 4]) { try $0[0].flipped(axes: [1]) },
      Composition("tile", [2, 3]) { try $0[0].tiled([2, 1, 2]) },
      Composition("repeat", [2, 3]) { try $0[0].repeatedEach([2, 0, 1], axis: 1) },
      Composition("diagonal", [2, 3, 4]) { try $0[0].diagonal(offset: 1) },
      Composition("diagonal matrix", [3]) { try $0[0].diagonalMatrix(offset: -1) },
      Composition("triangle", [2, 3, 3]) { try $0[0].triangle(upper: true, offset: 1) },
    ]
    return all
  }

  private func picks() throws -> [Composition] {
    let places = try Tensor([1, -1, 0, 2, 2, 1], shape: [3, 2])
    let all: [Composition] = try [
      Composition("top", [3, 5]) { try $0[0].top(2, axis: 1).values },
      Composition("take along", [3, 4]) { try $0[0].takenAlong(places, axis: 1) },
      Composition("scatter along", [3, 4], [3, 2]) {
        try $0[0].scatteringAlong($0[1], at: places, axis: 1)
      },
      Composition("add along", [3, 4], [3, 2]) {
        try $0[0].scatterAddingAlong($0[1], at: places, axis: 1)
      },
      Composition("differences", [3, 5]) { try $0[0].differences(2) },
      Composition("quantiles", [4, 3]) { try $0[0].quantiles([0.1, 0.5], axes: [0]) },
    ]
    return all
  }

  private func margins() throws -> [Composition] {
    try Margin.allCases.map { margin in
      try Composition("pad by \(margin)", [2, 3]) {
        try $0[0].padded(before: [1, 2], after: [0, 4], by: margin)
      }
    }
  }

  private func products() throws -> [Composition] {
    let all: [(String, [[Int]])] = [
      ("ij,jk->ik", [[2, 3], [3, 4]]), ("bij,bkj->bik", [[2, 3, 2], [2, 4, 2]]),
      ("ii->i", [[3, 3]]), ("iji->j", [[2, 3, 2]]), ("i,j", [[2], [3]]), ("ij->", [[2, 3]]),
      ("...i,...i->...", [[2, 1, 3], [4, 3]]), ("ij,jk,kl->il", [[2, 3], [3, 2], [2, 2]]),
    ]
    return try all.map { equation, shapes in
      try Composition("einsum \(equation)", shapes: shapes) { try Tensor.einsum(equation, $0) }
    }
  }

  @Test func `their derivatives agree with central differences`() throws {
    for composition in try compositions() {
      try checkGradient(composition.name, composition.operands, composition.body)
    }
  }

  @Test func `their batches agree with a loop`() throws {
    for composition in try compositions() {
      let examples = try (1...3).map { place in
        try composition.operands.map { try $0.multiplying(Double(place)) }
      }
      let inputs = try composition.operands.indices.map { index in
        try Tensor.stacked(examples.map { $0[index] })
      }
      let together = try mapped(inputs, batched: inputs.map { _ in true }) {
        [try composition.body($0)]
      }[0]
      let single = try Tensor.stacked(examples.map(composition.body))
      #expect(together.shape == single.shape, "\(composition.name)")
      #expect(
        try zip(together.elements(as: Double.self), single.elements(as: Double.self))
          .allSatisfy { abs($0 - $1) <= 1e-12 * max(1, abs($1)) }, "\(composition.name)")
    }
  }

  @Test func `their plans give the bits of eager computation`() throws {
    for composition in try compositions() {
      let trace = Trace()
      let inputs = try composition.operands.map { try trace.input(like: $0) }
      let output = try composition.body(inputs)
      let plan = try Plan(trace, inputs: inputs, outputs: [output])
      let replayed = try plan.replay(composition.operands)[0]
      let eager = try composition.body(composition.operands)
      #expect(replayed.shape == eager.shape, "\(composition.name)")
      #expect(
        try replayed.elements(as: Double.self) == eager.elements(as: Double.self),
        "\(composition.name)")
    }
  }
}
