import LeptonLearning
import LeptonRuntime
import LeptonTensor

/// An initialiser as a value of the language: a function from a shape to a tensor drawn by chance.
final class InitializerObject: Object, Callable {
  let initializer: Initializer

  init(_ initializer: Initializer) { self.initializer = initializer }

  static var typeName: String { "initializer" }
  var name: String { "initializer" }
  var source: String { initializer.source }

  /// Draws a tensor.
  func call(_ arguments: Arguments, in context: Context) throws -> Value {
    guard let shape = arguments.positional.first, arguments.positional.count == 1 else {
      throw LanguageError(
        "call/arguments", "an initialiser is called with a shape", help: ["glorot([3, 4])"])
    }
    return .tensor(try initializer.draw([Int].bridging(shape), key: context.nextKey()))
  }
}

extension Initializer: Bridged {
  /// An initialiser.
  public static var typeDescription: String { "an initialiser" }

  /// Takes an initialiser, or one of the words `zeros` and `ones`.
  public static func bridging(_ value: Value) throws -> Initializer {
    switch value {
    case .object(let object as InitializerObject): return object.initializer
    case .function(let word as Word) where word.name == "zeros": return .zeros
    case .function(let word as Word) where word.name == "ones": return .ones
    default: throw mismatch(value)
    }
  }

  /// The initialiser as an object.
  public var value: Value { .object(InitializerObject(self)) }
}

/// An initialiser among the arguments of a word: one of the words, or a function from a shape to a
/// tensor.
struct InitializerArgument: Bridged {
  let value: Value

  static var typeDescription: String { Initializer.typeDescription }

  static func bridging(_ value: Value) throws -> InitializerArgument {
    if value.callable == nil || value.callable is LayerObject {
      _ = try Initializer.bridging(value)
    }
    return InitializerArgument(value: value)
  }

  /// The initialiser; a function draws from the chance that belongs to its parameter.
  func initializer(in context: Context) throws -> Initializer {
    guard case .function(let callable) = value, (try? Initializer.bridging(value)) == nil else {
      return try Initializer.bridging(value)
    }
    return .custom(
      CustomInitializer(source: callable.source) { [value] shape, key in
        try context.withChance(key) {
          try LayerMaker.tensor(context.call(value, [shape.value]), from: callable.name)
        }
      })
  }
}
