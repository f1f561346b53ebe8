/// The key of a stream of random numbers that are pure functions of key, counter and place.
///
/// Nothing is used up: the same key gives the same numbers. Derive a key for each use with
/// ``folded(_:)``, and give the step of training as the ``Counter``, which inside a plan is an input.
public struct RandomKey: Sendable {
  /// Which of the key's blocks of numbers to draw.
  public enum Counter: Sendable {
    case value(UInt64)
    /// A traced whole number without axes.
    case traced(Tensor)
  }

  /// The key's 64 bits.
  public let bits: UInt64
  /// The block that is drawn from.
  public let counter: Counter

  /// Makes a key from a seed.
  public init(seed: UInt64) {
    self.init(bits: Philox.mixed(0, with: seed), counter: .value(0))
  }

  /// Makes the key that has these bits, as a file may have kept them.
  public init(bits: UInt64) { self.init(bits: bits, counter: .value(0)) }

  private init(bits: UInt64, counter: Counter) {
    self.bits = bits
    self.counter = counter
  }

  /// The key for a use that a number names; other numbers give independent keys.
  public func folded(_ number: UInt64) -> RandomKey {
    RandomKey(bits: Philox.mixed(bits, with: number), counter: counter)
  }

  /// The key for a use that a text names.
  public func folded(_ text: String) -> RandomKey {
    text.utf8.reduce(folded(0x7465_7874)) { $0.folded(UInt64($1)) }
  }

  /// The key with another counter.
  public func at(_ counter: Counter) -> RandomKey { RandomKey(bits: bits, counter: counter) }
}

extension RandomKey {
  /// Fractions evenly distributed over `low ..< high`.
  public func uniform(
    _ shape: [Int], from low: Double = 0, to high: Double = 1, type: ElementType = .float32
  ) throws -> Tensor {
    guard (high - low).isFinite else {
      throw TensorError("value/range", "no number can be drawn from \(low) to below \(high)")
    }
    let unit = try draw(.randomUniform, shape, type)
    if low == 0 && high == 1 { return unit }
    return try unit.multiplying(high - low).adding(low)
  }
  /// Fractions of the normal distribution.
  public func normal(
    _ shape: [Int], mean: Double = 0, deviation: Double = 1, type: ElementType = .float32
  ) throws -> Tensor {
    guard mean.isFinite, deviation.isFinite, deviation >= 0 else {
      throw TensorError(
        "value/range",
        "no number can be drawn around a mean of \(mean) with a deviation of \(deviation)")
    }
    let unit = try draw(.randomNormal, shape, type)
    if mean == 0 && deviation == 1 { return unit }
    return try unit.multiplying(deviation).adding(mean)
  }
  /// Truths, each true with a probability.
  public func bernoulli(_ probability: Double, _ shape: [Int]) throws -> Tensor {
    try draw(.randomUniform, shape, .float32).less(than: probability)
  }
  /// Whole numbers evenly distributed over `low ..< high`, as `int64`.
  ///
  /// Throws `value/range` if there are none, or more than 2^53.
  public func integers(_ shape: [Int], from low: Int, to high: Int) throws -> Tensor {
    let (span, overflow) = high.subtractingReportingOverflow(low)
    guard !overflow, span > 0, span <= 1 << 53 else {
      throw TensorError("value/range", "there are no whole numbers to draw in \(low) ..< \(high)")
    }
    return try draw(.randomUniform, shape, .float64).multiplying(Double(span))
      .cast(to: .int64).adding(low)
  }
  /// The whole numbers from 0 to `count` − 1 in random order, as `int64`.
  public func permutation(_ count: Int) throws -> Tensor {
    try draw(.randomPermutation, [count], .int64)
  }

  /// The key and its counter as the operand of a random operation: `int64 [2]`.
  private func operand() throws -> Tensor {
    let key = Int(bitPattern: UInt(bits))
    switch counter {
    case .value(let value): return try Tensor([key, Int(bitPattern: UInt(value))], shape: [2])
    case .traced(let tensor):
      let counter = try tensor.cast(to: .int64).reshaped(to: [1])
      return try Tensor.concatenated([Tensor([key], shape: [1]), counter])
    }
  }

  private func draw(_ operation: Operation, _ shape: [Int], _ type: ElementType) throws -> Tensor {
    try operation.applied(
      [operand()], Attributes(sizes: Shape(shape).sizes, elementType: type))
  }
}
