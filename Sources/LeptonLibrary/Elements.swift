import LeptonRuntime
import LeptonTensor

/// The elements of a value that can be gone through, as a loop would.
struct Elements: Bridged {
  let list: [Value]

  static var typeDescription: String { "a list" }

  /// Takes what a loop would go through: the elements of a list, the characters of a string, the pairs
  /// of a record, the parts of a tensor along its first axis.
  static func bridging(_ value: Value) throws -> Elements {
    if case .object(let object) = value, let count = object.count, count > limit {
      throw LanguageError(
        "memory/limit", "\(count) elements are too many for a list",
        help: ["a loop goes through a range without a list; arange gives a tensor"])
    }
    return Elements(list: try Iteration.elements(of: value))
  }

  /// The most elements that a word makes a list of: values take 24 bytes each.
  static let limit = 1 << 26

  var value: Value { .list(list) }

  /// The elements, of which there must be at least one.
  ///
  /// - Throws: `value/empty` if there are none.
  func nonEmpty(_ wanted: String) throws -> [Value] {
    guard !list.isEmpty else {
      throw LanguageError("value/empty", "an empty list has no \(wanted) element")
    }
    return list
  }
}

/// A function of one value that tells whether it holds.
struct Test {
  private let function: Callee
  private let context: Context

  /// Takes what can be called; `nil` for anything else.
  init?(_ function: Value, _ context: Context) {
    guard let function = try? Callee.bridging(function) else { return nil }
    self.function = function
    self.context = context
  }

  /// Whether the value passes.
  ///
  /// - Throws: `type/condition` if the function gives no truth value.
  func holds(_ value: Value) throws -> Bool {
    let result = try function(value, in: context)
    switch result {
    case .bool(let bool): return bool
    case .tensor(let tensor) where tensor.shape.count == 1: return try tensor.item() != 0
    default:
      throw LanguageError(
        "type/condition",
        "the function must give true or false, and it gave \(result.typeDescription)")
    }
  }
}
