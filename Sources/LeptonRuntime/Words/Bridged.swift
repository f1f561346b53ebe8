import LeptonTensor

/// A Swift type that words take and give.
public protocol Bridged {
  /// What messages call it, with its article: `a number`, `a list of strings`.
  static var typeDescription: String { get }
  /// The literals that may be taken over; every kind where that is not known.
  static var literals: LiteralTypes { get }
  /// Takes a value over.
  ///
  /// - Throws: `LanguageError` with code `type/argument` if the value is of another type.
  static func bridging(_ value: Value) throws -> Self
  /// The value of the language.
  var value: Value { get }
}

extension Bridged {
  /// Every kind.
  public static var literals: LiteralTypes { .any }

  /// The error of a value that is of another type.
  public static func mismatch(_ value: Value) -> LanguageError {
    LanguageError(
      "type/argument", "expected \(typeDescription), and this is \(value.typeDescription)")
  }
}

extension Value: Bridged {
  /// Any value.
  public static var typeDescription: String { "a value" }
  /// Takes any value.
  public static func bridging(_ value: Value) -> Value { value }
  /// Itself.
  public var value: Value { self }
}

/// A function among the arguments of a word; call it like a function, with the context.
public struct Callee: Bridged {
  /// The value that can be called.
  public let value: Value
  /// How it is called, if it is a plain function of the program.
  private let target: UnsafePointer<CallTarget>?
  /// Something that can be called.
  public static var typeDescription: String { "a function" }

  /// Functions.
  public static var literals: LiteralTypes { .function }

  /// Takes whatever can be called.
  public static func bridging(_ value: Value) throws -> Callee {
    guard value.callable != nil else {
      var mistake = mismatch(value)
      mistake.help = ["a function is written x -> x^2, and () -> sqrt(4) if it takes nothing"]
      throw mistake
    }
    return Callee(value: value, target: value.closure?.target)
  }

  /// Calls the function.
  public func callAsFunction(in context: Context) throws -> Value {
    try context.call(value, Arguments())
  }

  /// Calls the function with one or two values.
  public func callAsFunction(_ one: Value, _ two: Value? = nil, in context: Context) throws -> Value
  {
    guard let target, target.pointee.parameterCount == (two == nil ? 1 : 2) else {
      return try context.call(value, one, two)
    }
    return try withExtendedLifetime(value) {
      try context.withMachine { try $0.invoke(target, one, two) }
    }
  }
}

extension Object where Self: Bridged {
  /// The name of its type, with an article.
  public static var typeDescription: String {
    ("aeiou".contains(typeName.first ?? "x") ? "an " : "a ") + typeName
  }
  /// Takes an object of this very type.
  public static func bridging(_ value: Value) throws -> Self {
    guard case .object(let object) = value, let object = object as? Self else {
      throw mismatch(value)
    }
    return object
  }
  /// The object as a value.
  public var value: Value { .object(self) }
}

extension Value {
  /// The function of the program, if it is one.
  var closure: Closure? {
    guard case .function(let callable) = self, type(of: callable) == Closure.self else {
      return nil
    }
    return unsafeDowncast(callable, to: Closure.self)
  }
}
