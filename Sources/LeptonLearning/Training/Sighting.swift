import LeptonTensor

/// What a value inside a model was when it was looked at.
public struct Sighting: Sendable, Hashable {
  /// What the value is called.
  public let name: String
  /// Its shape.
  public let shape: Shape
  /// Its element type.
  public let elementType: ElementType
  /// How many of its elements are not a number.
  public private(set) var nanCount = 0
  /// How many are infinite.
  public private(set) var infiniteCount = 0
  /// How many are 0.
  public private(set) var zeroCount = 0
  /// The smallest finite element, or nothing.
  public private(set) var low: Double?
  /// The largest finite element, or nothing.
  public private(set) var high: Double?
  /// The mean of the finite elements, or nothing.
  public let mean: Double?

  /// Looks at a value.
  ///
  /// - Throws: `TensorError` with code `trace/read` if its elements are not known.
  public init(_ name: String, _ value: Tensor) throws {
    self.name = name
    shape = value.shape
    elementType = value.elementType
    var (sum, finite) = (0.0, 0)
    var (low, high) = (Double.infinity, -Double.infinity)
    for element in try value.elements(as: Double.self) {
      if element == 0 { zeroCount += 1 }
      if element.isFinite {
        (low, high) = (min(low, element), max(high, element))
        sum += element
        finite += 1
      } else if element.isNaN {
        nanCount += 1
      } else {
        infiniteCount += 1
      }
    }
    mean = finite == 0 ? nil : sum / Double(finite)
    if finite > 0 { (self.low, self.high) = (low, high) }
  }

  /// Whether all elements are finite.
  public var isFinite: Bool { nanCount + infiniteCount == 0 }

  /// The share of elements that are 0.
  public var zeroShare: Double { shape.count == 0 ? 0 : Double(zeroCount) / Double(shape.count) }
}
