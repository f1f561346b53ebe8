/// A search along a line for a place that fulfils the strong conditions of Wolfe, as PyTorch has it (after
/// Nocedal and Wright 2006, algorithms 3.5 and 3.6, with cubic interpolation).
struct LineSearch {
  private let place: [Double]
  private let direction: [Double]
  private let start: QuasiNewton.Value
  private let slope: Double
  private let tolerance: Double
  private let limit: Int
  private let objective: ([Double]) throws -> QuasiNewton.Value
  /// How often the objective has been computed.
  private(set) var evaluations = 0

  /// A place on the line.
  private struct Point {
    var length: Double
    var value: QuasiNewton.Value
    var slope: Double
  }

  /// The share of the slope by which the loss has to fall, and that to which the slope has to.
  private static let (fall, flat) = (1e-4, 0.9)

  init(
    from place: [Double], along direction: [Double], start: QuasiNewton.Value, slope: Double,
    tolerance: Double, limit: Int, objective: @escaping ([Double]) throws -> QuasiNewton.Value
  ) {
    self.place = place
    self.direction = direction
    self.start = start
    self.slope = slope
    self.tolerance = tolerance
    self.limit = limit
    self.objective = objective
  }

  /// The length of the step that was found, beginning with a first one, and the value there.
  mutating func run(_ first: Double) throws -> (length: Double, value: QuasiNewton.Value) {
    var turns = 0
    var (low, high, isFound) = try bracket(first, &turns)
    if low.value.loss > high.value.loss { swap(&low, &high) }
    var wasClose = false
    while !isFound, turns < limit {
      guard abs(high.length - low.length) * direction.largest >= tolerance else { break }
      let length = trial(low, high, &wasClose)
      let point = try evaluated(length)
      turns += 1
      if isTooHigh(point) || point.value.loss >= low.value.loss {
        high = point
        if low.value.loss > high.value.loss { swap(&low, &high) }
      } else {
        if abs(point.slope) <= -Self.flat * slope {
          isFound = true
        } else if point.slope * (high.length - low.length) >= 0 {
          high = low
        }
        low = point
      }
    }
    return (low.length, low.value)
  }

  /// Two places between which there is one that will do, or one that will.
  private mutating func bracket(
    _ first: Double, _ turns: inout Int
  ) throws -> (Point, Point, isFound: Bool) {
    let origin = Point(length: 0, value: start, slope: slope)
    var (earlier, point) = (origin, try evaluated(first))
    while turns < limit {
      if isTooHigh(point) || turns > 1 && point.value.loss >= earlier.value.loss {
        return (earlier, point, false)
      }
      if abs(point.slope) <= -Self.flat * slope { return (point, point, true) }
      if point.slope >= 0 { return (earlier, point, false) }
      let bounds = (
        point.length + 0.01 * (point.length - earlier.length), point.length * 10
      )
      let next = Self.interpolated(earlier, point, bounds)
      (earlier, point) = (point, try evaluated(next))
      turns += 1
    }
    return (origin, point, false)
  }

  /// Whether the loss has not fallen enough for the length of the step.
  private func isTooHigh(_ point: Point) -> Bool {
    point.value.loss > start.loss + Self.fall * point.length * slope
  }

  /// The next length to try between two; not too close to either, twice in a row.
  private func trial(_ low: Point, _ high: Point, _ wasClose: inout Bool) -> Double {
    let (left, right) = low.length <= high.length ? (low, high) : (high, low)
    let length = Self.interpolated(low, high, (left.length, right.length))
    let margin = 0.1 * (right.length - left.length)
    guard min(right.length - length, length - left.length) < margin else {
      wasClose = false
      return length
    }
    guard wasClose || length >= right.length || length <= left.length else {
      wasClose = true
      return length
    }
    wasClose = false
    let isRight = abs(length - right.length) < abs(length - left.length)
    return isRight ? right.length - margin : left.length + margin
  }

  /// Where the cubic through two points with their slopes is lowest, within bounds.
  private static func interpolated(
    _ a: Point, _ b: Point, _ bounds: (Double, Double)
  ) -> Double {
    let (left, right) = a.length <= b.length ? (a, b) : (b, a)
    let mean =
      left.slope + right.slope
      - 3 * (left.value.loss - right.value.loss) / (left.length - right.length)
    let square = mean * mean - left.slope * right.slope
    guard square >= 0 else { return (bounds.0 + bounds.1) / 2 }
    let root = square.squareRoot()
    let share = (right.slope + root - mean) / (right.slope - left.slope + 2 * root)
    let lowest = right.length - (right.length - left.length) * share
    return min(max(lowest, bounds.0), bounds.1)
  }

  private mutating func evaluated(_ length: Double) throws -> Point {
    var target = place
    for index in target.indices { target[index] += length * direction[index] }
    let value = try objective(target)
    evaluations += 1
    return Point(length: length, value: value, slope: value.gradient.dot(direction))
  }
}
