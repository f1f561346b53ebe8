import LeptonRuntime
import LeptonTensor

// Differentiation of functions of the language. The function is called once with traced arguments
// whose values are known, so that conditions on them work and nothing is frozen; the engine then walks
// the trace back. Inside another derivative the same trace goes on, which is what makes any order right,
// whatever a function captured.

/// One call of a function on a trace, from which derivatives can be taken.
struct Differentiation {
  /// What the function gave, on the trace.
  let result: Value
  private let trace: GradientTrace
  private let chosen: ChosenArguments
  /// The chosen arguments as they were given.
  private let forms: [Value]
  /// Their leaves as steps of the trace, in order.
  private let steps: [Tensor]

  /// Calls a function with the chosen arguments on a trace; `named` knows their names.
  ///
  /// - Throws: `LanguageError` with code `gradient/type` if a chosen argument has no derivative.
  init(
    _ function: Value, _ arguments: Arguments, by chosen: ChosenArguments,
    of named: Value? = nil, in context: Context
  ) throws {
    let trace = GradientTrace.current(in: context, arguments)
    var (lifted, forms, steps) = (arguments, [Value](), [Tensor]())
    for slot in try chosen.slots(in: arguments, of: named ?? function) {
      let (form, before) = (arguments[slot], steps.count)
      forms.append(form)
      lifted[slot] = try form.replacingLeaves { leaf in
        steps.append(try trace.step(for: leaf.tensor))
        return .tensor(steps[steps.count - 1])
      }
      guard steps.count > before else { throw Differentiation.noDerivative(form) }
    }
    (self.trace, self.chosen, self.forms, self.steps) = (trace, chosen, forms, steps)
    result = try trace.within(context) { try context.call(function, lifted) }
  }

  private static func noDerivative(_ value: Value) -> LanguageError {
    var what = value.typeDescription
    if case .tensor(let tensor) = value { what += " of \(tensor.elementType.rawValue)" }
    return LanguageError(
      "gradient/type", "there is no gradient with respect to \(what)",
      help: ["numbers, tensors of fractions, lists and records of these, and models have one"])
  }

  /// Whether all chosen arguments are numbers, so that a number is expected of the function too.
  private var isOfNumbers: Bool {
    get throws { try forms.allSatisfy { try $0.leaves().allSatisfy(\.isNumber) } }
  }

  /// A result as it is outside of the derivative.
  func settled(_ value: Value) throws -> Value {
    let isOfNumbers = try isOfNumbers
    return try value.replacingLeaves { leaf in
      if leaf.isNumber { return try leaf.value(leaf.tensor) }
      let isNumber =
        isOfNumbers && leaf.tensor.elementType == .float64 && leaf.tensor.shape.rank == 0
      return try Leaf(tensor: leaf.tensor, isNumber: isNumber, path: "")
        .value(trace.settled(leaf.tensor))
    }
  }

  /// The number that a result is.
  ///
  /// - Throws: `LanguageError` with code `gradient/scalar` if it is none.
  func scalar(_ value: Value) throws -> Tensor {
    guard let scalar = try value.asTensor() else {
      throw LanguageError(
        "gradient/scalar",
        "a gradient needs a function that gives a number, and it gave \(value.typeDescription)")
    }
    return scalar
  }

  /// The gradient of a number, in the structure of the chosen arguments.
  func gradient(of scalar: Tensor) throws -> Value {
    try filled(gradients(of: scalar, withRespectTo: steps))
  }

  /// The fractions that the function gave.
  ///
  /// - Throws: `LanguageError` with code `gradient/result` if there are none.
  private func outputs() throws -> [Leaf] {
    let leaves = try result.leaves()
    guard leaves.isEmpty else { return leaves }
    let kind = try result.asTensor().map { "\($0.elementType.rawValue)" } ?? result.typeDescription
    throw LanguageError(
      "gradient/result",
      "the function gives no fractions, which alone have derivatives, but \(kind)")
  }

  /// The derivative of a number weighed by vectors, one for each leaf of the result.
  func pullback(_ vectors: Value) throws -> Value {
    try filled(summed(outputs(), Differentiation.paired(result, vectors)))
  }

  /// The derivative along vectors, one for each leaf of the chosen argument, in the structure of the
  /// result: the derivative of the pullback by its vector, in which it is linear.
  func pushforward(_ vectors: Value) throws -> Value {
    let tangents = try Differentiation.paired(forms[0], vectors)
    let outputs = try outputs()
    let seeds = try outputs.map { leaf in
      try trace.step(
        for: Tensor(
          repeating: 0.0, shape: leaf.tensor.shape.sizes, type: leaf.tensor.elementType))
    }
    let back = try summed(outputs, seeds)
    var found = try zip(back, tangents).reduce(into: [Tensor?](repeating: nil, count: seeds.count))
    { sums, pair in
      let parts = try LeptonTensor.pullback(of: pair.0, pair.1, withRespectTo: seeds)
      for (index, part) in parts.enumerated() {
        sums[index] = try sums[index]?.adding(part) ?? part
      }
    }[...]
    let isOfNumbers = try isOfNumbers
    return try result.structure { leaf in
      guard let tensor = found.popFirst() ?? nil else { return .nothing }
      let isNumber = leaf.isNumber || isOfNumbers && tensor.shape.rank == 0
      return try Leaf(tensor: leaf.tensor, isNumber: isNumber, path: "")
        .value(trace.settled(tensor))
    }
  }

  /// All derivatives: for each leaf of the result the structure of the chosen arguments, where a tensor
  /// has the axes of the result, then those of the argument.
  func jacobian() throws -> Value {
    _ = try outputs()
    return try result.structure { leaf in
      try filled(rows(of: leaf.tensor))
    }
  }

  private func rows(of output: Tensor) throws -> [Tensor] {
    let (sizes, count) = (output.shape.sizes, output.shape.count)
    guard count > 0, output.elementType.isFloat else {
      return try steps.map {
        try Tensor(repeating: 0.0, shape: sizes + $0.shape.sizes, type: $0.elementType)
      }
    }
    let places = try Tensor.range(count)
    let units = try places.expanded(at: 1).equal(to: places).cast(to: output.elementType)
    let rows = try mapped([units.reshaped(to: [count] + sizes)], batched: [true]) {
      try LeptonTensor.pullback(of: output, $0[0], withRespectTo: steps)
    }
    return try zip(rows, steps).map { try $0.reshaped(to: sizes + $1.shape.sizes) }
  }

  /// The gradients of Σ result · vector over all leaves of the result.
  private func summed(_ outputs: [Leaf], _ vectors: [Tensor]) throws -> [Tensor] {
    var sums: [Tensor]?
    for (leaf, vector) in zip(outputs, vectors) {
      let parts = try LeptonTensor.pullback(of: leaf.tensor, vector, withRespectTo: steps)
      sums = try sums.map { try zip($0, parts).map { try $0.adding($1) } } ?? parts
    }
    return try sums
      ?? steps.map { try Tensor(repeating: 0.0, shape: $0.shape.sizes, type: $0.elementType) }
  }

  /// The leaves of vectors, made to fit those of a value.
  private static func paired(_ value: Value, _ vectors: Value) throws -> [Tensor] {
    let (own, given) = (try value.leaves(), try vectors.leaves())
    if own.count == 1, let tensor = try vectors.asTensor(),
      given.count != 1 || tensor.shape == own[0].tensor.shape
    {
      return [try fitted(tensor, to: own[0])]
    }
    guard own.count == given.count else {
      throw LanguageError(
        "gradient/vector",
        "the vector has \(given.count) parts and should have \(own.count), as what it goes with")
    }
    return try zip(own, given).map { try fitted($1.tensor, to: $0) }
  }

  private static func fitted(_ tensor: Tensor, to leaf: Leaf) throws -> Tensor {
    guard tensor.shape == leaf.tensor.shape else {
      throw LanguageError(
        "gradient/vector",
        "the vector has shape \(tensor.shape) and should have \(leaf.tensor.shape), as what it goes with"
      )
    }
    return try tensor.cast(to: leaf.tensor.elementType)
  }

  /// Derivatives by the steps, in the structure of the chosen arguments.
  private func filled(_ found: [Tensor]) throws -> Value {
    var rest = found[...]
    let values = try forms.map { form in
      try form.structure { leaf in
        guard let tensor = rest.popFirst() else { return .nothing }
        return try leaf.value(trace.settled(tensor))
      }
    }
    return chosen.isList ? .list(values) : values[0]
  }
}
