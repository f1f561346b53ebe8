import LeptonTensor

/// `range(n)`: integers at equal distances, made as they are needed.
public final class IntegerRange: Object {
  /// The first integer.
  public let start: Int
  /// How many integers there are.
  public let length: Int
  /// The distance between them.
  public let step: Int

  /// What messages call it.
  public static var typeName: String { "range" }

  /// Makes a range from `start` up to and without `stop`.
  ///
  /// - Throws: `LanguageError` if the step is 0 or there are more integers than can be counted.
  public init(from start: Int, to stop: Int, by step: Int = 1) throws {
    self.start = start
    self.step = step
    length = try Self.length(from: start, to: stop, by: step)
  }

  /// How many integers there are from `start` up to and without `stop`.
  ///
  /// - Throws: `LanguageError` if the step is 0 or there are more integers than can be counted.
  static func length(from start: Int, to stop: Int, by step: Int) throws -> Int {
    guard step != 0 else {
      throw LanguageError("value/step", "the step of a range must not be 0")
    }
    let (distance, overflow) = stop.subtractingReportingOverflow(start)
    guard !overflow, step != .min, distance != .min else {
      throw LanguageError("number/overflow", "this range has too many integers")
    }
    let isEmpty = step > 0 ? distance <= 0 : distance >= 0
    return isEmpty ? 0 : (abs(distance) - 1) / abs(step) + 1
  }

  /// The call that makes it.
  public var source: String {
    let stop = start &+ length &* step
    if step != 1 { return "range(\(start), \(stop), \(step))" }
    return start == 0 ? "range(\(stop))" : "range(\(start), \(stop))"
  }

  /// The integers.
  public var integers: some Sequence<Int> {
    (0..<length).lazy.map { [start, step] in start &+ $0 &* step }
  }

  /// The integers as values.
  ///
  /// - Throws: `memory/limit` if there is no room for them.
  public var elements: [Value] {
    get throws {
      try [Value].checkMemory(count: length)
      return integers.map(Value.int)
    }
  }

  /// How many integers there are.
  public var count: Int? { length }

  /// The integers as a tensor.
  ///
  /// - Throws: `memory/limit` if there is no room for them.
  public func asTensor() throws -> Tensor? {
    try [Value].checkMemory(count: length)
    return try Tensor(Array(integers), shape: [length])
  }

  /// The integer at a position.
  public func element(at position: Int) -> Value? {
    position >= 0 && position < length ? .int(start &+ position &* step) : nil
  }
}

extension IntegerRange {
  /// Whether an int is among them.
  func contains(_ int: Int) -> Bool {
    let (distance, overflow) = int.subtractingReportingOverflow(start)
    return !overflow && distance % step == 0 && (0..<length).contains(distance / step)
  }
}
