import LeptonTensor
import Testing

/// Uses of the operations on signals.
func signalSamples() throws -> [Sample] {
  var all: [Sample] = []
  for (axis, up, down, offset, count) in [
    (1, 1, 1, 0, 7), (1, 1, 1, 2, 3), (0, 1, 1, 1, 2), (1, 2, 1, -1, 9), (1, 1, 3, 2, 2),
    (1, 3, 2, 1, 8), (0, 2, 3, 0, 3), (1, 1, 1, 4, 0),
  ] {
    let attributes = Attributes(axes: [axis], sizes: [count], starts: [offset], steps: [up, down])
    all.append(try Sample(.upfirdn, [[2, 5], [3]], attributes))
  }
  for (size, step) in [(2, 1), (3, 2), (1, 3), (6, 1)] {
    all.append(try Sample(.frames, [[2, 6]], Attributes(sizes: [size], steps: [step])))
  }
  for (length, step) in [(6, 2), (8, 2), (10, 3)] {
    all.append(try Sample(.overlap, [[2, 3, 2]], Attributes(sizes: [length], steps: [step])))
  }
  // Numbers far apart: where two are equal a median has no derivative.
  let apart = try RandomKey(seed: 3).permutation(20).cast(to: .float64).multiplying(0.2)
    .subtracting(2.0).reshaped(to: [4, 5])
  for windows in [[1, 3], [3, 1], [3, 3], [1, 1], [1, 5]] {
    all.append(Sample(.windowMedian, [apart], Attributes(sizes: windows)))
  }
  return all
}

@Suite struct SignalTests {
  private func numbers(_ shape: [Int], seed: UInt64 = 1, _ type: ElementType = .float64) throws
    -> Tensor
  {
    try RandomKey(seed: seed).uniform(shape, from: -2, to: 2, type: type)
  }

  private func largestDifference(_ one: Tensor, _ other: [Double]) throws -> Double {
    let elements = try one.elements(as: Double.self)
    #expect(elements.count == other.count)
    return zip(elements, other).reduce(0) { max($0, abs($1.0 - $1.1)) }
  }

  /// A filter along an axis of `[outer, length, inner]` by its formula.
  private func plain(
    _ x: [Double], _ shape: [Int], _ h: [Double], _ up: Int, _ down: Int, _ offset: Int,
    _ count: Int
  ) -> [Double] {
    var y = [Double](repeating: 0, count: shape[0] * count * shape[2])
    for o in 0..<shape[0] {
      for m in 0..<count {
        for i in 0..<shape[1] {
          let tap = m * down + offset - i * up
          guard h.indices.contains(tap) else { continue }
          for c in 0..<shape[2] {
            y[(o * count + m) * shape[2] + c] += x[(o * shape[1] + i) * shape[2] + c] * h[tap]
          }
        }
      }
    }
    return y
  }

  @Test(
    arguments: [
      (up: 1, down: 1), (1, 2), (2, 1), (3, 2), (2, 5), (7, 3), (160, 147), (1, 40), (5000, 1),
    ], [[1, 1, 1], [1, 40, 1], [3, 17, 1], [2, 9, 5], [1, 3, 20]])
  func `a filter in phases is its formula`(rate: (up: Int, down: Int), shape: [Int]) throws {
    let x = try numbers(shape)
    for (taps, offset) in [(1, 0), (4, 3), (31, -5), (200, 60)] {
      let h = try numbers([taps], seed: 2)
      let count = shape[1] * rate.up / rate.down + 3
      let y = try x.filtered(
        by: h, up: rate.up, down: rate.down, axis: 1, offset: offset, count: count)
      let expected = plain(
        try x.elements(as: Double.self), shape, try h.elements(as: Double.self), rate.up, rate.down,
        offset, count)
      #expect(try largestDifference(y, expected) < 1e-12)
    }
  }

  @Test(
    arguments: [(up: 1, down: 1), (1, 2), (2, 1), (3, 2), (2, 5)], [-4, -1, 0, 3])
  func `derivatives of a filter see zeros beyond the ends`(
    rate: (up: Int, down: Int), offset: Int
  ) throws {
    for (length, taps, count) in [(0, 2, 3), (1, 3, 4), (5, 1, 6), (5, 4, 9)] {
      let x = try numbers([2, 5]).sliced([Slice(), Slice(to: length)])
      let operands = [x, try numbers([taps], seed: 2)]
      func filtered(_ operands: [Tensor]) throws -> Tensor {
        try operands[0].filtered(
          by: operands[1], up: rate.up, down: rate.down, axis: 1, offset: offset, count: count)
      }
      let name = "\(rate.up) / \(rate.down), offset \(offset), \(length) places, \(taps) numbers"
      try checkGradient(name, operands, filtered)
      for place in operands.indices {
        try checkGradient("second, \(name), of \(place)", operands) { operands in
          let y = try filtered(operands)
          return try gradients(
            of: y.adding(y.multiplying(y)).sum(), withRespectTo: [operands[place]])[0]
        }
      }
    }
  }

  @Test func `long signals are filtered in blocks without a seam`() throws {
    let (x, h) = (try numbers([1, 50_000, 1]), try numbers([25], seed: 2))
    for (up, down) in [(1, 1), (2, 1), (1, 2), (3, 4)] {
      let count = 50_000 * up / down
      let y = try x.filtered(by: h, up: up, down: down, axis: 1, offset: 12, count: count)
      let expected = plain(
        try x.elements(as: Double.self), [1, 50_000, 1], try h.elements(as: Double.self), up, down,
        12, count)
      #expect(try largestDifference(y, expected) < 1e-12, "\(up) / \(down)")
      let single = try x.cast(to: .float32).filtered(
        by: h, up: up, down: down, axis: 1, offset: 12, count: count)
      #expect(try largestDifference(single, expected) < 1e-5, "\(up) / \(down)")
    }
  }

  @Test func `by default a filter gives every place at which a number stands`() throws {
    let x = try Tensor([1.0, 2.0, 3.0], shape: [3])
    let h = try Tensor([1.0, 10.0], shape: [2])
    #expect(try x.filtered(by: h).elements(as: Double.self) == [1, 12, 23, 30])
    #expect(try x.filtered(by: h, up: 2).elements(as: Double.self) == [1, 10, 2, 20, 3, 30])
    #expect(try x.filtered(by: h, down: 3).elements(as: Double.self) == [1, 30])
    let nothing = try Tensor([Double](), shape: [0])
    #expect(try nothing.filtered(by: h).shape.sizes == [0])
  }

  @Test func `filters that make no sense are refused`() throws {
    let (x, h) = (try numbers([4]), try numbers([3]))
    func code(_ body: () throws -> Tensor) -> String? {
      #expect(throws: TensorError.self) { try body() }?.code
    }
    #expect(code { try x.filtered(by: numbers([2, 2])) } == "shape/axis")
    #expect(code { try x.filtered(by: numbers([0])) } == "shape/axis")
    #expect(code { try x.filtered(by: h, up: 0) } == "value/range")
    #expect(code { try x.filtered(by: h, down: -1) } == "value/range")
    #expect(code { try x.filtered(by: h, up: .max) } == "value/range")
    #expect(code { try x.filtered(by: h, offset: .min) } == "value/range")
    #expect(code { try x.filtered(by: h, count: -1) } == "value/range")
    #expect(code { try x.filtered(by: h, axis: 1) } == "shape/axis")
    let wide = try Tensor([Double](), shape: [0, 1 << 45])
    #expect(code { try wide.filtered(by: h, up: 1 << 20) } == "shape/size")
    #expect(code { try x.medianFiltered(size: 2) } == "value/range")
    #expect(code { try x.medianFiltered(size: -1) } == "value/range")
    #expect(code { try x.medianFiltered(size: .max) } == "value/range")
    #expect(code { try x.framed(size: 5, step: 1) } == "shape/sound")
    #expect(code { try x.framed(size: 2, step: 0) } == "value/range")
    #expect(code { try x.overlapped(step: 1) } == "shape/sound")
    #expect(code { try numbers([2, 2]).overlapped(step: 0) } == "value/range")
  }

  @Test func `pieces of many lines are put together to what they were taken from`() throws {
    let x = try numbers([3, 20_000])
    let pieces = try x.framed(size: 5, step: 5)
    #expect(pieces.shape.sizes == [3, 4000, 5])
    #expect(
      try pieces.overlapped(step: 5).elements(as: Double.self) == x.elements(as: Double.self))
    let overlapping = try x.framed(size: 6, step: 2).overlapped(step: 2).elements(as: Double.self)
    let given = try x.elements(as: Double.self)
    for place in 4..<19_990 { #expect(abs(overlapping[place] - 3 * given[place]) < 1e-12) }
    let whole = try Tensor([1, 2, 3], shape: [3]).framed(size: 2, step: 1)
    #expect(try whole.elements(as: Int.self) == [1, 2, 2, 3] && whole.elementType == .int64)
  }

  /// The middle of a window, mirrored at the edges, by sorting.
  private func plainMedian(_ x: [Double], _ height: Int, _ width: Int, _ size: (Int, Int))
    -> [Double]
  {
    func mirrored(_ place: Int, _ size: Int) -> Int {
      let rest = (place % (2 * size) + 2 * size) % (2 * size)
      return rest < size ? rest : 2 * size - 1 - rest
    }
    return (0..<height * width).map { place in
      let around = (-size.0 / 2...size.0 / 2).flatMap { up in
        (-size.1 / 2...size.1 / 2).map { left in
          x[mirrored(place / width + up, height) * width + mirrored(place % width + left, width)]
        }
      }
      return around.contains(where: \.isNaN) ? .nan : around.sorted()[around.count / 2]
    }
  }

  private func same(_ one: Tensor, _ other: [Double]) throws -> Bool {
    zip(try one.elements(as: Double.self), other).allSatisfy {
      $0 == $1 || ($0.isNaN && $1.isNaN)
    }
  }

  @Test(arguments: [1, 3, 5, 7, 9, 15, 21, 61], [ElementType.float32, .float64])
  func `medians are those of sorted windows`(size: Int, type: ElementType) throws {
    var values = try numbers([19 * 13]).cast(to: .float32).elements(as: Double.self)
    values[100] = .nan
    values[30] = .infinity
    values[31] = -.infinity
    let x = try Tensor(values, shape: [19, 13], type: type)
    #expect(
      try same(
        x.medianFiltered(size: size, axes: [1]), plainMedian(values, 19, 13, (1, size))))
    #expect(
      try same(
        x.medianFiltered(size: size, axes: [0]), plainMedian(values, 19, 13, (size, 1))))
    if size < 20 {
      #expect(try same(x.medianFiltered(size: size), plainMedian(values, 19, 13, (size, size))))
    }
  }

  @Test func `medians of a long signal have no seam, and equal numbers their place`() throws {
    let values = try numbers([30_000]).multiplying(3.0).rounded().elements(as: Double.self)
    let x = try Tensor(values, shape: [30_000])
    for size in [5, 101] {
      #expect(try same(x.medianFiltered(size: size), plainMedian(values, 1, 30_000, (1, size))))
    }
  }

  @Test func `pictures with channels have medians for each`() throws {
    let x = try numbers([2, 6, 5, 3])
    let y = try x.medianFiltered(size: 3, axes: [1, 2])
    for picture in 0..<2 {
      for channel in 0..<3 {
        let plane = try x.element(at: picture).element(at: channel, axis: -1)
        let own = try y.element(at: picture).element(at: channel, axis: -1)
        #expect(try same(own, plainMedian(plane.elements(as: Double.self), 6, 5, (3, 3))))
      }
    }
    let scalar = try Tensor(scalar: 4)
    #expect(try scalar.medianFiltered(size: 3).item() == 4)
    #expect(try Tensor([Float](), shape: [0, 3]).medianFiltered(size: 3).shape.sizes == [0, 3])
  }

  @Test(arguments: Margin.allCases)
  func `margins of stretches are those of places`(margin: Margin) throws {
    let x = try Tensor(Array(0..<12), shape: [4, 3])
    for axis in 0..<2 {
      let size = x.shape[axis]
      for before in 0..<8 {
        for after in 0..<8 {
          let widths = [[before, 0], [0, before]][axis]
          let others = [[after, 0], [0, after]][axis]
          let padded = try x.padded(before: widths, after: others, by: margin)
          let places = (-before..<size + after).map { source(margin, of: $0, size) }
          let expected = try x.gathered(
            Tensor(places, shape: [places.count]), axis: axis)
          #expect(try padded.elements(as: Int.self) == expected.elements(as: Int.self))
        }
      }
    }
  }

  private func source(_ margin: Margin, of place: Int, _ size: Int) -> Int {
    func turned(_ period: Int) -> Int { (place % period + period) % period }
    switch margin {
    case .edge: return min(max(place, 0), size - 1)
    case .wrap: return turned(size)
    case .symmetric:
      let rest = turned(2 * size)
      return rest < size ? rest : 2 * size - 1 - rest
    case .reflect:
      let rest = turned(2 * size - 2)
      return rest < size ? rest : 2 * size - 2 - rest
    }
  }
}
