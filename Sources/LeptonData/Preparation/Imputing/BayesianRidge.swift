/// Linear regression whose ridge is found from the data (MacKay 1992; Tipping 2001).
struct BayesianRidge {
  private let coefficients: [Double]
  private let intercept: Double

  /// How often the precisions are estimated anew at the most, and the change at which that ends.
  private static let rounds = 300
  private static let tolerance = 1e-3
  /// Shape and rate of the gamma distributions that stand before the precisions.
  private static let prior = 1e-6

  /// Fits targets to rows of inputs.
  init(inputs: [[Double]], targets: [Double]) {
    let (means, mean) = (inputs.columnMeans, targets.mean)
    let x = inputs.map { row in zip(row, means).map(-) }
    let y = targets.map { $0 - mean }
    coefficients = Self.coefficients(x, y, count: means.count)
    intercept = mean - zip(coefficients, means).reduce(0) { $0 + $1.0 * $1.1 }
  }

  /// The target of a row of inputs.
  func prediction(_ row: [Double]) -> Double {
    zip(row, coefficients).reduce(intercept) { $0 + $1.0 * $1.1 }
  }

  private static func coefficients(_ x: [[Double]], _ y: [Double], count: Int) -> [Double] {
    let products = (0..<count).map { i in
      (0..<count).map { j in x.reduce(0.0) { $0 + $1[i] * $1[j] } }
    }
    let moments = (0..<count).map { i in zip(x, y).reduce(0.0) { $0 + $1.0[i] * $1.1 } }
    let (values, vectors) = SymmetricMatrix(products).eigen()
    let turned = vectors.map { vector in zip(vector, moments).reduce(0.0) { $0 + $1.0 * $1.1 } }
    func weights(_ noise: Double, _ ridge: Double) -> [Double] {
      let shrunk = zip(turned, values).map { $0 / ($1 + ridge / noise) }
      return (0..<count).map { i in zip(vectors, shrunk).reduce(0.0) { $0 + $1.0[i] * $1.1 } }
    }
    var noise = 1 / (y.variance(around: y.mean) + Double.ulpOfOne)
    var ridge = 1.0
    var earlier: [Double]?
    for _ in 0..<rounds {
      let found = weights(noise, ridge)
      let squares = zip(x, y).reduce(0.0) { sum, row in
        let error = row.1 - zip(row.0, found).reduce(0) { $0 + $1.0 * $1.1 }
        return sum + error * error
      }
      let effective = values.reduce(0) { $0 + noise * $1 / (ridge + noise * $1) }
      let size = found.reduce(0) { $0 + $1 * $1 }
      ridge = (effective + 2 * prior) / (size + 2 * prior)
      noise = (Double(y.count) - effective + 2 * prior) / (squares + 2 * prior)
      let change = earlier.map { zip(found, $0).reduce(0) { $0 + abs($1.0 - $1.1) } }
      if let change, change < tolerance { break }
      earlier = found
    }
    return weights(noise, ridge)
  }
}

/// A symmetric matrix of few rows.
struct SymmetricMatrix {
  private var elements: [[Double]]

  /// Takes the rows.
  init(_ elements: [[Double]]) { self.elements = elements }

  /// Eigenvalues and eigenvectors, by Jacobi's rotations; values below zero, which rounding makes, are zero.
  func eigen() -> (values: [Double], vectors: [[Double]]) {
    var matrix = self
    let count = elements.count
    var vectors = (0..<count).map { i in (0..<count).map { $0 == i ? 1.0 : 0 } }
    for _ in 0..<60 {
      var rest = 0.0
      for p in 0..<count {
        for q in (p + 1)..<max(p + 1, count) { rest += matrix.elements[p][q].magnitude }
      }
      let size = (0..<count).reduce(0.0) { $0 + matrix.elements[$1][$1].magnitude }
      if rest <= 1e-18 * size { break }
      for p in 0..<count {
        for q in (p + 1)..<max(p + 1, count) { matrix.rotate(p, q, &vectors) }
      }
    }
    return ((0..<count).map { max(0, matrix.elements[$0][$0]) }, vectors)
  }

  /// Makes the element at a place zero; the vectors, which stand in rows, turn with it.
  private mutating func rotate(_ p: Int, _ q: Int, _ vectors: inout [[Double]]) {
    let element = elements[p][q]
    guard element != 0 else { return }
    let ratio = (elements[q][q] - elements[p][p]) / (2 * element)
    let tangent = (ratio < 0 ? -1 : 1) / (abs(ratio) + (ratio * ratio + 1).squareRoot())
    let cosine = 1 / (tangent * tangent + 1).squareRoot()
    let sine = tangent * cosine
    for k in elements.indices {
      let (a, b) = (elements[k][p], elements[k][q])
      elements[k][p] = cosine * a - sine * b
      elements[k][q] = sine * a + cosine * b
    }
    for k in elements.indices {
      let (a, b) = (elements[p][k], elements[q][k])
      elements[p][k] = cosine * a - sine * b
      elements[q][k] = sine * a + cosine * b
      let (v, w) = (vectors[p][k], vectors[q][k])
      vectors[p][k] = cosine * v - sine * w
      vectors[q][k] = sine * v + cosine * w
    }
  }
}
