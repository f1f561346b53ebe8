// Recurrent cells over whole sequences. Operands: what comes in, `[batch, time, gates · units]` (inputs
// already multiplied by their weights); the recurrent weights `[units, gates · units]`; a bias
// `[gates · units]`; the initial state `[batch, parts · units]`; and, if some steps are to be left out, a
// mask `[batch, time]`. The attribute `steps` is `[-1]` where a sequence is gone through from its end,
// `sizes` is `[1]` for a simple cell with relu in the place of tanh.

extension Operation {
  static let recurrences: [Operation] = [
    simpleStates, gatedStates, memoryStates, simpleSlopes, gatedSlopes, memorySlopes,
  ]

  /// The states of a cell without gates.
  public static let simpleStates = states(
    "rnn", "The states h ← tanh(x + h U + b), or relu, after each step of a sequence.",
    slopes: { simpleSlopes }, cell: simpleCell)

  /// The states of gated recurrent units.
  public static let gatedStates = states(
    "gru",
    "The states h ← z h + (1 − z) n after each step, with n ← tanh(x + r (h U + b)) and gates z, r.",
    slopes: { gatedSlopes }, cell: { _ in .gated })

  /// The states of long short-term memories.
  public static let memoryStates = states(
    "lstm",
    "The states h ← o tanh(c) and c ← f c + i g after each step of a sequence, side by side.",
    slopes: { memorySlopes }, cell: { _ in .memory })

  /// What a cell without gates passes back.
  public static let simpleSlopes = slopes(
    "rnn_slopes", "The gradients that rnn passes back at each step.", simpleCell)

  /// What gated recurrent units pass back.
  public static let gatedSlopes = slopes(
    "gru_slopes", "The gradients that gru passes back at each step.", { _ in .gated })

  /// What long short-term memories pass back.
  public static let memorySlopes = slopes(
    "lstm_slopes", "The gradients that lstm passes back at each step.", { _ in .memory })

  private static let simpleCell: @Sendable (Attributes) -> CellEntry = { attributes in
    attributes.sizes == [1] ? .simpleRelu : .simple
  }

  private static func states(
    _ name: String, _ document: String, slopes: @escaping @Sendable () -> Operation,
    cell: @escaping @Sendable (Attributes) -> CellEntry
  ) -> Operation {
    Operation(
      name, document,
      rule: { forms, attributes in
        let cell = cell(attributes).type
        try check(forms, cell, name, given: 4)
        let shape = RecurrentShape(forms.map(\.shape), cell)
        return Form(
          try Shape([shape.batch, shape.time, cell.parts * shape.units]), forms[0].elementType)
      },
      kernel: { cell($0.attributes).forward($0) },
      derivative: .rule { step in
        let parts = RecurrentParts(step, cell(step.attributes).type)
        return try parts.gradients(
          slopes().applied(
            Array(step.inputs[..<4]) + [step.output, step.gradient] + step.inputs[4...],
            step.attributes))
      },
      batching: .sequences(weights: [1, 2])
    ).counting { forms, _ in
      // state @ recurrent for each step of each sequence
      forms[0].shape.count.timesSaturated(forms[1].shape[0])
    }
  }

  private static func slopes(
    _ name: String, _ document: String, _ cell: @escaping @Sendable (Attributes) -> CellEntry
  ) -> Operation {
    Operation(
      name, document,
      rule: { forms, attributes in
        let cell = cell(attributes).type
        try check(forms, cell, name, given: 6)
        let shape = RecurrentShape(forms.map(\.shape), cell)
        return Form(
          try Shape([shape.batch, shape.time + 1, cell.slopes * shape.units]), forms[0].elementType)
      },
      kernel: { cell($0.attributes).backward($0) },
      derivative: .rule { step in
        // The slopes once more, in operations that state their derivatives themselves.
        let inputs = try step.inputs.map { try $0.elementType.isFloat ? $0.distinct() : $0 }
        let again = try UnrolledSlopes(inputs, step.attributes, cell(step.attributes).type).slopes()
        let places = inputs.indices.filter { inputs[$0].elementType.isFloat }
        let found = try pullback(
          of: again, step.gradient, withRespectTo: places.map { inputs[$0] })
        return inputs.indices.map { place in places.firstIndex(of: place).map { found[$0] } }
      },
      batching: .sequences(weights: [1, 2]))
  }

  /// Throws `shape/sequence` unless operands fit a cell.
  private static func check(
    _ forms: [Form], _ cell: any Cell.Type, _ name: String, given: Int
  ) throws {
    func require(_ place: Int, _ what: String, _ sizes: [Int], _ axes: String) throws {
      guard forms[place].shape.sizes != sizes else { return }
      throw TensorError(
        "shape/sequence",
        "\(name) needs \(what) of shape \(sizes), and this has shape \(forms[place].shape)",
        help: [axes])
    }
    let (x, recurrent) = (forms[0].shape, forms[1].shape)
    guard x.rank == 3 else {
      throw TensorError(
        "shape/sequence", "\(name) needs sequences [batch, time, …], and this has shape \(x)")
    }
    guard recurrent.rank == 2 else {
      throw TensorError(
        "shape/sequence",
        "\(name) needs recurrent weights [units, …], and these have shape \(recurrent)")
    }
    let units = recurrent[0]
    let (width, states) = (cell.gates * units, cell.parts * units)
    try require(1, "recurrent weights", [units, width], "\(cell.gates) columns for each unit")
    try require(0, "inputs", [x[0], x[1], width], "\(cell.gates) numbers for each unit and step")
    try require(2, "a bias", [width], "\(cell.gates) numbers for each unit")
    try require(3, "initial states", [x[0], states], "\(cell.parts) for each unit and example")
    for place in 4..<given { try require(place, "states", [x[0], x[1], states], "one row a step") }
    if forms.count > given {
      try require(given, "a mask", [x[0], x[1]], "true for each step that counts")
      guard forms[given].elementType == .bool else {
        throw TensorError(
          "shape/sequence",
          "\(name) needs a mask of truths, not of \(forms[given].elementType.rawValue)")
      }
    }
  }
}

/// A cell with the work that goes through sequences with it.
///
/// The cell is named where its work is made, so that the compiler makes one kernel for each cell and type of
/// numbers: through a metatype every sum would be a call.
private struct CellEntry: Sendable {
  let type: any Cell.Type
  let forward: @Sendable (Problem) -> Work
  let backward: @Sendable (Problem) -> Work

  static let simple = CellEntry(SimpleCell<TanhCell>.self)
  static let simpleRelu = CellEntry(SimpleCell<ReluCell>.self)
  static let gated = CellEntry(GatedCell.self)
  static let memory = CellEntry(MemoryCell.self)

  @inline(__always)
  private init<C: Cell>(_ cell: C.Type) {
    type = cell
    forward = { problem in
      problem.output.elementType == .float32
        ? RecurrentKernel<Float, C>(problem, given: 4).forward()
        : RecurrentKernel<Double, C>(problem, given: 4).forward()
    }
    backward = { problem in
      problem.output.elementType == .float32
        ? RecurrentKernel<Float, C>(problem, given: 6).backward()
        : RecurrentKernel<Double, C>(problem, given: 6).backward()
    }
  }
}

extension Batching {
  /// A batch of batches of sequences is one long batch; weights of their own make it a loop.
  static func sequences(weights: [Int]) -> Batching {
    .rule { operation, operands, batched, attributes in
      let size = zip(operands, batched).first { $1 }?.0.shape[0] ?? 1
      if weights.contains(where: { batched[$0] }) {
        return try Tensor.stacked(
          (0..<size).map { place in
            try operation.applied(
              zip(operands, batched).map { try $1 ? $0.element(at: place) : $0 }, attributes)
          })
      }
      let long = try operands.indices.map { index -> Tensor in
        if weights.contains(index) { return operands[index] }
        let all = try batched[index] ? operands[index] : operands[index].repeated(size)
        return try all.reshaped(to: [size * all.shape[1]] + all.shape.sizes.dropFirst(2))
      }
      let result = try operation.applied(long, attributes)
      return try result.reshaped(
        to: [size, long[0].shape[0] / Swift.max(size, 1)] + result.shape.sizes.dropFirst())
    }
  }
}
