// Fourier transforms of lines. Fractions of either type are transformed in double precision.

/// A transform of one line: reads fractions, writes fractions, with room for complex numbers.
protocol LineTransform: Sendable {
  /// The complex numbers of room that it needs.
  var scratch: Int { get }
  /// Transforms a line.
  func run<T: Real>(
    _ source: UnsafePointer<T>, _ target: UnsafeMutablePointer<T>,
    _ room: UnsafeMutablePointer<Complex>)
}

extension Work {
  /// Work that transforms lines, which lie one after the other.
  static func lines(_ problem: Problem, from: Int, to: Int, _ transform: some LineTransform) -> Work
  {
    problem.output.elementType == .float32
      ? lines(Float.self, problem, from, to, transform)
      : lines(Double.self, problem, from, to, transform)
  }

  private static func lines<T: Real>(
    _ type: T.Type, _ problem: Problem, _ from: Int, _ to: Int, _ transform: some LineTransform
  ) -> Work {
    let rows = problem.output.shape.count / max(to, 1)
    let tiling = Tiling(rows: rows, rowsPerTile: max(1, 4096 / max(from, to, 1)))
    let size = tiling.rowsPerTile * MemoryLayout<T>.stride
    return Work(
      tiles: tiling.count, accesses: [.tiled(bytes: to * size), .tiled(bytes: from * size)],
      scratch: transform.scratch * MemoryLayout<Complex>.stride
    ) { memory, tile in
      for row in tiling.range(tile) {
        transform.run(
          memory.input(0, as: T.self) + row * from, memory.output(as: T.self) + row * to,
          memory.scratch.assumingMemoryBound(to: Complex.self))
      }
    }
  }
}

extension UnsafePointer where Pointee: Real {
  /// The complex number at a place among pairs.
  @inline(__always) fileprivate func complex(_ place: Int) -> Complex {
    Complex(Double(self[2 * place]), Double(self[2 * place + 1]))
  }
}

extension UnsafeMutablePointer where Pointee: Real {
  /// Writes a complex number at a place among pairs.
  @inline(__always) fileprivate func put(_ number: Complex, _ place: Int) {
    self[2 * place] = Pointee(number.re)
    self[2 * place + 1] = Pointee(number.im)
  }
}

/// From complex numbers to complex numbers, either way.
struct ComplexTransform: LineTransform {
  let plan: FourierPlan
  let isInverse: Bool

  var scratch: Int { plan.count + plan.scratch }

  func run<T: Real>(
    _ source: UnsafePointer<T>, _ target: UnsafeMutablePointer<T>,
    _ room: UnsafeMutablePointer<Complex>
  ) {
    for k in 0..<plan.count {
      room[k] = isInverse ? source.complex(k).swapped : source.complex(k)
    }
    plan.run(room, room + plan.count)
    for k in 0..<plan.count { target.put(isInverse ? room[k].swapped : room[k], k) }
  }
}

/// From n real numbers to the n / 2 + 1 complex ones that the others mirror.
struct RealTransform: LineTransform {
  let count: Int
  let plan: FourierPlan
  private let roots: Roots

  /// An even number of points is transformed as half as many complex numbers.
  init(_ count: Int) {
    self.count = count
    plan = FourierPlan(count % 2 == 0 ? count / 2 : count)
    roots = Roots(count)
  }

  var scratch: Int { plan.count + plan.scratch }

  func run<T: Real>(
    _ source: UnsafePointer<T>, _ target: UnsafeMutablePointer<T>,
    _ room: UnsafeMutablePointer<Complex>
  ) {
    guard count % 2 == 0 else {
      for k in 0..<count { room[k] = Complex(Double(source[k]), 0) }
      plan.run(room, room + count)
      for k in 0...count / 2 { target.put(room[k], k) }
      return
    }
    let half = plan.count
    for k in 0..<half { room[k] = source.complex(k) }
    plan.run(room, room + half)
    // The first and the last number are real.
    target.put(Complex(room[0].re + room[0].im, 0), 0)
    target.put(Complex(room[0].re - room[0].im, 0), half)
    for k in 1..<half {
      let (here, there) = (room[k], room[half - k].conjugate)
      let odd = (there - here).turned * roots[k]
      target.put(0.5 * (here + there + odd), k)
    }
  }
}

/// From the n / 2 + 1 complex numbers of a real signal to the signal, times n.
struct HalfTransform: LineTransform {
  let count: Int
  let plan: FourierPlan
  private let roots: Roots

  /// An even number of points is transformed as half as many complex numbers.
  init(_ count: Int) {
    self.count = count
    plan = FourierPlan(count % 2 == 0 ? count / 2 : count)
    roots = Roots(count)
  }

  var scratch: Int { plan.count + plan.scratch }

  func run<T: Real>(
    _ source: UnsafePointer<T>, _ target: UnsafeMutablePointer<T>,
    _ room: UnsafeMutablePointer<Complex>
  ) {
    func number(_ k: Int) -> Complex {
      let number = source.complex(k)
      return k == 0 || 2 * k == count ? Complex(number.re, 0) : number
    }
    guard count % 2 == 0 else {
      room[0] = number(0).swapped
      for k in 1..<count / 2 + 1 where count > 1 {
        room[k] = number(k).swapped
        room[count - k] = number(k).conjugate.swapped
      }
      plan.run(room, room + count)
      for k in 0..<count { target[k] = T(room[k].im) }
      return
    }
    let half = plan.count
    for k in 0..<half {
      let (here, there) = (number(k), number(half - k).conjugate)
      room[k] = (here + there + ((here - there) * roots[k].conjugate).turned).swapped
    }
    plan.run(room, room + half)
    for k in 0..<half { target.put(room[k].swapped, k) }
  }
}

/// exp(−2πi k / n) for k up to n / 2, for transforms of an even number of points.
private final class Roots: @unchecked Sendable {
  private let memory: UnsafeMutablePointer<Complex>

  init(_ count: Int) {
    let places = count % 2 == 0 ? count / 2 + 1 : 0
    memory = .allocate(capacity: places)
    for k in 0..<places { memory[k] = Complex(root: k, of: count) }
  }

  deinit { memory.deallocate() }

  @inline(__always) subscript(k: Int) -> Complex { memory[k] }
}
