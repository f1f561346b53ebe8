import LeptonTensor

/// A value of the language, as words see it.
///
/// Everything is immutable as seen by a program: whoever changes a value changes a copy. Inside the
/// machine values stand in 16-byte slots; this safe form is what crosses to words.
public enum Value {
  /// `nothing`
  case nothing
  /// `true`, `false`
  case bool(Bool)
  /// A 64-bit integer.
  case int(Int)
  /// A 64-bit floating-point number.
  case float(Double)
  /// A text.
  case string(String)
  /// A list of any values.
  case list([Value])
  /// Values under names, in order.
  case record(Record)
  /// A tensor, which may be traced.
  case tensor(Tensor)
  /// Something that can be called: a word, a function, a composition.
  case function(any Callable)
  /// Anything else: a model, a dataset, an optimizer.
  case object(any Object)
}

extension Value {
  /// The name of the type, as messages and `type(x)` give it: `int`, `list`, `model`.
  public var typeName: String {
    switch self {
    case .nothing: "nothing"
    case .bool: "bool"
    case .int: "int"
    case .float: "float"
    case .string: "string"
    case .list: "list"
    case .record: "record"
    case .tensor: "tensor"
    case .function: "function"
    case .object(let object): Swift.type(of: object).typeName
    }
  }

  /// The type with its article, for sentences: `an int`, `a list`, `nothing`; many have none: `parts`.
  public var typeDescription: String {
    if case .nothing = self { return "nothing" }
    let name = typeName
    if isMany { return name }
    return ("aeiou".contains(name.first ?? "x") ? "an " : "a ") + name
  }

  /// Whether the type is named for the many that it is: `parts`.
  var isMany: Bool { typeName.hasSuffix("s") }

  /// What can be called, if the value can.
  public var callable: (any Callable)? {
    switch self {
    case .function(let function): function
    case .object(let object): object.callable
    default: nil
    }
  }
}
