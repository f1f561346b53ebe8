import LeptonTensor
import Testing

@Suite("The short way of operations")
struct ShortWayTests {
  /// The same computation on the short way and in a trace, which takes the long one.
  private func agree(
    _ type: ElementType, count: Int, _ body: (Tensor, Tensor) throws -> Tensor
  ) throws -> Bool {
    let numbers = (0..<count).map { Double(($0 * 37) % 23) / 7 - 1.5 }
    let x = try Tensor(numbers, shape: [count], type: type)
    let y = try Tensor(numbers.map { 2 - $0 * $0 }, shape: [count], type: type)
    let trace = Trace(evaluates: true)
    let short = try body(x, y)
    let long = try trace.outside(body(trace.input(like: x), trace.input(like: y)))
    let bits = try [short, long].map { try $0.elements(as: Double.self).map(\.bitPattern) }
    return short.elementType == long.elementType && short.shape == long.shape && bits[0] == bits[1]
  }

  @Test(
    "gives the bits of the long one", arguments: [ElementType.float32, .float64],
    [1, 7, 8, 10, 1024, 1025, 40_000, 100_003])
  func sameBits(_ type: ElementType, _ count: Int) throws {
    for body in Self.bodies { #expect(try agree(type, count: count, body)) }
  }

  private typealias Body = (Tensor, Tensor) throws -> Tensor

  private static var bodies: [Body] {
    let pairs: [Body] = [
      { x, y in try x.adding(y) }, { x, y in try x.subtracting(y) },
      { x, y in try x.multiplying(y) }, { x, y in try x.dividing(y) },
      { x, y in try x.maximum(y) }, { x, y in try x.less(than: y) },
    ]
    let numbers: [Body] = [
      { x, _ in try x.power(2) }, { x, _ in try x.floorDividing(0.5) },
      { x, _ in try x.remainder(0.75) }, { x, _ in try x.adding(3) },
      { x, _ in try Tensor.difference(0.1, x) }, { x, _ in try x.equal(to: 0.5) },
      { x, _ in try x.less(than: 1) },
    ]
    let functions: [Body] = [
      { x, _ in try x.exp() }, { x, _ in try x.relu() }, { x, _ in try x.tanh() },
      { x, _ in try x.negated() }, { x, _ in try x.sign() }, { x, _ in try x.absolute() },
    ]
    return pairs + numbers + functions
  }

  @Test(
    "multiplies few numbers as many are",
    arguments: [(1, 10, 1), (5, 10, 7), (3, 1, 9), (1, 100, 5)])
  func products(_ rows: Int, _ inner: Int, _ columns: Int) throws {
    let many = 600
    let numbers = (0..<many * inner).map { Double(($0 * 37) % 23) / 7 - 1.5 }
    let others = (0..<inner * columns).map { Double(($0 * 29) % 19) / 9 - 1 }
    let all = try Tensor(numbers, shape: [many, inner], type: .float32)
    let few = try Tensor(Array(numbers[..<(rows * inner)]), shape: [rows, inner], type: .float32)
    let right = try Tensor(others, shape: [inner, columns], type: .float32)
    let long = try all.matmul(right).elements(as: Float.self)[..<(rows * columns)]
    let short = try few.matmul(right)
    #expect(short.shape.sizes == [rows, columns])
    #expect(try short.elements(as: Float.self) == Array(long))
    let row = try few.reshaped(to: [rows * inner])
    if rows == 1 { #expect(try row.matmul(right).elements(as: Float.self) == Array(long)) }
    if columns == 1 {
      let column = try right.reshaped(to: [inner])
      #expect(try row.matmul(column).shape.sizes == [])
      #expect(try few.matmul(column).elements(as: Float.self) == Array(long))
    }
  }

  @Test("folds few numbers as many are", arguments: [ElementType.float32, .float64, .int64])
  func folds(_ type: ElementType) throws {
    for count in [1, 10, 33, 1024] {
      let numbers = (0..<count).map { Double(($0 * 37) % 23) - 11 }
      let flat = try Tensor(numbers, shape: [count], type: type)
      let row = try flat.reshaped(to: [1, count])
      for keep in [false, true] {
        let pairs: [(Tensor, Tensor)] = try [
          (flat.sum(keepingDimensions: keep), row.sum(axes: [1])),
          (flat.max(keepingDimensions: keep), row.max(axes: [1])),
          (flat.product(keepingDimensions: keep), row.product(axes: [1])),
        ]
        for (short, long) in pairs {
          #expect(short.shape.sizes == (keep ? [1] : []))
          #expect(short.elementType == type)
          #expect(try short.elements(as: Double.self) == long.elements(as: Double.self))
        }
      }
    }
  }

  @Test("takes numbers in another shape as they are")
  func reshaped() throws {
    let x = try Tensor([1.0, 2, 3, 4, 5, 6], shape: [6])
    let y = try x.reshaped(to: [2, 3])
    #expect(try y.transposed().elements(as: Double.self) == [1, 4, 2, 5, 3, 6])
    #expect(try x.adding(1.0).elements(as: Double.self) == [2, 3, 4, 5, 6, 7])
    #expect(try y.elements(as: Double.self) == [1, 2, 3, 4, 5, 6])
  }
}
