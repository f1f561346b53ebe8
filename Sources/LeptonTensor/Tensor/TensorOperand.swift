/// What can stand beside a tensor in arithmetic: another tensor, or a number.
///
/// A number is weak: it takes the tensor's element type, except that a fraction beside whole
/// numbers gives `float32`, and a whole number beside truths gives `int64` (NEP 50).
public protocol TensorOperand: Sendable {
  /// The operand as a tensor, for use beside elements of a type (`nil`: beside another number).
  func tensor(beside type: ElementType?) throws -> Tensor
  /// The element type that the operand insists on; `nil` for a number.
  var strongType: ElementType? { get }
}

extension Tensor: TensorOperand {
  public func tensor(beside type: ElementType?) -> Tensor { self }
  public var strongType: ElementType? { elementType }
}

extension Double: TensorOperand {
  public func tensor(beside type: ElementType?) throws -> Tensor {
    try Tensor(scalar: self, (type ?? .float32).asFloat)
  }
  public var strongType: ElementType? { nil }
}

extension Int: TensorOperand {
  public func tensor(beside type: ElementType?) throws -> Tensor {
    try Tensor(repeating: self, shape: [], type: type.map { $0 == .bool ? .int64 : $0 } ?? .int64)
  }
  public var strongType: ElementType? { nil }
}

extension Bool: TensorOperand {
  public func tensor(beside type: ElementType?) throws -> Tensor {
    try Tensor(repeating: self ? 1 : 0, shape: [], type: type ?? .bool)
  }
  public var strongType: ElementType? { nil }
}
