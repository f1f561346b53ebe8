import Glibc

/// The value below which a share of the normal distribution lies.
///
/// Found by Newton's method on the distribution function from a rational first guess
/// (Abramowitz & Stegun 26.2.23); relative error below 1e-12 except in the last digits of the tails.
func normalQuantile(_ share: Double) -> Double {
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
