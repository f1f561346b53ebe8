import LeptonTensor

extension Tensor {
  /// The only element as a number of the language.
  ///
  /// - Throws: `TensorError` if there are several, or it is not known yet.
  public var scalar: Value {
    get throws {
      switch elementType {
      case .float32, .float64: .float(try item())
      case .bool: .bool(try item() != 0)
      default: .int(try integerItem())
      }
    }
  }
}
