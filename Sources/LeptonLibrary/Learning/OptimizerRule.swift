import LeptonLearning
import LeptonRuntime
import LeptonTensor

extension Library {
  /// An optimizer of one's own.
  static var optimizer: Builtin {
    Builtin(
      "optimizer(rule, memory = 0, rate = 0.001, weight_decay = 0, result = nothing)",
      "An optimizer of one's own, of a function that gives the new value of a parameter.",
      details: """
        `rule(w, g, m, rate, step)` is given a parameter, its gradient, what is remembered of it, the learning rate \
        with its schedule, and the number of the step from 1. It gives the new parameter, or a list of that and of what \
        is to be remembered. With `memory` as a number, `m` is a list of so many tensors of the parameter's shape, 0 at \
        first. With `memory` as a list of names, `m` is a record, and the rule gives `[w, {mean: …}]`. With `memory` as a \
        record, each name says how it begins: `"zeros"`, `"parameter"` (a copy of it) or `"number"` (a single 0). \
        Weight decay is decoupled, `w - rate * weight_decay * w` before the rule; a rule of six parameters is given it \
        as the last and takes care of it. `result` names what the trained model gets in the place of the parameter. The \
        rule becomes one pass of the planned step, so it is called a few times only, and cannot look at values.
        """,
      examples: [
        """
        signs = optimizer((w, g, m, rate, step) -> w - rate * sign(g), rate=0.01)
        line = dataset([[0.0], [1.0]], [1.0, 3.0])
        train(dense(1), line, epochs=500, optimizer=signs, seed=1).history.loss[-1] < 0.01
        """: "true",
        """
        heavy = optimizer(
          (w, g, m, rate, step) -> {
            velocity = 0.9 * m.velocity - rate * g
            [w + velocity, {velocity: velocity}]
          },
          memory=["velocity"], rate=0.01)
        line = dataset([[0.0], [1.0]], [1.0, 3.0])
        train(dense(1), line, epochs=500, optimizer=heavy, seed=1).history.loss[-1] < 0.01
        """: "true",
      ]
    ) {
      (
        context: Context, rule: Callee, memory: MemoryArgument, rate: RateArgument,
        weightDecay: Double, result: String?
      ) in
      try Settings.require(weightDecay >= 0, "weight_decay must be at least 0")
      let source =
        context.libraryCall
        ?? "optimizer(\(rule.value.source), memory=\(memory.value.source), rate=\(rate.value.source))"
      return Optimizer.custom(
        rate: try rate.rate(in: context), weightDecay: weightDecay,
        try RuleMaker(context: context, rule: rule.value, memory: memory)
          .rule(source, result: result))
    }
  }
}

/// Makes the engine's form of a rule that is written in Lepton.
private struct RuleMaker {
  let context: Context
  let rule: Value
  let memory: MemoryArgument

  /// Whether the rule is given the weight decay.
  private var decays: Bool { (rule.callable as? Closure)?.parameterNames.count == 6 }

  func rule(_ source: String, result: String?) throws -> CustomRule {
    let names = memory.slots.map(\.name)
    let place = result.flatMap { names.firstIndex(of: $0) }
    if let result, place == nil {
      throw LanguageError(
        "value/name", "the result \(result) is not among what the rule remembers",
        help: ["it remembers \(names.isEmpty ? "nothing" : names.joined(separator: ", "))"])
    }
    return CustomRule(source: source, slots: memory.slots, result: place, decays: decays) {
      try results(context.call(rule, arguments($0)))
    }
  }

  private func arguments(_ inputs: CustomRule.Inputs) -> [Value] {
    let remembered: Value =
      memory.isNamed
      ? .record(
        zip(memory.slots, inputs.memory).reduce(into: Record()) { $0[$1.0.name] = .tensor($1.1) })
      : .list(inputs.memory.map { .tensor($0) })
    return [
      .tensor(inputs.parameter), .tensor(inputs.gradient), remembered, .tensor(inputs.rate),
      .tensor(inputs.step),
    ] + (decays ? [.float(inputs.weightDecay)] : [])
  }

  /// The tensors that a rule gives: one, or a list in which there may be lists and a record.
  private func results(_ value: Value) throws -> [Tensor] {
    guard case .list(let parts) = value else { return [try Tensor.bridging(value)] }
    return try parts.flatMap { part -> [Tensor] in
      switch part {
      case .list(let inner): return try inner.map(Tensor.bridging)
      case .record(let record): return try named(record)
      default: return [try Tensor.bridging(part)]
      }
    }
  }

  /// What is remembered, in the order of the names.
  private func named(_ record: Record) throws -> [Tensor] {
    let names = memory.slots.map(\.name)
    guard memory.isNamed, Set(record.names) == Set(names) else {
      throw LanguageError(
        "value/count",
        "the rule of the optimizer gives \(record.names.joined(separator: ", ")) to remember",
        help: [
          memory.isNamed
            ? "it must give \(names.joined(separator: ", "))"
            : "name what it remembers: memory=[\"mean\"]"
        ])
    }
    return try names.map { try Tensor.bridging(record[$0] ?? .nothing) }
  }
}

/// What a rule remembers, among the arguments of a word: a number of tensors, names, or a record of
/// how each begins.
struct MemoryArgument: Bridged {
  let value: Value
  let slots: [MemorySlot]
  /// Whether the rule calls what it remembers by name.
  let isNamed: Bool

  static var typeDescription: String { "a number of tensors, or a list of their names" }

  private static let starts: [String: MemorySlot.Start] = [
    "zeros": .zeros, "parameter": .parameter, "number": .number,
  ]

  static func bridging(_ value: Value) throws -> MemoryArgument {
    switch value {
    case .list(let names):
      return try named(value, names.map { MemorySlot(try String.bridging($0)) })
    case .record(let record):
      return try named(value, zip(record.names, record.values).map { try slot($0, $1) })
    default:
      guard let count = try? Int.bridging(value) else { throw mismatch(value) }
      guard (0...16).contains(count) else {
        throw LanguageError("value/range", "an optimizer remembers 0 to 16 tensors, not \(count)")
      }
      let slots = (0..<count).map { MemorySlot("\($0)") }
      return MemoryArgument(value: value, slots: slots, isNamed: false)
    }
  }

  private static func slot(_ name: String, _ start: Value) throws -> MemorySlot {
    guard let start = starts[try String.bridging(start)] else {
      throw LanguageError(
        "value/name", "what an optimizer remembers cannot begin as \(start.source)",
        help: ["it begins as \"zeros\", \"parameter\" or \"number\""])
    }
    return MemorySlot(name, start)
  }

  private static func named(_ value: Value, _ slots: [MemorySlot]) throws -> MemoryArgument {
    guard slots.count <= 16, Set(slots.map(\.name)).count == slots.count,
      slots.allSatisfy({ !$0.name.isEmpty && !$0.name.contains("/") })
    else {
      throw LanguageError(
        "value/name", "what an optimizer remembers needs up to 16 different names, without slashes")
    }
    return MemoryArgument(value: value, slots: slots, isNamed: true)
  }
}
