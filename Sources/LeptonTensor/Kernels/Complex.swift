import Glibc

/// A complex number in double precision, as the Fourier kernels use it.
struct Complex {
  var re: Double
  var im: Double

  @inline(__always) init(_ re: Double, _ im: Double) {
    self.re = re
    self.im = im
  }

  /// exp(−2πi k / n) for k in `0 ..< n`, from angles of at most an eighth of a turn.
  init(root k: Int, of n: Int) {
    let step = 0.25 * Double.pi / Double(n)
    // The place in eighths of the turn: x / 8n.
    let isUpper = 8 * k < 4 * n
    let x = isUpper ? 8 * k : 8 * n - 8 * k
    let isFirst = x < 2 * n
    let y = isFirst ? x : x - 2 * n
    let (cosine, sine) =
      y < n
      ? (cos(Double(y) * step), sin(Double(y) * step))
      : (sin(Double(2 * n - y) * step), cos(Double(2 * n - y) * step))
    let point = isFirst ? Complex(cosine, sine) : Complex(-sine, cosine)
    self = isUpper ? Complex(point.re, -point.im) : point
  }

  /// The number reflected in the real axis.
  @inline(__always) var conjugate: Complex { Complex(re, -im) }
  /// The number with its parts exchanged, which turns a transform into its inverse.
  @inline(__always) var swapped: Complex { Complex(im, re) }
  /// The number times i.
  @inline(__always) var turned: Complex { Complex(-im, re) }

  @inline(__always) static func + (a: Complex, b: Complex) -> Complex {
    Complex(a.re + b.re, a.im + b.im)
  }
  @inline(__always) static func - (a: Complex, b: Complex) -> Complex {
    Complex(a.re - b.re, a.im - b.im)
  }
  @inline(__always) static func * (a: Complex, b: Complex) -> Complex {
    Complex(a.re * b.re - a.im * b.im, a.re * b.im + a.im * b.re)
  }
  @inline(__always) static func * (a: Double, b: Complex) -> Complex {
    Complex(a * b.re, a * b.im)
  }
}
