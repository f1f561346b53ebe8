import LeptonSession
import LeptonTensor

/// A value that the language does not look into: a model, a dataset, an optimizer.
///
/// An object is immutable as seen by a program. It prints as the Lepton that makes it.
public protocol Object: AnyObject {
  /// The name of the type, as messages give it: `model`.
  static var typeName: String { get }
  /// The Lepton that makes the value: `adam(0.001)`.
  var source: String { get }
  /// The Lepton that makes the value, shortened where it is large.
  var display: String { get }
  /// The names that may stand after a dot.
  var fieldNames: [String] { get }
  /// The value of a field, or `nil` if there is no such field.
  func field(_ name: String) throws -> Value?
  /// A copy in which a field has another value, or `nil` if that field cannot be set.
  func setting(_ name: String, to value: Value) throws -> (any Object)?
  /// How the value shows at the end of a cell, or `nil` if it shows as its source.
  func outputs(in context: Context) throws -> [Output]?
  /// What happens when the value is called, or `nil` if it cannot be.
  var callable: (any Callable)? { get }
  /// Whether another object of any type is the same value.
  func isSame(as other: any Object) -> Bool
  /// How many elements `len` counts, or `nil` if it has no length.
  var count: Int? { get }
  /// The element at a position from 0, or `nil` if it has no elements.
  func element(at position: Int) throws -> Value?
  /// What an index other than one position gives, or `nil` for the elements it picks, as a list.
  func part(at subscripts: [Subscript]) throws -> Value?
  /// A copy in which what an index picks is another value, or `nil` if it cannot be set.
  func setting(_ subscripts: [Subscript], to value: Value) throws -> (any Object)?
  /// What comparing it element by element gives, or `nil` if it is compared as a whole.
  func compared(_ relation: Relation, with other: Value) throws -> Value?
  /// The tensor that it stands for where one is expected, or `nil`.
  func asTensor() throws -> Tensor?
}

extension Object {
  /// The source, whole.
  public var display: String { source }
  /// No fields.
  public var fieldNames: [String] { [] }
  /// No fields.
  public func field(_ name: String) throws -> Value? { nil }
  /// No fields that can be set.
  public func setting(_ name: String, to value: Value) throws -> (any Object)? { nil }
  /// Shows as its source.
  public func outputs(in context: Context) throws -> [Output]? { nil }
  /// The object itself where it is callable.
  public var callable: (any Callable)? { self as? any Callable }
  /// The same object, or one that prints the same.
  public func isSame(as other: any Object) -> Bool {
    self === other || (type(of: self) == type(of: other) && source == other.source)
  }
  /// No length.
  public var count: Int? { nil }
  /// No elements.
  public func element(at position: Int) throws -> Value? { nil }
  /// The elements it picks.
  public func part(at subscripts: [Subscript]) throws -> Value? { nil }
  /// Nothing that can be set.
  public func setting(_ subscripts: [Subscript], to value: Value) throws -> (any Object)? { nil }
  /// Compared as a whole.
  public func compared(_ relation: Relation, with other: Value) throws -> Value? { nil }
  /// No tensor.
  public func asTensor() throws -> Tensor? { nil }
}
