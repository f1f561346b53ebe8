import LeptonLearning
import LeptonRuntime
import LeptonTensor

/// An augmentation as a value of the language: a function that changes pictures by chance.
final class AugmentationObject: Object, Callable {
  let augmentation: Augmentation

  init(_ augmentation: Augmentation) { self.augmentation = augmentation }

  static var typeName: String { "augmentation" }
  var name: String { "augmentation" }
  var source: String { augmentation.source }

  /// Changes a batch of pictures, each by its own chance.
  func call(_ arguments: Arguments, in context: Context) throws -> Value {
    guard case .tensor(let x)? = arguments.positional.first, arguments.positional.count == 1 else {
      throw LanguageError("call/arguments", "an augmentation is called with a batch of pictures")
    }
    return .tensor(try augmentation.applied(to: x, key: context.nextKey()))
  }
}

extension Augmentation: Bridged {
  /// An augmentation.
  public static var typeDescription: String { "an augmentation" }

  /// Takes an augmentation, or several composed with `>>`.
  public static func bridging(_ value: Value) throws -> Augmentation {
    switch value {
    case .object(let object as AugmentationObject): return object.augmentation
    case .function(let composition as Composition):
      return Augmentation(try composition.stages.flatMap { try bridging($0).steps })
    default: throw mismatch(value)
    }
  }

  /// The augmentation as an object.
  public var value: Value { .object(AugmentationObject(self)) }
}
