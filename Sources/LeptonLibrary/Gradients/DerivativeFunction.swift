import LeptonRuntime

/// A derivative of a function, as a function: `grad(f)`, `jacobian(f, "w")`.
final class DerivativeFunction: Callable {
  private let word: String
  private let function: Value
  private let applied: Value
  private let chosen: ChosenArguments
  private let hasExtra: Bool
  private let body: (Differentiation) throws -> Value

  /// Makes a derivative; what is called and differentiated is `applied`, by default the function.
  init(
    _ word: String, of function: Value, applying applied: Value? = nil,
    by chosen: ChosenArguments, hasExtra: Bool = false,
    body: @escaping (Differentiation) throws -> Value
  ) {
    self.word = word
    self.function = function
    self.applied = applied ?? function
    self.chosen = chosen
    self.hasExtra = hasExtra
    self.body = body
  }

  var name: String { "\(word)(\(function.callable?.name ?? ""))" }
  var source: String {
    let place = chosen.isFirst ? "" : ", \(chosen.value.source)"
    return "\(word)(\(function.source)\(place)\(hasExtra ? ", aux=true" : ""))"
  }

  /// Calls the function on a trace and takes the derivative.
  func call(_ arguments: Arguments, in context: Context) throws -> Value {
    try body(Differentiation(applied, arguments, by: chosen, of: function, in: context))
  }

  /// The value and the gradient of a function; with `hasExtra` also what it gives beside the value.
  static func gradient(
    _ word: String, of function: Value, by chosen: ChosenArguments, hasExtra: Bool,
    withValue: Bool
  ) -> Value {
    .function(
      DerivativeFunction(word, of: function, by: chosen, hasExtra: hasExtra) { call in
        let (value, extra) = hasExtra ? try parts(call.result) : (call.result, nil)
        let gradient = try call.gradient(of: call.scalar(value))
        let before = withValue ? [try call.settled(value)] : []
        let after = try extra.map { [try call.settled($0)] } ?? []
        let all = before + [gradient] + after
        return all.count == 1 ? gradient : .list(all)
      })
  }

  /// The value of a function, and what it gives beside it.
  private static func parts(_ result: Value) throws -> (Value, Value?) {
    guard case .list(let parts) = result, parts.count == 2 else {
      throw LanguageError(
        "gradient/aux",
        "with aux=true the function gives a list of two, a number and anything else, and it gave "
          + result.typeDescription)
    }
    return (parts[0], parts[1])
  }
}
