import LeptonTensor

/// Random matrices with orthonormal columns, or rows where there are fewer of these.
enum Orthogonal {
  /// Draws a tensor whose last axis counts columns and whose others together count rows.
  ///
  /// Normal columns are made orthonormal one after the other (Gram and Schmidt, twice over, which is
  /// enough in double precision: Giraud and others 2005), so the result is uniformly distributed.
  ///
  /// - Throws: `TensorError` with code `shape/rank` for a shape of fewer than two axes.
  static func draw(_ shape: [Int], key: RandomKey) throws -> Tensor {
    guard shape.count >= 2, let columns = shape.last else {
      throw TensorError(
        "shape/rank", "an orthogonal parameter has two axes or more, not the shape \(shape)")
    }
    let count = try Shape(shape).count
    guard count > 0 else { return try Tensor(repeating: 0.0, shape: shape) }
    let rows = count / columns
    let (few, many) = (min(rows, columns), max(rows, columns))
    let normal = try key.normal([few, many]).elements(as: Double.self)
    var vectors = (0..<few).map { Array(normal[$0 * many..<($0 + 1) * many]) }
    for index in vectors.indices { orthonormalize(&vectors, index) }
    let flat = try Tensor(vectors.flatMap { $0.map(Float.init) }, shape: [few, many])
    return try (rows >= columns ? flat.transposed() : flat).reshaped(to: shape)
  }

  private static func orthonormalize(_ vectors: inout [[Double]], _ index: Int) {
    for _ in 0..<2 {
      for earlier in 0..<index { subtract(vectors[earlier], from: &vectors[index]) }
      let length = zip(vectors[index], vectors[index]).reduce(0) { $0 + $1.0 * $1.1 }.squareRoot()
      if length > 0 { for place in vectors[index].indices { vectors[index][place] /= length } }
    }
  }

  private static func subtract(_ axis: [Double], from vector: inout [Double]) {
    let share = zip(axis, vector).reduce(0) { $0 + $1.0 * $1.1 }
    for place in vector.indices { vector[place] -= share * axis[place] }
  }
}
