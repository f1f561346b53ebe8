import LeptonCatalogue
import LeptonTensor

/// Inputs and targets of a data set, with what is known about them.
public struct Examples: Sendable {
  /// The inputs, one row for each example: pixels as `uint8`, measurements as `float32`.
  public let inputs: Tensor
  /// The targets, one for each example: classes as `uint8`.
  public let targets: Tensor
  /// The names of the classes.
  public let classes: [String]
  /// The names of the measurements; empty for pictures.
  public let features: [String]
  /// The value of a white pixel; nil for measurements.
  public let largest: Int?

  init(_ set: CatalogueEntry, inputs: Tensor, targets: Tensor, largest: Int?) {
    self.inputs = inputs
    self.targets = targets
    self.largest = largest
    classes = set.classes
    features = set.features
  }

  /// The inputs as `float32`, pixels divided by the value of a white one, so that they lie in
  /// `[0, 1]`.
  public func scaledInputs() throws -> Tensor {
    guard let largest else { return try inputs.cast(to: .float32) }
    return try inputs.scaled(by: Float(largest))
  }
}

extension Tensor {
  /// The `uint8` elements as `float32`, divided by a number.
  fileprivate func scaled(by divisor: Float) throws -> Tensor {
    try Tensor(form: Form(shape, .float32)) { target in
      try withUnsafeBytes { source in
        let pixels = source.bindMemory(to: UInt8.self)
        let numbers = target.bindMemory(to: Float.self)
        guard let from = pixels.baseAddress, let to = numbers.baseAddress else { return }
        for index in 0..<Swift.min(pixels.count, numbers.count) {
          to[index] = Float(from[index]) / divisor
        }
      }
    }
  }
}
