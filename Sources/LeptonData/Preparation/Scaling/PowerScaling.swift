import Glibc
import LeptonFiles

/// Numbers raised to the power that makes them most like the normal distribution, then standardised.
///
/// The power is the one of greatest likelihood (Box and Cox 1964; Yeo and Johnson 2000, which takes
/// numbers below zero too).
public struct PowerScaling: NumberPreparing, Equatable {
  /// The power, mean and deviation.
  public var learnedCount: Int? { 3 }

  private let isBoxCox: Bool
  private let standardizes: Bool

  /// Makes it.
  public init(isBoxCox: Bool, standardizes: Bool) {
    self.isBoxCox = isBoxCox
    self.standardizes = standardizes
  }

  /// Box's and Cox's takes numbers above zero only.
  public func check(_ numbers: [Double], of column: String) throws(FileError) {
    guard isBoxCox, let wrong = numbers.first(where: { $0 <= 0 }) else { return }
    throw FileError(
      code: "data/column",
      message: "column \(column.quoted) holds \(wrong), which is not above zero",
      help: ["method=\"yeo-johnson\" takes any numbers"])
  }

  /// The power, mean and deviation.
  public func learned(from numbers: [Double]) -> [Double] {
    let isConstant = Set(numbers).count < 2
    let power = isConstant ? 1 : Minimum.place(of: { -likelihood(of: numbers, $0) })
    guard standardizes else { return [power, 0, 1] }
    return [power] + Standardizing().learned(from: numbers.map { raised($0, power) })
  }

  /// The power of a number, standardised.
  public func applied(to number: Double, _ learned: [Double]) -> Double {
    (raised(number, learned[0]) - learned[1]) / learned[2]
  }

  /// The logarithm of the likelihood that powers of the numbers are normally distributed.
  private func likelihood(of numbers: [Double], _ power: Double) -> Double {
    let raised = numbers.map { self.raised($0, power) }
    let variance = raised.variance(around: raised.mean)
    let slopes = numbers.reduce(0) { $0 + (isBoxCox ? log($1) : copysign(log1p(abs($1)), $1)) }
    return -Double(numbers.count) / 2 * log(variance) + (power - 1) * slopes
  }

  private func raised(_ x: Double, _ power: Double) -> Double {
    if isBoxCox { return x > 0 ? Self.raised(log(x), power) : .nan }
    return x >= 0 ? Self.raised(log1p(x), power) : -Self.raised(log1p(-x), 2 - power)
  }

  /// `(e^(power · x) − 1) / power`, and x where the power is 0.
  private static func raised(_ x: Double, _ power: Double) -> Double {
    power.magnitude < Double.ulpOfOne ? x : expm1(power * x) / power
  }
}

/// Where a function of one number is least.
enum Minimum {
  /// Brent's method (1973): golden section, and a parabola where that goes faster.
  static func place(of function: (Double) -> Double) -> Double {
    var (low, high) = bracket(function)
    let golden = 0.3819660112501051
    var x = low + golden * (high - low)
    var (w, v) = (x, x)
    var fx = function(x)
    var (fw, fv) = (fx, fx)
    var (step, earlier) = (0.0, 0.0)
    for _ in 0..<500 {
      let middle = (low + high) / 2
      let tolerance = 1.48e-8 * abs(x) + 1e-11
      if abs(x - middle) <= 2 * tolerance - (high - low) / 2 { break }
      var isParabola = false
      if abs(earlier) > tolerance {
        let (r, q) = ((x - w) * (fx - fv), (x - v) * (fx - fw))
        var (p, s) = ((x - v) * q - (x - w) * r, 2 * (q - r))
        if s > 0 { p = -p }
        s = abs(s)
        if abs(p) < abs(0.5 * s * earlier), p > s * (low - x), p < s * (high - x) {
          (earlier, step) = (step, p / s)
          isParabola = true
          let u = x + step
          if u - low < 2 * tolerance || high - u < 2 * tolerance {
            step = middle >= x ? tolerance : -tolerance
          }
        }
      }
      if !isParabola {
        earlier = x >= middle ? low - x : high - x
        step = golden * earlier
      }
      let u = x + (abs(step) >= tolerance ? step : (step > 0 ? tolerance : -tolerance))
      let fu = function(u)
      if fu <= fx {
        if u >= x { low = x } else { high = x }
        (v, fv, w, fw, x, fx) = (w, fw, x, fx, u, fu)
      } else {
        if u < x { low = u } else { high = u }
        if fu <= fw || w == x {
          (v, fv, w, fw) = (w, fw, u, fu)
        } else if fu <= fv || v == x || v == w {
          (v, fv) = (u, fu)
        }
      }
    }
    return x
  }

  /// Two places with the least one between them: from −2 and 2 outwards as long as an end is the lowest.
  private static func bracket(_ function: (Double) -> Double) -> (Double, Double) {
    var (low, high) = (-2.0, 2.0)
    for _ in 0..<40 {
      let width = high - low
      let samples = (0...4).map { low + width * Double($0) / 4 }
      let values = samples.map {
        let value = function($0); return value.isNaN ? .infinity : value
      }
      let least = values.indices.min { values[$0] < values[$1] } ?? 2
      if least == 0 {
        low -= width
      } else if least == 4 {
        high += width
      } else {
        return (samples[least - 1], samples[least + 1])
      }
    }
    return (low, high)
  }
}
