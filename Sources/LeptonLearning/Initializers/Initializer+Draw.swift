import LeptonTensor

extension Initializer {
  /// Draws a `float32` tensor of a shape.
  public func draw(_ shape: [Int], key: RandomKey) throws -> Tensor {
    switch self {
    case .zeros: try Tensor(repeating: 0.0, shape: shape)
    case .ones: try Tensor(repeating: 1.0, shape: shape)
    case .constant(let value): try Tensor(repeating: value, shape: shape)
    case .uniform(let low, let high): try key.uniform(shape, from: low, to: high)
    case .normal(let mean, let deviation):
      try key.normal(shape, mean: mean, deviation: deviation)
    case .truncatedNormal(let mean, let deviation):
      try Distribution.truncatedNormal(shape, key: key).multiplying(deviation).adding(mean)
    case .variance(let scale, let fan, let distribution):
      try distribution.draw(shape, variance: scale / fan.count(of: shape), key: key)
    case .orthogonal(let gain): try Orthogonal.draw(shape, key: key).multiplying(gain)
    case .identity(let gain): try Initializer.identity(shape, gain)
    case .custom(let custom): try custom.draw(shape, key).cast(to: .float32)
    }
  }

  /// A matrix with a number on its diagonal, in the middle of the axes before its own.
  ///
  /// - Throws: `TensorError` with code `shape/rank` for a shape of fewer than two axes.
  private static func identity(_ shape: [Int], _ gain: Double) throws -> Tensor {
    guard shape.count >= 2 else {
      throw TensorError(
        "shape/rank", "an identity has two axes or more, not the shape \(shape)")
    }
    let field = shape.dropLast(2)
    // The middle of each axis, as one number: places count row by row.
    let middle = field.reduce(0) { $0 * $1 + $1 / 2 }
    let (rows, columns) = (shape[shape.count - 2], shape[shape.count - 1])
    return try Tensor(form: Form(Shape(shape), .float32)) { bytes in
      let elements = bytes.bindMemory(to: Float.self)
      elements.update(repeating: 0)
      guard !elements.isEmpty else { return }
      for place in 0..<min(rows, columns) {
        elements[middle * rows * columns + place * (columns + 1)] = Float(gain)
      }
    }
  }
}

extension Initializer.Fan {
  /// The number by which a variance is divided, at least 1.
  ///
  /// The last axis of a kernel counts outputs, the one before it inputs, and those before that the
  /// places which an output sees (Keras's `compute_fans`).
  func count(of shape: [Int]) -> Double {
    let field = shape.dropLast(2).reduce(1.0) { $0 * Double($1) }
    let outputs = field * Double(shape.last ?? 1)
    let inputs = shape.count < 2 ? outputs : field * Double(shape[shape.count - 2])
    switch self {
    case .inputs: return max(1, inputs)
    case .average: return max(1, (inputs + outputs) / 2)
    }
  }
}

extension Initializer.Distribution {
  /// The standard deviation of a normal distribution without what lies beyond two of its own.
  private static let truncatedDeviation = 0.879_625_661_034_239_78

  func draw(_ shape: [Int], variance: Double, key: RandomKey) throws -> Tensor {
    switch self {
    case .uniform:
      let limit = (3 * variance).squareRoot()
      return try key.uniform(shape, from: -limit, to: limit)
    case .truncatedNormal:
      let deviation = variance.squareRoot() / Self.truncatedDeviation
      return try Self.truncatedNormal(shape, key: key).multiplying(deviation)
    }
  }

  /// Draws normally; what lies beyond 2 is drawn again, place by place, with the next key.
  static func truncatedNormal(_ shape: [Int], key: RandomKey) throws -> Tensor {
    var result = try key.normal(shape)
    for attempt in 1...64 {
      let isOutside = try result.absolute().greater(than: 2.0)
      guard try isOutside.any().integerItem() != 0 else { break }
      result = try key.folded(UInt64(attempt)).normal(shape)
        .selected(where: isOutside, otherwise: result)
    }
    return try result.clipped(from: -2.0, to: 2.0)
  }
}
