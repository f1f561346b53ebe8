import LeptonTensor
import Testing

@Suite struct `Tensors compute at once` {
  @Test func `arithmetic broadcasts and promotes as NumPy does`() throws {
    let a = try Tensor([1, 2, 3, 4, 5, 6], shape: [2, 3])
    let b = try Tensor([10.0, 20, 30] as [Double], shape: [3], type: .float32)
    let sum = try a.adding(b)
    #expect(sum.elementType == .float32)
    #expect(try sum.elements(as: Double.self) == [11, 22, 33, 14, 25, 36])
    #expect(try a.adding(1).elementType == .int64)
    #expect(try a.adding(0.5).elementType == .float32)
    #expect(try b.cast(to: .float64).adding(0.1).elementType == .float64)
    #expect(try a.dividing(2).elements(as: Double.self) == [0.5, 1, 1.5, 2, 2.5, 3])
    #expect(try a.floorDividing(-4).elements(as: Int.self) == [-1, -1, -1, -1, -2, -2])
    #expect(try a.remainder(-4).elements(as: Int.self) == [-3, -2, -1, 0, -3, -2])
    #expect(try Tensor.difference(1.0, b).elements(as: Double.self) == [-9, -19, -29])
  }

  @Test func `shapes that do not go together are named`() throws {
    let a = try Tensor(repeating: 1.0, shape: [2, 3])
    let b = try Tensor(repeating: 1.0, shape: [4])
    #expect(throws: TensorError.self) { try a.adding(b) }
    #expect(throws: TensorError.self) { try a.matmul(a) }
  }

  @Test func `reductions take any axes`() throws {
    let a = try Tensor(Array(0..<24), shape: [2, 3, 4])
    #expect(try a.sum().integerItem() == 276)
    #expect(try a.sum(axes: [0, 2]).elements(as: Int.self) == [60, 92, 124])
    #expect(try a.sum(axes: [1]).elements(as: Int.self) == [12, 15, 18, 21, 48, 51, 54, 57])
    #expect(try a.mean(axes: [-1]).elements(as: Double.self) == [1.5, 5.5, 9.5, 13.5, 17.5, 21.5])
    #expect(try a.max(axes: [0]).shape.sizes == [3, 4])
    #expect(try a.argmax(axis: 2).elements(as: Int.self) == [3, 3, 3, 3, 3, 3])
    #expect(try a.argmax().integerItem() == 23)
    #expect(try a.cumulativeSum(axis: 1).elements(as: Int.self).suffix(4) == [48, 51, 54, 57])
  }

  @Test func `matrix products agree with a plain loop`() throws {
    for (m, k, n) in [(1, 1, 1), (6, 16, 16), (7, 300, 33), (32, 784, 128), (13, 5, 10), (3, 0, 4)]
    {
      let a = try RandomKey(seed: 1).normal([m, k]).elements(as: Float.self)
      let b = try RandomKey(seed: 2).normal([k, n]).elements(as: Float.self)
      let c = try Tensor(a, shape: [m, k]).matmul(Tensor(b, shape: [k, n])).elements(
        as: Double.self)
      let transposed = try Tensor(a, shape: [m, k]).matrixTransposed().matrixTransposed()
        .matmul(Tensor(b, shape: [k, n])).elements(as: Double.self)
      #expect(c == transposed)
      for (i, j) in [(0, 0), (m - 1, n - 1), (m / 2, n / 2)] {
        let exact = (0..<k).reduce(0.0) { $0 + Double(a[i * k + $1]) * Double(b[$1 * n + j]) }
        #expect(abs(c[i * n + j] - exact) < 1e-4)
      }
    }
  }

  @Test func `operands given transposed give the same bits`() throws {
    for (m, k, n) in [(5, 7, 9), (16, 64, 128), (33, 100, 40), (20, 17, 512), (3, 300, 10)] {
      let a = try RandomKey(seed: 1).normal([m, k])
      let b = try RandomKey(seed: 2).normal([k, n])
      let plain = try a.matmul(b).elements(as: Float.self)
      for (turnsA, turnsB) in [(true, false), (false, true), (true, true)] {
        let operands = [turnsA ? try a.transposed() : a, turnsB ? try b.transposed() : b]
        let turned = try Operation.matmul.applied(
          operands, Attributes(sizes: [turnsA ? 1 : 0, turnsB ? 1 : 0]))
        #expect(try turned.elements(as: Float.self) == plain)
      }
      let exact = try a.cast(to: .float64).matmul(b.cast(to: .float64))
      let error = try exact.subtracting(a.matmul(b)).absolute().max().item()
      #expect(error < 1e-4)
    }
  }
}
