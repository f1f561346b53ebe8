import LeptonRuntime
import LeptonTensor

/// A call of a function as a plan: the tensors among the arguments go in, those of the result come out.
struct RecordedCall {
  /// The plan.
  let plan: Plan
  /// The result, with traced tensors in the place of what the plan computes.
  private let form: Value

  /// Records a call.
  ///
  /// - Throws: `trace/read` if the function asks for a value, `trace/effect` if it has effects or gives what
  ///   may hold more than tensors, and what the function throws.
  init(of function: Value, _ arguments: Arguments, in context: Context) throws {
    let trace = Trace()
    var inputs: [Tensor] = []
    func lifted(_ value: Value) throws -> Value {
      try value.replacingTensors { tensor in
        inputs.append(try trace.input(like: tensor))
        return .tensor(inputs[inputs.count - 1])
      }
    }
    var traced = arguments
    traced.positional = try arguments.positional.map(lifted)
    traced.named = try arguments.named.map { ($0.name, try lifted($0.value)) }
    var outputs: [Tensor] = []
    form = try trace.recording {
      let (result, isPure) = try context.tried {
        try GradientTrace(trace).within(context) { try context.call(function, traced) }
      }
      guard isPure else { throw trace.refusingEffect() }
      return try result.replacingTensors(
        others: { value in
          switch value {
          case .function, .object: throw trace.refusingEffect()
          default: return value
          }
        },
        with: { tensor in
          outputs.append(tensor)
          return .tensor(tensor)
        })
    }
    plan = try Plan(trace, inputs: inputs, outputs: outputs)
  }

  /// The result for other arguments of the same key.
  func replay(_ arguments: Arguments) throws -> Value {
    var inputs: [Tensor] = []
    for value in arguments.positional + arguments.named.map(\.value) {
      _ = try value.replacingTensors {
        inputs.append($0)
        return .nothing
      }
    }
    var outputs = try plan.replay(inputs)[...]
    return try form.replacingTensors { outputs.popFirst().map(Value.tensor) ?? .tensor($0) }
  }
}
