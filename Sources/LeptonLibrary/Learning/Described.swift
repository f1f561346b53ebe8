import LeptonLearning
import LeptonRuntime

/// A description from the engine's upper floor that a program can hold: an optimizer, a schedule.
///
/// Such a thing is a plain value: it prints as the Lepton that makes it, and two that print alike
/// are the same. A word without arguments may stand for what it makes: `optimizer=adam`.
public protocol Describable: Bridged {
  /// The name of its type, as messages give it: `optimizer`.
  static var typeName: String { get }
  /// The Lepton that makes it.
  var source: String { get }
  /// What a word makes that is given by its name alone, or nothing.
  static func named(_ word: String) -> Self?
}

/// A description as an object of the language.
final class Described<Content: Describable>: Object {
  let content: Content

  init(_ content: Content) { self.content = content }

  static var typeName: String { Content.typeName }
  var source: String { content.source }
}

extension Describable {
  /// No word stands for one.
  public static func named(_ word: String) -> Self? { nil }

  /// The name of the type with its article.
  public static var typeDescription: String {
    ("aeiou".contains(typeName.first ?? "x") ? "an " : "a ") + typeName
  }

  /// Takes a description, or a word that makes one without arguments.
  public static func bridging(_ value: Value) throws -> Self {
    switch value {
    case .object(let object as Described<Self>): return object.content
    case .function(let function): if let made = named(function.name) { return made }
    default: break
    }
    throw mismatch(value)
  }

  /// The description as an object.
  public var value: Value { .object(Described(self)) }
}

extension Optimizer: Describable {
  /// What messages call it.
  public static var typeName: String { "optimizer" }

  /// What a word makes that is given by its name alone.
  public static func named(_ word: String) -> Optimizer? {
    switch word {
    case "sgd": .sgd()
    case "adam": .adam(AdamRule())
    case "adamw": .adam(AdamRule(weightDecay: 0.004))
    case "lbfgs": .lbfgs(LBFGSRule())
    default: nil
    }
  }
}

extension Schedule: Describable {
  /// What messages call it.
  public static var typeName: String { "schedule" }
}

extension Penalty: Describable {
  /// What messages call it.
  public static var typeName: String { "penalty" }
}
