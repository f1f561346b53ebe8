import Glibc

/// Small random changes of pictures that leave their meaning alone, composed into one affine map.
///
/// Each training picture is changed anew in each epoch. Its random numbers are keyed by the run,
/// the epoch and the picture, so they depend neither on the batch nor on the number of threads;
/// and since all steps are affine, a picture is resampled once, however many steps there are.
public struct Augmentation: Sendable, Hashable {
  /// The steps, first applied first.
  public var steps: [Step]

  /// Makes an augmentation of steps.
  public init(_ steps: [Step]) { self.steps = steps }

  /// One kind of change.
  public enum Step: Sendable, Hashable {
    /// Moves by up to so many pixels along each axis.
    case shift(pixels: Double)
    /// Turns about the centre by up to so many degrees.
    case rotate(degrees: Double)
    /// Makes larger or smaller by up to this fraction.
    case scale(fraction: Double)
    /// Slants along the rows by up to this fraction of the height.
    case shear(fraction: Double)
    /// Displaces each pixel, smoothly, by up to so many pixels along each axis, after all other steps.
    case elastic(pixels: Double, grid: Int)
    /// Turns left and right about, with a probability.
    case mirror(share: Double)
    /// Moves by up to so many whole pixels along each axis.
    case crop(pixels: Int)
    /// Sets a square of so many pixels a side to 0.
    case cutOut(size: Int)
    /// Makes lighter or darker by up to this amount.
    case brightness(amount: Double)
    /// Adds normal noise to each pixel.
    case noise(deviation: Double)
    /// Mixes with another picture, and the targets alike.
    case mixUp(alpha: Double)
    /// Puts a rectangle of another picture over it, and mixes the targets by area.
    case cutMix(alpha: Double)

    /// The Lepton that makes it.
    public var source: String {
      switch self {
      case .shift(let pixels): "shift(\(shortest(pixels)))"
      case .rotate(let degrees): "rotate(\(shortest(degrees)))"
      case .scale(let fraction): "scale(\(shortest(fraction)))"
      case .shear(let fraction): "shear(\(shortest(fraction)))"
      case .elastic(let pixels, let grid): "elastic_bend(\(shortest(pixels)), \(grid))"
      case .mirror(let share): "mirror(\(shortest(share)))"
      case .crop(let pixels): "random_crop(\(pixels))"
      case .cutOut(let size): "cut_out(\(size))"
      case .brightness(let amount): "brightness(\(shortest(amount)))"
      case .noise(let deviation): "pixel_noise(\(shortest(deviation)))"
      case .mixUp(let alpha): "mixup(\(shortest(alpha)))"
      case .cutMix(let alpha): "cutmix(\(shortest(alpha)))"
      }
    }

    /// How many random numbers it takes for the map.
    var chances: Int {
      switch self {
      case .shift, .crop: 2
      case .rotate, .scale, .shear, .mirror: 1
      case .elastic, .cutOut, .brightness, .noise, .mixUp, .cutMix: 0
      }
    }

    /// The map for two random numbers in [−1, 1), of which many take one.
    func map(_ first: Double, _ second: Double) -> AffineMap {
      switch self {
      case .shift(let pixels): return .shift(x: pixels * first, y: pixels * second)
      case .rotate(let degrees): return .rotation(radians: degrees * first * .pi / 180)
      case .scale(let fraction): return .scale(1 + fraction * first)
      case .shear(let fraction): return .shear(fraction * first)
      case .mirror(let share):
        return first < 2 * share - 1 ? AffineMap(a: -1, b: 0, c: 0, d: 0, e: 1, f: 0) : .identity
      case .crop(let pixels):
        let most = Double(pixels)
        func whole(_ chance: Double) -> Double { max(-most, (chance * (most + 0.5)).rounded()) }
        return .shift(x: whole(first), y: whole(second))
      case .elastic, .cutOut, .brightness, .noise, .mixUp, .cutMix: return .identity
      }
    }
  }

  /// The Lepton that makes it.
  public var source: String { steps.map(\.source).joined(separator: " >> ") }

  /// The bend of pictures of a size, if there is one; of several the last one.
  func bend(height: Int, width: Int) -> Bend? {
    steps.reduce(Bend?.none) { bend, step in
      guard case .elastic(let pixels, let grid) = step else { return bend }
      return Bend(pixels: pixels, grid: grid, height: height, width: width)
    }
  }

  /// How many random numbers the map of a picture takes.
  public var chances: Int { steps.reduce(0) { $0 + $1.chances } }

  /// First this, then the other.
  public func followed(by next: Augmentation) -> Augmentation {
    Augmentation(steps + next.steps)
  }

  /// The map of one picture for its random numbers in [−1, 1), as many as ``chances``.
  func map(_ chance: UnsafeBufferPointer<Float>) -> AffineMap {
    var result = AffineMap.identity
    var place = 0
    for step in steps where step.chances > 0 {
      let last = place + step.chances - 1
      result = result.followed(by: step.map(Double(chance[place]), Double(chance[last])))
      place = last + 1
    }
    return result
  }
}

/// A map of the plane about the centre of a picture: `x′ = a·x + b·y + c`, `y′ = d·x + e·y + f`.
package struct AffineMap: Sendable, Hashable {
  package var a, b, c, d, e, f: Double

  /// Leaves every point where it is.
  package static let identity = AffineMap(a: 1, b: 0, c: 0, d: 0, e: 1, f: 0)

  static func shift(x: Double, y: Double) -> AffineMap {
    AffineMap(a: 1, b: 0, c: x, d: 0, e: 1, f: y)
  }

  static func rotation(radians: Double) -> AffineMap {
    let (sine, cosine) = (sin(radians), cos(radians))
    return AffineMap(a: cosine, b: -sine, c: 0, d: sine, e: cosine, f: 0)
  }

  static func scale(_ factor: Double) -> AffineMap {
    AffineMap(a: factor, b: 0, c: 0, d: 0, e: factor, f: 0)
  }

  static func shear(_ slant: Double) -> AffineMap {
    AffineMap(a: 1, b: slant, c: 0, d: 0, e: 1, f: 0)
  }

  /// First this map, then the other.
  func followed(by next: AffineMap) -> AffineMap {
    AffineMap(
      a: next.a * a + next.b * d, b: next.a * b + next.b * e, c: next.a * c + next.b * f + next.c,
      d: next.d * a + next.e * d, e: next.d * b + next.e * e, f: next.d * c + next.e * f + next.f)
  }

  /// The map that undoes this one; the identity where there is none.
  package var inverse: AffineMap {
    let determinant = a * e - b * d
    guard abs(determinant) > 1e-12 else { return .identity }
    let (ia, ib, id, ie) = (e / determinant, -b / determinant, -d / determinant, a / determinant)
    return AffineMap(a: ia, b: ib, c: -(ia * c + ib * f), d: id, e: ie, f: -(id * c + ie * f))
  }
}
