/// The step of a trace that made a number which is infinite or none at all.
public struct NonFiniteStep: Sendable {
  /// Its place in the trace.
  public let index: Int
  /// The operation.
  public let operation: String
  /// The shape of its result.
  public let shape: Shape
  /// How many elements of the result are not a number.
  public let nanCount: Int
  /// How many are infinite.
  public let infiniteCount: Int
  /// Whether it was given what is not a number, which no step made: a constant such as that of `x * nan`.
  public let isGivenNaN: Bool
}

extension Trace {
  /// The first step, of those that lead to a result, that gives what is not a number, or what is infinite for
  /// operands that are finite. (A constant may be infinite, as in a mask.)
  ///
  /// The trace must be one that evaluates.
  public func firstNonFinite(leadingTo result: Tensor) throws -> NonFiniteStep? {
    let last = try index(of: result)
    var isNeeded = [Bool](repeating: false, count: last + 1)
    isNeeded[last] = true
    for index in (0...last).reversed() where isNeeded[index] {
      for input in self[index].inputs { isNeeded[input] = true }
    }
    var counts = [(nan: Int, infinite: Int)](repeating: (0, 0), count: last + 1)
    for index in 0...last where isNeeded[index] {
      let node = self[index]
      let count = try node.value?.nonFiniteCounts() ?? (nan: 0, infinite: 0)
      counts[index] = count
      guard case .operation(let operation, _) = node.kind, count != (0, 0),
        count.nan > 0 || node.inputs.allSatisfy({ counts[$0] == (0, 0) })
      else { continue }
      return NonFiniteStep(
        index: index, operation: operation.name, shape: node.form.shape, nanCount: count.nan,
        infiniteCount: count.infinite, isGivenNaN: node.inputs.contains { counts[$0].nan > 0 })
    }
    return nil
  }
}

extension Tensor {
  /// How many elements are not a number, and how many are infinite.
  ///
  /// Throws `trace/read` if the elements are not known.
  public func nonFiniteCounts() throws -> (nan: Int, infinite: Int) {
    guard elementType.isFloat else { return (0, 0) }
    return try elements(as: Double.self).reduce(into: (nan: 0, infinite: 0)) { counts, element in
      if element.isNaN { counts.nan += 1 } else if element.isInfinite { counts.infinite += 1 }
    }
  }

  /// Whether every element is a number that is not infinite.
  ///
  /// Throws `trace/read` if the elements are not known.
  public var isFinite: Bool {
    get throws {
      guard elementType == .float32 else { return try nonFiniteCounts() == (0, 0) }
      return try withUnsafeBytes { $0.bindMemory(to: Float.self).allSatisfy(\.isFinite) }
    }
  }
}
