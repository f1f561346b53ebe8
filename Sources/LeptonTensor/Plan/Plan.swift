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
      throw Plan.misfit
    }
  }

  private static var misfit: TensorError {
    TensorError("plan/input", "the inputs have other shapes or types than those traced")
  }

  /// The outputs for given inputs.
  ///
  /// Throws `plan/input` unless the inputs have the forms of those that were traced.
  public func replay(_ tensors: [Tensor]) throws -> [Tensor] {
    try check(tensors, inputs.dropLast(lasting.count))
    for (number, tensor) in tensors.enumerated() {
      program.bind(number, to: try tensor.storage.pointer)
    }
    try program.run()
    return try withExtendedLifetime(tensors) {
      try outputs.map { output in
        switch output.source {
        case .input(let number):
          let storage =
            try number < tensors.count
            ? tensors[number].storage : lasting[number - tensors.count]
          return Tensor(form: output.form, content: .elements(storage))
        case .buffer(let buffer):
          return try Tensor(form: output.form) { target in
            if let base = target.baseAddress { try copy(buffer, target.count, to: base) }
          }
        }
      }
    }
  }

  /// The first output for a tensor of more rows than were traced, so many of them at a time as were.
  ///
  /// Nothing is copied on the way in. Rows that are left over have no output; there is none at all where
  /// the output has not as many rows as the only input that is not kept. Throws `plan/input` if the rows
  /// have another form than those that were traced.
  public func replay(rowsOf x: Tensor) throws -> Tensor? {
    guard inputs.count == lasting.count + 1, let form = inputs.first, let output = outputs.first,
      case .buffer(let buffer) = output.source, let count = form.shape.sizes.first, count > 0,
      output.form.shape.sizes.first == count, let total = x.shape.sizes.first
    else { return nil }
    let parts = total / count
    let (whole, result) = try (form.repeated(parts), output.form.repeated(parts))
    guard x.elementType == whole.elementType,
      x.shape.sizes.dropFirst() == whole.shape.sizes.dropFirst()
    else { throw Plan.misfit }
    let storage = try x.storage
    return try withExtendedLifetime(storage) {
      try Tensor(form: result) { target in
        guard let base = target.baseAddress else { return }
        let size = output.form.byteCount
        for part in 0..<parts {
          program.bind(0, to: storage.pointer + part * form.byteCount)
          try program.run()
          try copy(buffer, size, to: base + part * size)
        }
      }
    }
  }

  private func copy(_ buffer: Int, _ count: Int, to target: UnsafeMutableRawPointer) throws {
    if let source = try program.pointer(to: buffer) { memcpy(target, source, count) }
  }

  /// The bytes of the arena: the most that results need at one time.
  public var peakBytes: Int { program.peakBytes }
}

extension Form {
  /// The form of tensors one behind the other along the first axis, of which there is one.
  fileprivate func repeated(_ count: Int) throws -> Form {
    Form(try Shape([count * shape[0]] + shape.sizes.dropFirst()), elementType)
  }
}
