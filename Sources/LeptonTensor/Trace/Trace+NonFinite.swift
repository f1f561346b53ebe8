/// The step of a trace that made a number which is infinite or none at all.
public struct NonFiniteStep: Sendable {
  /// Its place in the trace.
  public let index: Int
  /// The operation.
  public let operation: String
  /// The shapes of its operands.
  public let operands: [Shape]
  /// The shape of its result.
  public let shape: Shape
  /// How many elements of the result are not a number.
  public let nanCount: Int
  /// How many are infinite.
  public let infiniteCount: Int
}

extension Trace {
  /// The first step, of those that lead to a result, that gives what is not finite for operands that are.
  ///
  /// The trace must be one that evaluates.
  public func firstNonFinite(leadingTo result: Tensor) throws -> NonFiniteStep? {
    let last = try index(of: result)
    var isNeeded = [Bool](repeating: false, count: last + 1)
    isNeeded[last] = true
    for index in (0...last).reversed() where isNeeded[index] {
      for input in self[index].inputs { isNeeded[input] = true }
    }
    var isFinite = [Bool](repeating: true, count: last + 1)
    for index in 0...last where isNeeded[index] {
      let node = self[index]
      let (nanCount, infiniteCount) = try node.value?.nonFiniteCounts() ?? (0, 0)
      isFinite[index] = nanCount + infiniteCount == 0
      guard !isFinite[index], case .operation(let operation, _) = node.kind,
        node.inputs.allSatisfy({ isFinite[$0] })
      else { continue }
      return NonFiniteStep(
        index: index, operation: operation.name, operands: node.inputs.map { self[$0].form.shape },
        shape: node.form.shape, nanCount: nanCount, infiniteCount: infiniteCount)
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
