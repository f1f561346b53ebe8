import Glibc

/// The value below which a share of the normal distribution lies.
///
/// Found by Newton's method on the distribution function from a rational first guess
/// (Abramowitz & Stegun 26.2.23); relative error below 1e-12 except in the last digits of the tails.
package func normalQuantile(_ share: Double) -> Double {
  let tail = min(share, 1 - share)
  let t = (-2 * log(tail)).squareRoot()
  let upper = 2.515517 + t * (0.802853 + t * 0.010328)
  let lower = 1 + t * (1.432788 + t * (0.189269 + t * 0.001308))
  var x = t - upper / lower
  for _ in 0..<2 {
    // Halley's step for Q(x) = tail, where Q is the upper tail.
    let error = (0.5 * erfc(x * 0.5.squareRoot()) - tail) * 2.5066282746310002 * exp(x * x / 2)
    x += error / (1 - error * x / 2)
  }
  return share < 0.5 ? -x : x
}

/// The value below which a share of the normal distribution lies, with a relative error of about
/// 1e-7: algorithm AS 241, PPND7 (Wichura 1988).
package func normalQuantile7(_ share: Double) -> Float {
  let q = share - 0.5
  if abs(q) <= 0.425 {
    let r = 0.180625 - q * q
    let upper = ((59.109374720 * r + 159.29113202) * r + 50.434271938) * r + 3.3871327179
    let lower = ((67.187563600 * r + 78.757757664) * r + 17.895169469) * r + 1
    return Float(q * upper / lower)
  }
  var r = (-log(min(share, 1 - share))).squareRoot()
  let value: Double
  if r <= 5 {
    r -= 1.6
    let upper = ((0.17023821103 * r + 1.3067284816) * r + 2.7568153900) * r + 1.4234372777
    value = upper / ((0.12021132975 * r + 0.73700164250) * r + 1)
  } else {
    r -= 5
    let upper = ((0.017337203997 * r + 0.42868294337) * r + 3.0812263860) * r + 6.6579051150
    value = upper / ((0.012258202635 * r + 0.24197894225) * r + 1)
  }
  return Float(q < 0 ? -value : value)
}
