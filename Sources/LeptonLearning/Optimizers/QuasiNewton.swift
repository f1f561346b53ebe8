/// L-BFGS at work, as PyTorch has it: the steps that it remembers, and where it stands.
struct QuasiNewton {
  /// A loss with its gradient.
  typealias Value = (loss: Double, gradient: [Double])

  private let rule: LBFGSRule
  /// The last steps: the change of the gradient, that of the place, and 1 over their product.
  private var pairs: [(gradient: [Double], place: [Double], inverse: Double)] = []
  private var scale = 1.0
  private var iterations = 0
  private var previous: (gradient: [Double], move: [Double])?
  /// The value where the last search ended.
  private var value: Value?

  init(_ rule: LBFGSRule) { self.rule = rule }

  /// Goes down from a place, in as many steps as the rule has, and gives the place where it ends.
  mutating func descend(
    from start: [Double], rate: Double, objective: ([Double]) throws -> Value,
    shouldStop: () -> Bool
  ) throws -> [Double] {
    var place = start
    var value = try value ?? objective(place)
    defer { self.value = value }
    var evaluations = 1
    let limit = rule.iterations * 5 / 4
    for iteration in 1...max(rule.iterations, 1) {
      guard value.gradient.largest > rule.gradientTolerance else { break }
      iterations += 1
      let direction = direction(value.gradient)
      let slope = value.gradient.dot(direction)
      let sum = value.gradient.reduce(0) { $0 + abs($1) }
      let length = iterations == 1 ? min(1, 1 / sum) * rate : rate
      guard slope <= -rule.changeTolerance else { break }
      let line = (place, direction, value, limit - evaluations)
      let (found, tried) = try withoutActuallyEscaping(objective) { objective in
        var search = LineSearch(
          from: line.0, along: line.1, start: line.2, slope: slope,
          tolerance: rule.changeTolerance, limit: line.3, objective: objective)
        return (try search.run(length), search.evaluations)
      }
      let before = value
      let move = direction.map { $0 * found.length }
      previous = (before.gradient, move)
      for index in place.indices { place[index] += move[index] }
      value = found.value
      evaluations += tried
      let isStill =
        move.largest <= rule.changeTolerance
        || abs(value.loss - before.loss) < rule.changeTolerance
      if iteration == rule.iterations || evaluations >= limit || isStill || shouldStop() { break }
    }
    return place
  }

  /// The way to go: minus the gradient, bent by what the last steps taught (the two-loop recursion).
  private mutating func direction(_ gradient: [Double]) -> [Double] {
    learn(gradient)
    var way = gradient.map { -$0 }
    var shares = [Double](repeating: 0, count: pairs.count)
    for (index, pair) in pairs.enumerated().reversed() {
      shares[index] = pair.place.dot(way) * pair.inverse
      way.add(pair.gradient, times: -shares[index])
    }
    for index in way.indices { way[index] *= scale }
    for (index, pair) in pairs.enumerated() {
      way.add(pair.place, times: shares[index] - pair.gradient.dot(way) * pair.inverse)
    }
    return way
  }

  /// Remembers the last step.
  private mutating func learn(_ gradient: [Double]) {
    guard let previous else { return }
    let change = zip(gradient, previous.gradient).map { $0 - $1 }
    let product = change.dot(previous.move)
    guard product > 1e-10 else { return }
    if pairs.count == max(rule.history, 1) { pairs.removeFirst() }
    pairs.append((change, previous.move, 1 / product))
    scale = product / change.dot(change)
  }
}

extension [Double] {
  /// The sum of the products of elements.
  func dot(_ other: [Double]) -> Double {
    withUnsafeBufferPointer { a in
      other.withUnsafeBufferPointer { b in
        var sum = 0.0
        for index in a.indices { sum += a[index] * b[index] }
        return sum
      }
    }
  }

  /// The largest size of an element.
  var largest: Double { reduce(0) { Swift.max($0, abs($1)) } }

  /// Adds a multiple of another vector.
  fileprivate mutating func add(_ other: [Double], times factor: Double) {
    for index in indices { self[index] += factor * other[index] }
  }
}
