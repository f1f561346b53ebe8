/// What can stand beside a tensor in arithmetic: another tensor, or a number.
///
/// A number is weak: it takes the tensor's element type, except that a fraction beside whole
/// numbers gives `float32`, and a whole number beside truths gives `int64` (NEP 50).
public protocol TensorOperand: Sendable {
  /// The operand as a tensor, for use beside elements of a type (`nil`: beside another number).
  func tensor(beside type: ElementType?) throws -> Tensor
  /// The element type that the operand insists on; `nil` for a number.
  var strongType: ElementType? { get }
  /// What the operand is, as far as it is simple.
  var plain: PlainOperand { get }
}

extension Tensor: TensorOperand {
  /// The operand as a tensor, of a type that suits the other one.
  public func tensor(beside type: ElementType?) -> Tensor { self }
  /// The element type that the operand insists on.
  public var strongType: ElementType? { elementType }
  /// The tensor.
  public var plain: PlainOperand { .tensor(self) }
}

extension Double: TensorOperand {
  /// The operand as a tensor, of a type that suits the other one.
  public func tensor(beside type: ElementType?) throws -> Tensor {
    try Tensor(scalar: self, (type ?? .float32).asFloat)
  }
  /// The element type that the operand insists on.
  public var strongType: ElementType? { nil }
  /// The number.
  public var plain: PlainOperand { .number(self) }
}

extension Int: TensorOperand {
  /// The operand as a tensor, of a type that suits the other one.
  public func tensor(beside type: ElementType?) throws -> Tensor {
    let type = type == .bool ? .int64 : type ?? .int64
    let result = try Tensor(repeating: self, shape: [], type: type)
    guard try type.isFloat || result.integerItem() == self else {
      throw TensorError(
        "value/range", "\(self) does not fit \(type.rawValue)",
        help: ["cast the tensor to int64 first"])
    }
    return result
  }
  /// The element type that the operand insists on.
  public var strongType: ElementType? { nil }
  /// The number, where it is a fraction too.
  public var plain: PlainOperand { magnitude <= 1 << 53 ? .number(Double(self)) : .other }
}

extension Bool: TensorOperand {
  /// The operand as a tensor, of a type that suits the other one.
  public func tensor(beside type: ElementType?) throws -> Tensor {
    try Tensor(repeating: self ? 1 : 0, shape: [], type: type ?? .bool)
  }
  /// The element type that the operand insists on.
  public var strongType: ElementType? { nil }
  /// No number.
  public var plain: PlainOperand { .other }
}
