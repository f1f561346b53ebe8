import LeptonRuntime
import LeptonTensor

// Differentiation of functions of the language. The function is called once with traced arguments
// whose values are known, so that conditions on them work; the engine then walks the trace back.
// Inside another gradient the same trace goes on, which is what makes any order right, whatever a
// function captured.

extension Library {
  /// Derivatives of functions.
  static var gradients: Family {
    Family("Gradients", [grad, valueAndGrad])
  }

  private static let aboutArguments = """
    The derivative is taken with respect to the argument at place `argument`, from 0: a number, a tensor \
    of fractions, or a list or a record of these. The gradient has the same form; what holds no \
    fractions has none. The function gives a single number. Gradients of gradients have any order.
    """

  private static var grad: Builtin {
    Builtin(
      "grad(function, argument = 0)", "The function that gives the gradient of a function.",
      details: aboutArguments,
      examples: [
        "grad(x -> x^3)(2.0)": "12.0",
        "grad(x -> sum(x^2))(tensor([1.0, 2.0]))": "tensor([2.0, 4.0])",
        "grad(p -> p.a * p.b)({a: 2.0, b: 5.0})": "{a: 5.0, b: 2.0}",
        "grad(grad(x -> x^3))(2.0)": "12.0",
      ]
    ) { (function: Callee, argument: Int) in
      Value.function(
        GradientFunction("grad", of: function.value, argument) { _, gradient in gradient })
    }
  }

  private static var valueAndGrad: Builtin {
    Builtin(
      "value_and_grad(function, argument = 0)",
      "The function that gives the value and the gradient of a function, as a list of two.",
      details: aboutArguments, examples: ["value_and_grad(x -> x^2)(3.0)": "[9.0, 6.0]"]
    ) { (function: Callee, argument: Int) in
      Value.function(
        GradientFunction("value_and_grad", of: function.value, argument) { .list([$0, $1]) })
    }
  }
}

/// The gradient of a function, as a function.
final class GradientFunction: Callable {
  private let word: String
  private let function: Value
  private let place: Int
  private let combine: (_ value: Value, _ gradient: Value) -> Value

  init(
    _ word: String, of function: Value, _ place: Int, combine: @escaping (Value, Value) -> Value
  ) {
    self.word = word
    self.function = function
    self.place = place
    self.combine = combine
  }

  var name: String { "\(word)(\(function.callable?.name ?? ""))" }
  var source: String { "\(word)(\(function.source)\(place == 0 ? "" : ", \(place)"))" }

  /// Calls the function on a trace and walks it back.
  func call(_ arguments: Arguments, in context: Context) throws -> Value {
    guard arguments.positional.indices.contains(place) else {
      throw LanguageError(
        "call/missing", "the gradient needs the argument at place \(place)",
        help: ["it is given by position, not by name"])
    }
    let outer = GradientTrace.current(in: context, arguments.positional)
    let trace = outer ?? GradientTrace(Trace(evaluates: true))
    var leaves = Leaves(trace: trace.trace, isOutermost: outer == nil)
    var arguments = arguments
    arguments.positional[place] = try leaves.lifted(arguments.positional[place])
    let result = try trace.within(context) { try context.call(function, arguments) }
    guard let scalar = try result.asTensor() else {
      throw LanguageError(
        "gradient/scalar",
        "a gradient needs a function that gives a number, and it gave \(result.typeDescription)")
    }
    let found = try leaves.gradients(of: scalar)
    return combine(try leaves.settled(scalar, like: result), found)
  }
}

/// The trace on which gradients are being taken, as it travels to gradients inside.
final class GradientTrace {
  let trace: Trace

  init(_ trace: Trace) { self.trace = trace }

  private static let key = "gradient.trace"

  /// The trace that goes on, or that of an argument.
  static func current(in context: Context, _ arguments: [Value]) -> GradientTrace? {
    if let current = context.attachments[key] as? GradientTrace { return current }
    return arguments.lazy.compactMap(\.trace).first.map(GradientTrace.init)
  }

  /// Runs a function as part of the trace.
  func within<Result>(_ context: Context, _ body: () throws -> Result) rethrows -> Result {
    let outer = context.attachments[Self.key]
    context.attachments[Self.key] = self
    defer { context.attachments[Self.key] = outer }
    return try body()
  }
}

/// The numbers and tensors of an argument, as they stand on a trace.
private struct Leaves {
  let trace: Trace
  /// Whether nothing around this gradient needs the trace.
  let isOutermost: Bool
  private var tensors: [Tensor] = []
  private var form: Value = .nothing

  init(trace: Trace, isOutermost: Bool) {
    self.trace = trace
    self.isOutermost = isOutermost
  }

  /// The argument with its numbers and tensors on the trace.
  mutating func lifted(_ value: Value) throws -> Value {
    form = value
    let lifted = try replaced(value, depth: 0)
    guard !tensors.isEmpty else {
      throw LanguageError(
        "gradient/type", "there is no gradient with respect to \(value.typeDescription)",
        help: ["numbers, tensors of fractions, and lists and records of these have one"])
    }
    return lifted
  }

  private mutating func replaced(_ value: Value, depth: Int) throws -> Value {
    guard depth < ValueKey.depthLimit else { throw ValueKey.tooDeep }
    switch value {
    case .int(let int): return try keep(Tensor(scalar: Double(int), .float64))
    case .float(let float): return try keep(Tensor(scalar: float, .float64))
    case .tensor(let tensor) where tensor.elementType.isFloat: return try keep(tensor)
    case .list(let elements):
      return .list(try elements.map { try replaced($0, depth: depth + 1) })
    case .record(var record):
      for (name, value) in zip(record.names, record.values) {
        record[name] = try replaced(value, depth: depth + 1)
      }
      return .record(record)
    default: return value
    }
  }

  private mutating func keep(_ tensor: Tensor) throws -> Value {
    let step =
      tensor.isTraced
      ? try tensor.distinct()
      : isOutermost ? try trace.input(like: tensor) : try trace.constant(tensor)
    tensors.append(step)
    return .tensor(step)
  }

  /// The gradients, in the form of the argument.
  func gradients(of result: Tensor) throws -> Value {
    var found = try LeptonTensor.gradients(of: result, withRespectTo: tensors)[...]
    return try filled(form, &found)
  }

  private func filled(_ form: Value, _ found: inout ArraySlice<Tensor>) throws -> Value {
    switch form {
    case .tensor(let tensor) where !tensor.elementType.isFloat: return .nothing
    case .int, .float, .tensor:
      guard let tensor = found.popFirst() else { return .nothing }
      return try settled(tensor, like: form)
    case .list(let elements): return .list(try elements.map { try filled($0, &found) })
    case .record(var record):
      for (name, value) in zip(record.names, record.values) {
        record[name] = try filled(value, &found)
      }
      return .record(record)
    default: return .nothing
    }
  }

  /// What leaves the gradient: a value that is known where nothing around it is traced.
  func settled(_ tensor: Tensor, like form: Value) throws -> Value {
    guard isOutermost else { return .tensor(tensor) }
    let known = try tensor.evaluated()
    let isNumber =
      switch form {
      case .int, .float: true
      case .tensor(let form): form.elementType == .float64 && form.isTraced && form.shape.rank == 0
      default: false
      }
    return isNumber ? .float(try known.item()) : .tensor(known)
  }
}

extension Value {
  /// The trace to which a tensor in the value belongs.
  fileprivate var trace: Trace? {
    switch self {
    case .tensor(let tensor): tensor.trace
    case .list(let elements): elements.lazy.compactMap(\.trace).first
    case .record(let record): record.values.lazy.compactMap(\.trace).first
    default: nil
    }
  }
}
