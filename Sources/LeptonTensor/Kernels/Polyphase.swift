/// A filter in its phases: y[m] = Σ x[i] h[m down + offset − i up] along an axis.
///
/// Outputs whose numbers differ by multiples of `up` are a phase: each sees the same numbers of h. Along the
/// last axis the places of x that lie `down` apart are put side by side first, so that a phase is a sum of
/// neighbours, many outputs at a time; along another axis neighbours are there already. Sums are taken in
/// double precision, in the order of places.
struct Polyphase<T: Real>: Sendable {
  private let outer: Int
  private let length: Int
  private let inner: Int
  /// How many outputs a line has.
  private let count: Int
  private let taps: Int
  private let up: Int
  private let down: Int
  private let offset: Int

  init(_ problem: Problem) {
    let (x, attributes) = (problem.inputs[0].shape, problem.attributes)
    let axis = attributes.axes[0]
    outer = x.sizes[..<axis].reduce(1, *)
    length = x[axis]
    inner = x.sizes[(axis + 1)...].reduce(1, *)
    count = attributes.sizes[0]
    taps = problem.inputs[1].shape.count
    (up, down, offset) = (attributes.steps[0], attributes.steps[1], attributes.starts[0])
  }

  func work() -> Work { inner == 1 ? lines() : slabs() }

  /// The places that an output sees.
  @inline(__always)
  private func places(of output: Int) -> (first: Int, last: Int) {
    let top = output * down + offset
    return ((top - taps + 1).dividedUp(by: up), top.dividedDown(by: up))
  }
}

// Along an axis that is not the last: neighbours are computed together.
extension Polyphase {
  /// How many outputs make a tile.
  private static var tileSize: Int { 1 << 14 }

  private func slabs() -> Work {
    let tiling = Tiling(rows: outer * count, rowsPerTile: max(1, Self.tileSize / inner))
    return Work(
      tiles: tiling.count, accesses: [.whole, .whole, .whole],
      scratch: inner * MemoryLayout<Double>.stride
    ) { memory, tile in
      let (x, h) = (memory.input(0, as: T.self), memory.input(1, as: T.self))
      let sums = memory.scratch.assumingMemoryBound(to: Double.self)
      for row in tiling.range(tile) {
        let source = x + row / count * length * inner
        slab(row % count, source, h, sums)
        let target = memory.output(as: T.self) + row * inner
        for place in 0..<inner { target[place] = T(sums[place]) }
      }
    }
  }

  @inline(__always)
  private func slab(
    _ output: Int, _ x: UnsafePointer<T>, _ h: UnsafePointer<T>,
    _ sums: UnsafeMutablePointer<Double>
  ) {
    sums.update(repeating: 0, count: inner)
    let (first, last) = places(of: output)
    let top = output * down + offset
    var place = max(first, 0)
    while place <= min(last, length - 1) {
      let weight = Double(h[top - place * up])
      let row = x + place * inner
      for index in 0..<inner { sums[index] += weight * Double(row[index]) }
      place += 1
    }
  }
}

// Along the last axis: outputs of a phase are computed together.
extension Polyphase {
  /// How many outputs of a phase a block has: few enough that its part of the line stays in the cache.
  private var blockSize: Int { max(1, min(rounds, min(4096 / up, (1 << 14) / down))) }

  /// How many outputs the first phase has.
  private var rounds: Int { count / up + (count % up == 0 ? 0 : 1) }

  /// The places that the first output of each phase sees, all together.
  private var reach: (first: Int, last: Int) {
    (places(of: 0).first, places(of: min(up, count) - 1).last)
  }

  /// How many places of a plane, which are `down` apart in the line, a block needs.
  private var planeSize: Int { blockSize + (max(reach.last - reach.first, 0)) / down + 1 }

  /// A number of the filter, and where in the planes the place stands that it weighs in the first round.
  private struct Tap {
    let number: Int
    let place: Int
  }

  /// The taps of each phase.
  private func phases() -> (taps: [Tap], ranges: [Range<Int>]) {
    var (taps, ranges): ([Tap], [Range<Int>]) = ([], [])
    let (base, size) = (reach.first, planeSize)
    for phase in 0..<min(up, count) {
      let (first, last) = places(of: phase)
      let start = taps.count
      for place in first..<max(last + 1, first) {
        let (round, plane) = (place - base).quotientAndRemainder(dividingBy: down)
        taps.append(
          Tap(number: phase * down + offset - place * up, place: plane * size + round))
      }
      ranges.append(start..<taps.count)
    }
    return (taps, ranges)
  }

  private func lines() -> Work {
    let (taps, ranges) = phases()
    let (rounds, blockSize) = (rounds, blockSize)
    let blocks = (rounds + blockSize - 1) / blockSize
    let outputs = blockSize * up
    let tiling = Tiling(rows: outer * blocks, rowsPerTile: max(1, Self.tileSize / outputs))
    let size = planeSize.timesSaturated(down)
    return Work(
      tiles: tiling.count, accesses: [.whole, .whole, .whole],
      scratch: (size + blockSize + Self.lanes).timesSaturated(MemoryLayout<Double>.stride)
    ) { memory, tile in
      let planes = memory.scratch.assumingMemoryBound(to: Double.self)
      for piece in tiling.range(tile) {
        let (line, start) = (piece / blocks, piece % blocks * blockSize)
        let rounds = start..<min(start + blockSize, rounds)
        gather(memory.input(0, as: T.self) + line * length, rounds, planes)
        for (phase, range) in ranges.enumerated() {
          taps.withUnsafeBufferPointer { taps in
            add(
              phase, rounds, planes, UnsafeBufferPointer(rebasing: taps[range]),
              memory.input(1, as: T.self), planes + size,
              to: memory.output(as: T.self) + line * count)
          }
        }
      }
    }
  }

  /// Puts the part of a line that some rounds need into planes, with zeros beyond its ends.
  @inline(__always)
  private func gather(
    _ x: UnsafePointer<T>, _ rounds: Range<Int>, _ planes: UnsafeMutablePointer<Double>
  ) {
    let size = planeSize
    let start = rounds.lowerBound * down + reach.first
    for plane in 0..<down {
      let target = planes + plane * size
      let first = start + plane
      let low = min(max((-first).dividedUp(by: down), 0), size)
      let high = min(max((length - 1 - first).dividedDown(by: down) + 1, low), size)
      for place in 0..<low { target[place] = 0 }
      let source = x + (first + low * down)
      if down == 1 {
        for place in 0..<high - low { target[low + place] = Double(source[place]) }
      } else {
        for place in 0..<high - low { target[low + place] = Double(source[place * down]) }
      }
      for place in high..<size { target[place] = 0 }
    }
  }

  /// Writes the outputs of a phase in some rounds.
  @inline(__always)
  private func add(
    _ phase: Int, _ rounds: Range<Int>, _ planes: UnsafePointer<Double>,
    _ taps: UnsafeBufferPointer<Tap>, _ h: UnsafePointer<T>, _ sums: UnsafeMutablePointer<Double>,
    to y: UnsafeMutablePointer<T>
  ) {
    let rounds = rounds.clamped(to: 0..<(count - 1 - phase) / up + 1)
    guard !rounds.isEmpty else { return }
    for start in stride(from: 0, to: rounds.count, by: Self.lanes) {
      sum(taps, planes + start, h, sums + start)
    }
    let target = y + (rounds.lowerBound * up + phase)
    if up == 1 {
      for index in 0..<rounds.count { target[index] = T(sums[index]) }
    } else {
      for index in 0..<rounds.count { target[index * up] = T(sums[index]) }
    }
  }
}

extension Polyphase {
  /// How many sums are taken at a time; as many may be taken beyond the last that is wanted.
  private static var lanes: Int { 16 }

  /// Takes neighbouring sums over the taps of a phase.
  @inline(__always)
  private func sum(
    _ taps: UnsafeBufferPointer<Tap>, _ planes: UnsafePointer<Double>, _ h: UnsafePointer<T>,
    _ sums: UnsafeMutablePointer<Double>
  ) {
    var (a, b, c, d) = (
      SIMD4<Double>.zero, SIMD4<Double>.zero, SIMD4<Double>.zero, SIMD4<Double>.zero
    )
    for tap in taps {
      let weight = Double(h[tap.number])
      let plane = UnsafeRawPointer(planes + tap.place)
      a += weight * plane.loadUnaligned(as: SIMD4<Double>.self)
      b += weight * plane.loadUnaligned(fromByteOffset: 32, as: SIMD4<Double>.self)
      c += weight * plane.loadUnaligned(fromByteOffset: 64, as: SIMD4<Double>.self)
      d += weight * plane.loadUnaligned(fromByteOffset: 96, as: SIMD4<Double>.self)
    }
    let target = UnsafeMutableRawPointer(sums)
    target.storeBytes(of: a, as: SIMD4<Double>.self)
    target.storeBytes(of: b, toByteOffset: 32, as: SIMD4<Double>.self)
    target.storeBytes(of: c, toByteOffset: 64, as: SIMD4<Double>.self)
    target.storeBytes(of: d, toByteOffset: 96, as: SIMD4<Double>.self)
  }
}

extension Int {
  /// The quotient rounded towards smaller numbers, by a number above 0.
  @inline(__always)
  fileprivate func dividedDown(by divisor: Int) -> Int {
    self >= 0 ? self / divisor : -((-self + divisor - 1) / divisor)
  }

  /// The quotient rounded towards larger numbers, by a number above 0.
  @inline(__always)
  fileprivate func dividedUp(by divisor: Int) -> Int {
    self > 0 ? (self + divisor - 1) / divisor : -(-self / divisor)
  }
}
