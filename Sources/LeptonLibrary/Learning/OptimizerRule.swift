import LeptonLearning
import LeptonRuntime
import LeptonTensor

extension Library {
  /// An optimizer of one's own.
  static var optimizer: Builtin {
    Builtin(
      "optimizer(rule, memory = 0, rate = 0.001)",
      "An optimizer of one's own, of a function that gives the new value of a parameter.",
      details: """
        `rule(w, g, m, rate, step)` is given a parameter, its gradient, a list of `memory` tensors of its shape \
        (0 at first), the learning rate with its schedule, and the number of the step from 1. It gives the new \
        parameter, or a list of that and of what is to be remembered. It becomes a part of the planned step, so it \
        is called a few times only, and cannot look at values.
        """,
      examples: [
        """
        signs = optimizer((w, g, m, rate, step) -> w - rate * sign(g), rate=0.01)
        line = dataset([[0.0], [1.0]], [1.0, 3.0])
        train(dense(1), line, epochs=500, optimizer=signs, seed=1).history.loss[-1] < 0.01
        """: "true"
      ]
    ) { (context: Context, rule: Callee, memory: Int, rate: RateArgument) in
      guard (0...16).contains(memory) else {
        throw LanguageError("value/range", "an optimizer remembers 0 to 16 tensors, not \(memory)")
      }
      let source = "optimizer(\(rule.value.source), memory=\(memory), rate=\(rate.value.source))"
      return Optimizer.custom(
        rate: try rate.rate(in: context),
        CustomRule(source: source, memoryCount: memory) { inputs in
          try tensors(
            context.call(
              rule.value,
              [
                .tensor(inputs.parameter), .tensor(inputs.gradient),
                .list(inputs.memory.map { .tensor($0) }), .tensor(inputs.rate),
                .tensor(inputs.step),
              ]))
        })
    }
  }

  /// The tensors that a rule gives: one, or a list in which there may be lists.
  private static func tensors(_ value: Value) throws -> [Tensor] {
    guard case .list(let parts) = value else { return [try Tensor.bridging(value)] }
    return try parts.flatMap { part in
      guard case .list(let inner) = part else { return [try Tensor.bridging(part)] }
      return try inner.map(Tensor.bridging)
    }
  }
}

/// A learning rate among the arguments of a word: a number, or a function of the step.
struct RateArgument: Bridged {
  let value: Value

  static var typeDescription: String { "a number or a function of the step" }

  static func bridging(_ value: Value) throws -> RateArgument {
    if value.callable == nil, (try? Double.bridging(value)) == nil { throw mismatch(value) }
    return RateArgument(value: value)
  }

  /// The rate.
  func rate(in context: Context) throws -> LearningRate {
    guard let callable = value.callable else { return LearningRate(try Double.bridging(value)) }
    return LearningRate(source: callable.source) { [value] step in
      try Double.bridging(context.call(value, [.int(step)]))
    }
  }
}
