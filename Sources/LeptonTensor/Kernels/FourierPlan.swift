/// A discrete Fourier transform of one length made ready: y[j] = Σ x[k] exp(−2πi jk / n).
///
/// A length whose prime factors are at most 13 is transformed by passes of these radices (Stockham's
/// order, as in FFTPACK: Swarztrauber 1982). Any other is a convolution with a chirp, done by transforms
/// of a convenient length (Bluestein 1970). Both take O(n log n), and everything is in double precision.
final class FourierPlan: @unchecked Sendable {
  /// The number of points.
  let count: Int
  private let passes: [Pass]
  private let chirp: Chirp?

  /// The largest prime radix.
  private static let largestRadix = 13

  /// One pass: what is already done, the radix, and where its roots stand.
  fileprivate struct Pass {
    let done: Int
    let radix: Int
    let inner: Int
    let roots: UnsafeMutablePointer<Complex>
    /// The roots of the radix itself, where no special code does without.
    let own: UnsafeMutablePointer<Complex>
  }

  /// A convolution with exp(πi k² / n).
  private struct Chirp {
    let plan: FourierPlan
    let factors: UnsafeMutablePointer<Complex>
    let spectrum: UnsafeMutablePointer<Complex>
  }

  /// Makes a transform of at least one point.
  init(_ count: Int) {
    self.count = count
    let (radices, rest) = FourierPlan.radices(of: count)
    guard rest == 1 else {
      passes = []
      chirp = FourierPlan.chirp(count)
      return
    }
    chirp = nil
    let roots = FourierPlan.roots(count)
    defer { roots.deallocate() }
    var done = 1
    passes = radices.map { radix in
      let inner = count / (done * radix)
      let table = UnsafeMutablePointer<Complex>.allocate(capacity: (radix - 1) * inner)
      for part in 1..<radix {
        for place in 0..<inner {
          table[(part - 1) * inner + place] = roots[part * done * place]
        }
      }
      defer { done *= radix }
      return Pass(
        done: done, radix: radix, inner: inner, roots: table, own: FourierPlan.roots(radix))
    }
  }

  deinit {
    for pass in passes {
      pass.roots.deallocate()
      pass.own.deallocate()
    }
    chirp?.factors.deallocate()
    chirp?.spectrum.deallocate()
  }

  /// The numbers that ``run(_:_:)`` needs as room.
  var scratch: Int { chirp.map { $0.plan.count + $0.plan.scratch } ?? count }

  /// The radices whose product is a number, and the factor that they leave.
  private static func radices(of count: Int) -> (radices: [Int], rest: Int) {
    var (found, rest) = ([Int](), count)
    for radix in [4, 2, 3, 5, 7, 11, largestRadix] {
      while rest % radix == 0 {
        found.append(radix)
        rest /= radix
      }
    }
    return (found, rest)
  }

  /// exp(−2πi k / n) for every k below n.
  private static func roots(_ n: Int) -> UnsafeMutablePointer<Complex> {
    let roots = UnsafeMutablePointer<Complex>.allocate(capacity: n)
    for k in 0...n / 2 {
      let root = Complex(root: k, of: n)
      roots[k] = root
      if k > 0 { roots[n - k] = root.conjugate }
    }
    return roots
  }

  private static func chirp(_ n: Int) -> Chirp {
    var length = 1
    while length < 2 * n - 1 { length *= 2 }
    if length / 4 * 3 >= 2 * n - 1 { length = length / 4 * 3 }
    let plan = FourierPlan(length)
    let factors = UnsafeMutablePointer<Complex>.allocate(capacity: n)
    let spectrum = UnsafeMutablePointer<Complex>.allocate(capacity: length)
    spectrum.update(repeating: Complex(0, 0), count: length)
    var square = 0
    for k in 0..<n {
      factors[k] = Complex(root: square, of: 2 * n)
      let weighed = 1 / Double(length) * factors[k].conjugate
      spectrum[k] = weighed
      if k > 0 { spectrum[length - k] = weighed }
      square = (square + 2 * k + 1) % (2 * n)
    }
    let room = UnsafeMutablePointer<Complex>.allocate(capacity: plan.scratch)
    plan.run(spectrum, room)
    room.deallocate()
    return Chirp(plan: plan, factors: factors, spectrum: spectrum)
  }

  /// Transforms numbers in place.
  func run(_ data: UnsafeMutablePointer<Complex>, _ scratch: UnsafeMutablePointer<Complex>) {
    if let chirp { return convolve(data, scratch, chirp) }
    var (source, target) = (data, scratch)
    for pass in passes {
      pass.run(source, target)
      swap(&source, &target)
    }
    if source != data { data.update(from: source, count: count) }
  }

  private func convolve(
    _ data: UnsafeMutablePointer<Complex>, _ scratch: UnsafeMutablePointer<Complex>, _ chirp: Chirp
  ) {
    let (plan, rest) = (chirp.plan, scratch + chirp.plan.count)
    for k in 0..<count { scratch[k] = data[k] * chirp.factors[k] }
    (scratch + count).update(repeating: Complex(0, 0), count: plan.count - count)
    plan.run(scratch, rest)
    for k in 0..<plan.count { scratch[k] = (scratch[k] * chirp.spectrum[k]).swapped }
    plan.run(scratch, rest)
    for k in 0..<count { data[k] = scratch[k].swapped * chirp.factors[k] }
  }
}

extension FourierPlan.Pass {
  /// Transforms groups of `radix` numbers that lie `inner` apart, and turns them by their roots.
  fileprivate func run(
    _ source: UnsafePointer<Complex>, _ target: UnsafeMutablePointer<Complex>
  ) {
    switch radix {
    case 2: two(source, target)
    case 3: three(source, target)
    case 4: four(source, target)
    case 5: five(source, target)
    default: any(source, target)
    }
  }

  private func two(_ source: UnsafePointer<Complex>, _ target: UnsafeMutablePointer<Complex>) {
    let step = done * inner
    for group in 0..<done {
      let (c, h) = (source + group * 2 * inner, target + group * inner)
      for i in 0..<inner {
        h[i] = c[i] + c[i + inner]
        h[i + step] = (c[i] - c[i + inner]) * roots[i]
      }
    }
  }

  private func three(_ source: UnsafePointer<Complex>, _ target: UnsafeMutablePointer<Complex>) {
    let step = done * inner
    let sine = -0.5 * 3.0.squareRoot()
    for group in 0..<done {
      let (c, h) = (source + group * 3 * inner, target + group * inner)
      for i in 0..<inner {
        let sum = c[i + inner] + c[i + 2 * inner]
        let middle = c[i] + -0.5 * sum
        let side = (sine * (c[i + inner] - c[i + 2 * inner])).turned
        h[i] = c[i] + sum
        h[i + step] = (middle + side) * roots[i]
        h[i + 2 * step] = (middle - side) * roots[i + inner]
      }
    }
  }

  private func four(_ source: UnsafePointer<Complex>, _ target: UnsafeMutablePointer<Complex>) {
    let step = done * inner
    for group in 0..<done {
      let (c, h) = (source + group * 4 * inner, target + group * inner)
      for i in 0..<inner {
        let (even, evenRest) = (c[i] + c[i + 2 * inner], c[i] - c[i + 2 * inner])
        let (odd, oddRest) = (c[i + inner] + c[i + 3 * inner], c[i + 3 * inner] - c[i + inner])
        h[i] = even + odd
        h[i + step] = (evenRest + oddRest.turned) * roots[i]
        h[i + 2 * step] = (even - odd) * roots[i + inner]
        h[i + 3 * step] = (evenRest - oddRest.turned) * roots[i + 2 * inner]
      }
    }
  }

  private func five(_ source: UnsafePointer<Complex>, _ target: UnsafeMutablePointer<Complex>) {
    let step = done * inner
    let (one, two) = (own[1], own[2])
    for group in 0..<done {
      let (c, h) = (source + group * 5 * inner, target + group * inner)
      for i in 0..<inner {
        let (outer, outerRest) = (c[i + inner] + c[i + 4 * inner], c[i + inner] - c[i + 4 * inner])
        let (near, nearRest) = (
          c[i + 2 * inner] + c[i + 3 * inner], c[i + 2 * inner] - c[i + 3 * inner]
        )
        let first = c[i] + (one.re * outer + two.re * near)
        let firstSide = (one.im * outerRest + two.im * nearRest).turned
        let second = c[i] + (two.re * outer + one.re * near)
        let secondSide = (two.im * outerRest - one.im * nearRest).turned
        h[i] = c[i] + (outer + near)
        h[i + step] = (first + firstSide) * roots[i]
        h[i + 2 * step] = (second + secondSide) * roots[i + inner]
        h[i + 3 * step] = (second - secondSide) * roots[i + 2 * inner]
        h[i + 4 * step] = (first - firstSide) * roots[i + 3 * inner]
      }
    }
  }

  private func any(_ source: UnsafePointer<Complex>, _ target: UnsafeMutablePointer<Complex>) {
    let step = done * inner
    for group in 0..<done {
      let (c, h) = (source + group * radix * inner, target + group * inner)
      for i in 0..<inner {
        for part in 0..<radix {
          var (sum, place) = (c[i], 0)
          for other in 1..<radix {
            place += part
            if place >= radix { place -= radix }
            sum = sum + c[i + other * inner] * own[place]
          }
          h[i + part * step] = part == 0 ? sum : sum * roots[i + (part - 1) * inner]
        }
      }
    }
  }
}
