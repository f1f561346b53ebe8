import Glibc
import LeptonTensor
import Testing

@Suite struct `Kernels are exact where they say so` {
  @Test func `the wide and the narrow kernels give the same bits`() throws {
    guard Processor.isWide else { return }
    for (m, k, n) in [(1, 1, 1), (8, 96, 32), (13, 97, 33), (32, 784, 128), (17, 200, 10)] {
      let a = try RandomKey(seed: 1).normal([m, k]).elements(as: Float.self)
      let b = try RandomKey(seed: 2).normal([k, n]).elements(as: Float.self)
      let wide = Processor.product(a, b, (m, k, n), isWide: true)
      #expect(wide == Processor.product(a, b, (m, k, n), isWide: false))
    }
    for (m, k, n) in [(1, 784, 128), (2, 97, 65), (3, 5, 48), (4, 100, 200), (5, 100, 200)] {
      let a = try RandomKey(seed: 5).normal([m, k]).elements(as: Float.self)
      let b = try RandomKey(seed: 6).normal([k, n]).elements(as: Float.self)
      let wide = Processor.product(a, b, (m, k, n), isWide: true)
      #expect(wide == Processor.product(a, b, (m, k, n), isWide: false))
    }
    let state = try (0..<3).map {
      try RandomKey(seed: 3).folded($0).uniform([37]).elements(as: Float.self)
    }
    let gradient = try RandomKey(seed: 4).normal([37]).elements(as: Float.self)
    #expect(
      Processor.adam(state, gradient: gradient, isWide: true)
        == Processor.adam(state, gradient: gradient, isWide: false))
  }

  @Test(arguments: [true, false], [512, 513, 784, 1700])
  func `a sum of more than 512 terms has two chains`(isWide: Bool, length: Int) throws {
    guard Processor.isWide || !isWide else { return }
    let (m, n) = (70, 67)
    let a = try RandomKey(seed: 7).normal([m, length]).elements(as: Float.self)
    let b = try RandomKey(seed: 8).normal([length, n]).elements(as: Float.self)
    let middle = [512: 512, 513: 256, 784: 384, 1700: 832][length] ?? 0
    func chain(_ row: Int, _ column: Int, _ inner: Range<Int>) -> Float {
      inner.reduce(0) { $0.addingProduct(a[row * length + $1], b[$1 * n + column]) }
    }
    let product = Processor.product(a, b, (m, length, n), isWide: isWide)
    for row in 0..<m {
      for column in 0..<n {
        let second = middle < length ? chain(row, column, middle..<length) : 0
        #expect(product[row * n + column] == chain(row, column, 0..<middle) + second)
      }
    }
  }

  @Test func `the place of the largest is the first of equal ones, or that of what is no number`()
    throws
  {
    let values: [Float] = [-.infinity, -2, -1, 0, 1, 2, .infinity, .nan]
    for length in 1...40 {
      let draws = try RandomKey(seed: 9).folded(UInt64(length)).uniform([50, length], to: 8)
      // Half of the rows hold only numbers.
      let rows = try draws.elements(as: Float.self).enumerated().map { place, draw in
        values[min(Int(draw), place / length < 25 ? 6 : 7)]
      }
      let places = try Tensor(rows, shape: [50, length]).argmax(axis: 1).elements(as: Int.self)
      for row in 0..<50 {
        let line = rows[row * length..<(row + 1) * length]
        let place = line.firstIndex(where: \.isNaN) ?? line.firstIndex(of: line.max() ?? 0)
        #expect(places[row] == place.map { $0 - line.startIndex }, "\(Array(line))")
      }
    }
  }

  @Test func `the slope of cross entropy has the bits of what it stands for`() throws {
    for classes in [1, 2, 10, 16, 17, 70] {
      let key = RandomKey(seed: 10).folded(UInt64(classes))
      let logits = try key.normal([40, classes])
      let gradient = try key.folded(1).normal([40])
      // One label in ten is no class.
      let labels = try Tensor(
        (0..<40).map { $0 % 10 == 9 ? -1 : $0 * 7 % classes }, shape: [40])
      let slope = try Operation.crossEntropySlope.applied([logits, labels, gradient])
      let long = try logits.softmax().subtracting(labels.oneHot(classes))
        .multiplying(gradient.expanded(at: 1))
      #expect(try slope.elements(as: Float.self) == long.elements(as: Float.self))
    }
  }

  @Test(arguments: [true, false])
  func `a mean of gradients that fades becomes 0`(isWide: Bool) {
    guard Processor.isWide || !isWide else { return }
    var state: [[Float]] = [[0.5, -0.5, 0.25], [1e-38, -1e-38, .nan], [0.1, 0.1, 0.1]]
    for _ in 0..<20 { state = Processor.adam(state, gradient: [0, 0, 0], isWide: isWide) }
    #expect(state[1][0] == 0 && state[1][1] == 0 && state[1][2].isNaN)
  }

  @Test(
    "functions of float32 give the same bits by wide and narrow kernels",
    arguments: VectorFunction.allCases)
  func widths(_ function: VectorFunction) {
    guard Processor.isWide else { return }
    // Every kind of number: a bit pattern in 65,521.
    let patterns = stride(from: UInt32(0), through: .max - 65_521, by: 65_521)
    let x = patterns.map { Float(bitPattern: $0) } + [.nan, .infinity, -.infinity, 0, -0.0]
    let narrow = function.values(x, isWide: false)
    let wide = function.values(x, isWide: true)
    let differing = x.indices.filter {
      narrow[$0].bitPattern != wide[$0].bitPattern && !(narrow[$0].isNaN && wide[$0].isNaN)
    }
    #expect(differing.isEmpty, "\(differing.prefix(5).map { x[$0] })")
  }

  @Test func `exponentials and their sum are the same bits by wide and narrow kernels`() throws {
    guard Processor.isWide else { return }
    for count in [1, 7, 8, 9, 15, 16, 17, 31, 33, 1000] {
      let x = try RandomKey(seed: 8).normal([count]).multiplying(40.0).elements(as: Float.self)
      let top = x.max() ?? 0
      let narrow = Processor.exponentials(x, minus: top, isWide: false)
      let wide = Processor.exponentials(x, minus: top, isWide: true)
      #expect(narrow.values == wide.values && narrow.sum == wide.sum)
      let exact = x.map { exp(Double($0) - Double(top)) }.reduce(0, +)
      #expect(abs(Double(wide.sum) - exact) <= 1e-6 * exact)
    }
  }

  @Test(arguments: 1...20)
  func `short rows have the bits of the kernels for any length`(count: Int) throws {
    for row in 0..<20 {
      let key = RandomKey(seed: 11).folded(UInt64(count)).folded(UInt64(row))
      let x = try key.normal([count], deviation: 3).elements(as: Float.self)
      let logits = try Tensor(x, shape: [1, count])
      let (values, sum) = Processor.exponentials(x, minus: x.max() ?? 0, isWide: false)
      #expect(try logits.softmax().elements(as: Float.self) == values.map { $0 * (1 / sum) })
      let loss = try logits.softmaxCrossEntropy(labels: Tensor([0], shape: [1])).item()
      let logarithm = try Tensor([sum], shape: [1]).log().elements(as: Float.self)[0]
      #expect(Float(loss) == logarithm + (x.max() ?? 0) - x[0])
    }
  }

  @Test func `softmax finds the largest element wherever it stands`() throws {
    for count in [1, 7, 8, 31, 32, 33, 45, 100] {
      for place in 0..<count {
        var x = [Float](repeating: -200, count: count)
        x[place] = 100
        let y = try Tensor(x, shape: [count]).softmax().elements(as: Float.self)
        #expect(y[place] == 1 && y.reduce(0, +) == 1)
      }
    }
    let none = try Tensor([1, Float.nan, 3], shape: [3]).softmax().elements(as: Float.self)
    #expect(none.allSatisfy { $0.isNaN })
  }

  @Test(
    "functions of float32 stay within their stated error",
    arguments: [
      ("exp", -87.0, 88.0, 1.01), ("log", 1e-30, 1e30, 2.0), ("log", 0.5, 2.0, 2.0),
      ("tanh", -10.0, 10.0, 2.5), ("tanh", -0.1, 0.1, 2.5), ("sigmoid", -80.0, 80.0, 2.5),
      ("expm1", -90.0, 88.0, 2.0), ("expm1", -1e-3, 1e-3, 2.0), ("expm1", -1.0, 1.0, 2.0),
      ("log1p", -0.999, 1e30, 3.0), ("log1p", -0.5, 1.0, 3.0), ("log1p", -1e-3, 1e-3, 3.0),
      ("erf", -6.0, 6.0, 8.0), ("erf", -1e-3, 1e-3, 8.0),
    ])
  func errors(name: String, low: Double, high: Double, ulps: Double) throws {
    let operation = try #require(Operation.all.first { $0.name == name })
    let x = try RandomKey(seed: 6).uniform([20_000], from: low, to: high, type: .float64)
      .cast(to: .float32)
    let y = try operation.applied([x]).elements(as: Float.self)
    let exact = try operation.applied([x.cast(to: .float64)]).elements(as: Double.self)
    let worst = zip(y, exact).map { abs(Double($0) - $1) / Double(Float($1).ulp) }.max() ?? 0
    #expect(worst <= ulps)
  }

  @Test func `functions of float32 keep NaN, infinities and zeros`() throws {
    let x = try Tensor(
      [Float.nan, .infinity, -.infinity, 0, -0.0, -1, Float.leastNormalMagnitude / 1024],
      shape: [7])
    let exp = try x.exp().elements(as: Float.self)
    #expect(exp[0].isNaN && exp[1] == .infinity && exp[2] == 0 && exp[3] == 1)
    let log = try x.log().elements(as: Float.self)
    #expect(log[0].isNaN && log[1] == .infinity && log[2].isNaN && log[3] == -.infinity)
    #expect(log[5].isNaN && abs(log[6] + 94.26802) < 1e-3)
    let tanh = try x.tanh().elements(as: Float.self)
    #expect(tanh[0].isNaN && tanh[1] == 1 && tanh[2] == -1 && tanh[4].sign == .minus)
    let minusOne = try x.expm1().elements(as: Float.self)
    #expect(minusOne[0].isNaN && minusOne[1] == .infinity && minusOne[2] == -1)
    #expect(minusOne[3] == 0 && minusOne[4].sign == .minus)
    let onePlus = try x.log1p().elements(as: Float.self)
    #expect(onePlus[0].isNaN && onePlus[1] == .infinity && onePlus[2].isNaN)
    #expect(onePlus[4].sign == .minus && onePlus[5] == -.infinity)
    let error = try x.erf().elements(as: Float.self)
    #expect(error[0].isNaN && error[1] == 1 && error[2] == -1 && error[4].sign == .minus)
    #expect(try x.relu().elements(as: Float.self)[0].isNaN)
  }
}
