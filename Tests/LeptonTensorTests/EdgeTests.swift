import LeptonTensor
import Testing

@Suite struct `Nothing that a caller passes is trusted` {
  @Test func `tensors without elements go through every kind of operation`() throws {
    let none = try Tensor(repeating: 0.0, shape: [0, 3])
    #expect(try none.adding(1).exp().sum().item() == 0)
    #expect(try none.sum(axes: [0]).elements(as: Double.self) == [0, 0, 0])
    #expect(try none.mean().item().isNaN)
    #expect(try none.matmul(Tensor(repeating: 1.0, shape: [3, 2])).shape.sizes == [0, 2])
    #expect(
      try none.matrixTransposed().matmul(none).elements(as: Double.self)
        == Array(repeating: 0, count: 9))
    #expect(try none.softmax().shape == none.shape)
    #expect(try none.sorted(axis: 0).shape == none.shape)
    #expect(try Tensor.concatenated([none, none]).shape == none.shape)
    #expect(try none.transposed().reshaped(to: [3, 0, 5]).shape.count == 0)
    #expect(try none.any().elements(as: Int.self) == [0])
    #expect(throws: TensorError.self) { try none.max() }
    #expect(throws: TensorError.self) { try none.argmax(axis: 0) }
  }

  @Test func `the largest element of a long row is found wherever it stands`() throws {
    for place in [0, 7, 31, 32, 63, 66] {
      var row = [Float](repeating: -200, count: 67)
      row[place] = 100
      let shares = try Tensor(row, shape: [1, 67]).softmax().elements(as: Float.self)
      #expect(shares.indices.allSatisfy { shares[$0] == ($0 == place ? 1 : 0) })
    }
    let sick = try Tensor([Float](repeating: 0, count: 40) + [.nan], shape: [1, 41])
    #expect(try sick.softmax().elements(as: Float.self).allSatisfy(\.isNaN))
  }

  @Test(
    "impossible sizes are errors",
    arguments: [
      [-1], [Int.max, 2], [1 << 40, 1 << 40], [1 << 47], Array(repeating: 1, count: 40),
    ])
  func sizes(_ sizes: [Int]) {
    #expect(throws: TensorError.self) { try Tensor(repeating: 1.0, shape: sizes) }
    #expect(throws: TensorError.self) { try RandomKey(seed: 1).uniform(sizes) }
  }

  @Test func `places and axes outside are errors`() throws {
    let x = try Tensor(Array(0..<6), shape: [2, 3])
    #expect(throws: TensorError.self) { try x.element(at: 2) }
    #expect(throws: TensorError.self) { try x.element(at: Int.min) }
    #expect(throws: TensorError.self) { try x.sum(axes: [2]) }
    #expect(throws: TensorError.self) { try x.sum(axes: [0, -2]) }
    #expect(throws: TensorError.self) { try x.transposed(axes: [0, 0]) }
    #expect(throws: TensorError.self) { try x.gathered(Tensor([3], shape: [1]), axis: 1) }
    #expect(throws: TensorError.self) { try x.gathered(Tensor([0.5], shape: [1])) }
    #expect(throws: TensorError.self) { try x.sliced([Slice(step: 0)]) }
    #expect(throws: TensorError.self) { try x.padded(before: [-1, 0], after: [0, 0]) }
    #expect(throws: TensorError.self) { try x.padded(before: [.max, 0], after: [0, 0]) }
    #expect(throws: TensorError.self) { try x.cast(to: .uint8).adding(300) }
    #expect(throws: TensorError.self) { try x.reshaped(to: [-1, 4]) }
    #expect(throws: TensorError.self) { try x.broadcast(to: [3, 3]) }
  }

  @Test(
    "slices are those of Python",
    arguments: [
      (Slice(from: 1, to: 4), [1, 2, 3]), (Slice(from: -2), [3, 4]), (Slice(to: -3), [0, 1]),
      (Slice(step: 2), [0, 2, 4]), (Slice(step: -1), [4, 3, 2, 1, 0]), (Slice(from: 3, to: 1), []),
      (Slice(from: 3, to: 0, step: -2), [3, 1]), (Slice(from: -100, to: 100), [0, 1, 2, 3, 4]),
      (Slice(from: .min, to: .max, step: 3), [0, 3]), (Slice(from: 9, step: -4), [4, 0]),
    ])
  func slices(_ slice: Slice, _ expected: [Int]) throws {
    #expect(try Tensor.range(5).sliced([slice]).elements(as: Int.self) == expected)
  }

  @Test func `whole numbers wrap, and their division by 0 gives 0`() throws {
    let x = try Tensor([Int.max, Int.min, 7], shape: [3])
    #expect(try x.adding(1).elements(as: Int.self) == [Int.min, Int.min + 1, 8])
    #expect(try x.floorDividing(0).elements(as: Int.self) == [0, 0, 0])
    #expect(try x.floorDividing(-1).elements(as: Int.self)[1] == Int.min)
    #expect(try x.remainder(-1).elements(as: Int.self) == [0, 0, 0])
    #expect(try x.negated().absolute().elements(as: Int.self)[1] == Int.min)
    #expect(try x.cast(to: .int8).elements(as: Int.self) == [-1, 0, 7])
    let odd = try Tensor([Double.nan, .infinity, -1e300, 2.9], shape: [4])
    #expect(try odd.cast(to: .int64).elements(as: Int.self) == [0, .max, .min, 2])
  }

  @Test func `reading a traced tensor is an error that says so`() throws {
    let x = try Trace().input(Form(Shape([2]), .float32))
    let error = #expect(throws: TensorError.self) { try x.sum().item() }
    #expect(error?.code == "trace/read")
  }
}
