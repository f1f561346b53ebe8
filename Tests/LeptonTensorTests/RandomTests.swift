import LeptonTensor
import Testing

@Suite struct `Chance is a function of key, counter and place` {
  @Test(
    "Philox-4×32-10 gives the published numbers",
    arguments: [
      (
        SIMD4<UInt32>(0, 0, 0, 0), SIMD2<UInt32>(0, 0),
        SIMD4<UInt32>(0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8)
      ),
      (
        SIMD4(repeating: UInt32.max), SIMD2(repeating: UInt32.max),
        SIMD4(0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd)
      ),
      (
        SIMD4(0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344), SIMD2(0xa409_3822, 0x299f_31d0),
        SIMD4(0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1)
      ),
    ])
  func vectors(counter: SIMD4<UInt32>, key: SIMD2<UInt32>, expected: SIMD4<UInt32>) {
    #expect(Philox.block(counter, key) == expected)
  }

  @Test func `uniform and normal numbers have their moments`() throws {
    let key = RandomKey(seed: 7)
    let uniform = try key.uniform([100_000]).elements(as: Double.self)
    #expect(uniform.allSatisfy { $0 >= 0 && $0 < 1 })
    #expect(abs(uniform.reduce(0, +) / 100_000 - 0.5) < 0.005)
    let normal = try key.folded(1).normal([100_000], type: .float64).elements(as: Double.self)
    #expect(abs(normal.reduce(0, +) / 100_000) < 0.015)
    #expect(abs(normal.reduce(0) { $0 + $1 * $1 } / 100_000 - 1) < 0.02)
    let dropped = try key.bernoulli(0.25, [100_000]).sum().item()
    #expect(abs(dropped - 25_000) < 700)
  }

  @Test func `both forms of the normal quantile agree`() {
    for share in [1e-10, 1e-6, 0.001, 0.02, 0.074, 0.076, 0.3, 0.5, 0.7, 0.95, 0.9999] {
      let (exact, quick) = (normalQuantile(share), Double(normalQuantile7(share)))
      #expect(abs(quick - exact) <= 3e-7 * max(1, abs(exact)))
    }
    #expect(abs(normalQuantile(0.975) - 1.959963984540054) < 1e-12)
  }

  @Test func `a permutation holds each number once, and other keys give other ones`() throws {
    let one = try RandomKey(seed: 1).permutation(1000).elements(as: Int.self)
    #expect(one.sorted() == Array(0..<1000))
    #expect(one != Array(0..<1000))
    #expect(try RandomKey(seed: 2).permutation(1000).elements(as: Int.self) != one)
    #expect(try RandomKey(seed: 1).permutation(1000).elements(as: Int.self) == one)
    #expect(try RandomKey(seed: 1).at(.value(1)).permutation(1000).elements(as: Int.self) != one)
  }

  @Test(arguments: [1, 2, 63, 64, 65, 129, 1000])
  func `a permutation is Fisher and Yates's shuffle by the blocks of its key`(count: Int) throws {
    let key = RandomKey(seed: 3).at(.value(5 << 32 | 4))
    let (low, high) = (UInt32(truncatingIfNeeded: key.bits), UInt32(key.bits >> 32))
    var order = Array(0..<count)
    for index in stride(from: count - 1, to: 0, by: -1) {
      let words = Philox.block(SIMD4(UInt32(index), 0, 4, 5), SIMD2(low, high))
      let bits = UInt64(words.x) | UInt64(words.y) << 32
      order.swapAt(index, Int(bits.multipliedFullWidth(by: UInt64(index + 1)).high))
    }
    #expect(try key.permutation(count).elements(as: Int.self) == order)
  }

  /// Numbers written by a key into memory that a pattern filled before.
  private func written(_ count: Int, _ body: (UnsafeMutableBufferPointer<Float>) -> Void) -> [Float]
  {
    [Float](unsafeUninitializedCapacity: count) { target, written in
      target.initialize(repeating: 0.5)
      body(UnsafeMutableBufferPointer(rebasing: target[..<count]))
      written = count
    }
  }

  @Test(arguments: [0, 1, 3, 4, 5, 30, 31, 64])
  func `numbers that are written from a place on are those that are drawn there`(place: Int) throws
  {
    let key = RandomKey(seed: 3).at(.value(1 << 40 + 7))
    for count in [0, 1, 2, 3, 4, 7, 32, 33, 100] {
      let whole = try key.uniform([place + count], from: -3, to: 5).elements(as: Float.self)
      let part = written(count) { key.fill($0, at: place, from: -3, to: 5) }
      #expect(part == Array(whole[place...]), "\(count) numbers from \(place)")
    }
  }

  @Test
  func `eight blocks at a time are the blocks one by one, and across the halves of a counter`() {
    let key = RandomKey(seed: 9)
    let first = (1 << 32 - 3) * 4
    let all = written(100) { key.fill($0, at: first) }
    for index in 0..<100 {
      #expect(written(1) { key.fill($0, at: first + index) } == [all[index]], "\(index)")
    }
  }

  @Test func `noise that is added is the noise that is drawn`() throws {
    let key = RandomKey(seed: 4)
    let drawn = try key.normal([11], deviation: 0.3).elements(as: Float.self)
    let sums = written(11) { key.addNormal(to: $0, deviation: 0.3) }
    #expect(sums == drawn.map { 0.5 + $0 })
  }
}
