/// What the slopes of a sequence say of each operand.
struct RecurrentParts {
  private let step: Linearization
  private let cell: any Cell.Type
  private let shape: RecurrentShape

  init(_ step: Linearization, _ cell: any Cell.Type) {
    self.step = step
    self.cell = cell
    shape = RecurrentShape(step.inputs.map(\.shape), cell)
  }

  /// The gradients with respect to inputs, weights, bias and initial state.
  func gradients(_ slopes: Tensor) throws -> [Tensor?] {
    let units = shape.units
    var parts = [Tensor?](repeating: nil, count: step.inputs.count)
    let inputs = try columns(of: slopes, 0, cell.gates)
    parts[0] = inputs
    parts[3] = try slopes.element(at: shape.time, axis: 1).lastAxis(0, cell.parts * units)
    guard step.wanted[1] || step.wanted[2] else { return parts }
    // The last slopes replace the last gate's where a cell has more slopes than gates.
    let recurrent =
      cell.slopes == cell.gates
      ? [try flat(inputs)]
      : [
        try flat(columns(of: slopes, 0, cell.gates - 1)),
        try flat(columns(of: slopes, cell.gates, cell.slopes)),
      ]
    let before = try flat(
      RecurrentParts.previous(
        step.inputs[3], step.output, isReversed: RecurrentShape.isReversed(step.attributes)
      ).lastAxis(0, units))
    parts[1] = try Tensor.concatenated(
      recurrent.map { try before.matrixTransposed().matmul($0) }, axis: 1)
    parts[2] = try Tensor.concatenated(recurrent.map { try $0.sum(axes: [0]) })
    return parts
  }

  /// Some of the slopes of all steps.
  private func columns(of slopes: Tensor, _ from: Int, _ to: Int) throws -> Tensor {
    try slopes.sliced([
      Slice(), Slice(to: shape.time), Slice(from: from * shape.units, to: to * shape.units),
    ])
  }

  /// A row for each step of each sequence.
  private func flat(_ x: Tensor) throws -> Tensor {
    try x.reshaped(to: [shape.batch * shape.time, x.shape[2]])
  }

  /// The states before each step.
  static func previous(_ initial: Tensor, _ states: Tensor, isReversed: Bool) throws -> Tensor {
    guard states.shape[1] > 0 else { return states }
    let first = try initial.expanded(at: 1)
    let rest = try states.sliced([Slice(), isReversed ? Slice(from: 1) : Slice(to: -1)])
    return try Tensor.concatenated(isReversed ? [rest, first] : [first, rest], axis: 1)
  }
}

/// The slopes of a sequence step by step, in operations.
///
/// It gives what the kernel gives, slower; derivatives of the kernel's result are those of this one.
struct UnrolledSlopes {
  private let cell: any Cell.Type
  private let shape: RecurrentShape
  private let isReversed: Bool
  private let inputs: [Tensor]

  /// Takes the operands of the operation.
  init(_ inputs: [Tensor], _ attributes: Attributes, _ cell: any Cell.Type) {
    self.cell = cell
    self.inputs = inputs
    shape = RecurrentShape(inputs.map(\.shape), cell)
    isReversed = RecurrentShape.isReversed(attributes)
  }

  func slopes() throws -> Tensor {
    let (x, recurrent, bias, initial) = (inputs[0], inputs[1], inputs[2], inputs[3])
    let (states, gradient) = (inputs[4], inputs[5])
    let previous = try RecurrentParts.previous(initial, states, isReversed: isReversed)
    let product = try previous.lastAxis(0, shape.units).matmul(recurrent).adding(bias)
    let local = try cell.local(
      CellStep(
        units: shape.units, input: x, product: product, previous: previous, state: states))
    var carried = try (0..<cell.parts).map { _ in
      try initial.lastAxis(0, shape.units).multiplying(0)
    }
    var rows = [Tensor?](repeating: nil, count: shape.time)
    for step in (0..<shape.time).reversed() {
      let time = isReversed ? shape.time - 1 - step : step
      let said = try (0..<cell.parts).map { part in
        try gradient.element(at: time, axis: 1).lastAxis(part * shape.units, shape.units)
          .adding(carried[part])
      }
      let found = try cell.slopes(local.map { try $0.element(at: time, axis: 1) }, said)
      let row = try Tensor.concatenated(found.slopes, axis: -1)
      let share = try Tensor.concatenated(found.recurrent, axis: -1)
        .matmul(recurrent.matrixTransposed())
      let counts = try mask(time)
      rows[time] = try row.kept(where: counts, otherwise: row.multiplying(0))
      carried = try carried.indices.map { part in
        let whole = try part == 0 ? found.carried[0].adding(share) : found.carried[part]
        return try whole.kept(where: counts, otherwise: said[part])
      }
    }
    return try Tensor.concatenated(
      rows.compactMap { try $0?.expanded(at: 1) } + [last(carried)], axis: 1)
  }

  /// The last row: the gradient with respect to the initial state, and zeros.
  private func last(_ carried: [Tensor]) throws -> Tensor {
    let zeros = try (cell.parts..<cell.slopes).map { _ in try carried[0].multiplying(0) }
    return try Tensor.concatenated(carried + zeros, axis: -1).expanded(at: 1)
  }

  /// Whether a step counts, `[batch, 1]`, if there is a mask.
  private func mask(_ time: Int) throws -> Tensor? {
    guard inputs.count > 6 else { return nil }
    return try inputs[6].sliced([Slice(), Slice(from: time, to: time + 1)])
  }
}

extension Tensor {
  /// This tensor where a condition holds, if there is one, else another.
  fileprivate func kept(where condition: Tensor?, otherwise other: Tensor) throws -> Tensor {
    guard let condition else { return self }
    return try Tensor.select(condition, self, other)
  }
}
