import Glibc

/// A trace made ready to be replayed: its steps in order, with a place in one arena for each result.
///
/// Making a plan removes what is not needed, computes what is constant, joins element-wise chains
/// into single loops and folds transpositions into matrix products. Replaying allocates only the
/// tensors that it returns. Results are the same bits for any number of threads.
public final class Plan {
  private let program: Program
  private let inputs: [Form]
  private let outputs: [(form: Form, source: OutputSource)]
  /// The last of the inputs, where they stay the same from replay to replay.
  private var lasting: [Storage] = []
  /// The steps as text, one a line.
  public let description: String
  /// What it does and what it costs.
  public let summary: PlanSummary

  private enum OutputSource {
    case buffer(Int)
    case input(Int)
  }

  /// Makes a plan for given inputs and outputs of a trace.
  ///
  /// Throws `trace/foreign` if they are not of the trace, `trace/input` if an output needs an input
  /// that is not named.
  public init(_ trace: Trace, inputs: [Tensor], outputs: [Tensor]) throws {
    let graph = Fusion.apply(
      to: try GraphBuilder(trace, inputs: inputs, outputs: outputs).graph)
    let list = StepList(graph)
    self.inputs = inputs.map(\.form)
    self.outputs = zip(outputs, graph.outputs).map { output, node in
      let buffer = list.bufferOf[node] ?? 0
      if case .input(let number) = list.buffers[buffer].source {
        return (output.form, .input(number))
      }
      return (output.form, .buffer(buffer))
    }
    program = try Program(list)
    description = program.description
    summary = PlanSummary(program, of: trace)
  }

  /// Gives the last inputs their tensors for all replays to come, which are then given only those before.
  ///
  /// Throws `plan/input` unless they have the forms of those that were traced.
  public func keep(_ tensors: [Tensor]) throws {
    try check(tensors, inputs.suffix(tensors.count))
    lasting = try tensors.map { try $0.storage }
    let first = inputs.count - lasting.count
    for (number, storage) in lasting.enumerated() {
      program.bind(first + number, to: storage.pointer)
    }
  }

  private func check(_ tensors: [Tensor], _ forms: ArraySlice<Form>) throws {
    guard tensors.count == forms.count, zip(tensors, forms).allSatisfy({ $0.form == $1 }) else {
      throw TensorError("plan/input", "the inputs have other shapes or types than those traced")
    }
  }

  /// The outputs for given inputs.
  ///
  /// Throws `plan/input` unless the inputs have the forms of those that were traced.
  public func replay(_ tensors: [Tensor]) throws -> [Tensor] {
    try check(tensors, inputs.dropLast(lasting.count))
    let storages = try tensors.map { try $0.storage } + lasting
    for (number, storage) in storages.prefix(tensors.count).enumerated() {
      program.bind(number, to: storage.pointer)
    }
    try program.run()
    return try withExtendedLifetime(storages) {
      try outputs.map { output in
        switch output.source {
        case .input(let number):
          return Tensor(form: output.form, content: .elements(storages[number]))
        case .buffer(let buffer):
          return try Tensor(form: output.form) { target in
            guard let source = try program.pointer(to: buffer), let base = target.baseAddress else {
              return
            }
            memcpy(base, source, target.count)
          }
        }
      }
    }
  }

  /// The bytes of the arena: the most that results need at one time.
  public var peakBytes: Int { program.peakBytes }
}
