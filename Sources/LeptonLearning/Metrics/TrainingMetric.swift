import LeptonTensor

/// Something that is measured beside the loss: a function of outputs and targets.
///
/// It gives one number for a batch, or one for each example, whose mean is taken.
public struct TrainingMetric {
  /// What it is called.
  public let name: String
  private let function: (Tensor, Tensor) throws -> Tensor

  /// Makes a metric of a function.
  public init(name: String, function: @escaping (Tensor, Tensor) throws -> Tensor) {
    self.name = name
    self.function = function
  }

  /// The mean over examples, in full precision.
  func value(outputs: Tensor, targets: Tensor) throws -> Double {
    try function(outputs, targets).cast(to: .float64).mean().item()
  }

  /// The mean over a batch, without axes.
  public func apply(outputs: Tensor, targets: Tensor) throws -> Tensor {
    try function(outputs, targets).cast(to: .float32).mean()
  }
}

/// What a metric gave.
public struct Measurement: Sendable, Hashable {
  /// What it is called.
  public let name: String
  /// The number.
  public let value: Double

  /// Makes a measurement.
  public init(_ name: String, _ value: Double) {
    self.name = name
    self.value = value
  }
}
