// Sequences `[batch, time, features]`.

/// A recurrent cell as an operation.
public enum RecurrentCell: Sendable {
  /// h ← tanh(x + h U + b).
  case simple
  /// h ← max(x + h U + b, 0).
  case simpleRelu
  /// The gated recurrent unit, with gates z, r, n.
  case gated
  /// The long short-term memory, with gates i, f, g, o.
  case memory

  /// The numbers that each unit takes in.
  public var gates: Int {
    switch self {
    case .simple, .simpleRelu: 1
    case .gated: 3
    case .memory: 4
    }
  }

  /// The parts of the state of a unit.
  public var parts: Int { if case .memory = self { 2 } else { 1 } }

  fileprivate var operation: Operation {
    switch self {
    case .simple, .simpleRelu: .simpleStates
    case .gated: .gatedStates
    case .memory: .memoryStates
    }
  }
}

/// What a cell goes through a sequence with.
public struct Recurrence: Sendable {
  /// The cell.
  public let cell: RecurrentCell
  /// The weights of the state, `[units, gates · units]`.
  public var recurrent: Tensor
  /// What is added to state @ recurrent, `[gates · units]`; zeros for `nil`.
  public var bias: Tensor?
  /// The state at first, `[batch, parts · units]`; zeros for `nil`.
  public var initial: Tensor?
  /// Which steps count, `[batch, time]`, where at the others the state stays; all for `nil`.
  public var mask: Tensor?
  /// Whether the sequence is gone through from its end.
  public var isReversed = false

  /// Makes a recurrence.
  public init(
    _ cell: RecurrentCell, recurrent: Tensor, bias: Tensor? = nil, initial: Tensor? = nil,
    mask: Tensor? = nil, isReversed: Bool = false
  ) {
    self.cell = cell
    self.recurrent = recurrent
    self.bias = bias
    self.initial = initial
    self.mask = mask
    self.isReversed = isReversed
  }

  /// The states after each step, `[batch, time, parts · units]`, for inputs `[batch, time, gates · units]`.
  ///
  /// Throws `shape/sequence` if something does not fit.
  public func states(of x: Tensor) throws -> Tensor {
    let type = x.elementType.promoted(with: recurrent.elementType).asFloat
    let units = recurrent.shape.sizes.first ?? 0
    let zeros: ([Int]) throws -> Tensor = { try Tensor(repeating: 0.0, shape: $0, type: type) }
    let operands = [
      try x.cast(to: type), try recurrent.cast(to: type),
      try bias?.cast(to: type) ?? zeros([cell.gates * units]),
      try initial?.cast(to: type) ?? zeros([x.shape.sizes.first ?? 0, cell.parts * units]),
    ]
    var attributes = Attributes(steps: isReversed ? [-1] : [])
    if case .simpleRelu = cell { attributes.sizes = [1] }
    return try cell.operation.applied(
      operands + (mask.map { [try $0.cast(to: .bool)] } ?? []), attributes)
  }
}

extension Tensor {
  /// The rows of this table that whole numbers name, which take the place of the first axis.
  ///
  /// Throws `value/index` if there is no such row, also where that is found out only when a plan runs.
  public func embedded(_ rows: Tensor) throws -> Tensor {
    guard shape.rank > 0 else {
      throw TensorError("shape/axis", "a table needs an axis of rows, but this is a single number")
    }
    guard shape[0] > 0 || rows.shape.count == 0 else {
      throw TensorError("shape/empty", "a table of shape \(shape) has no rows that can be named")
    }
    return try Operation.gather.applied([self, rows.wholePlaces()], .strict(axis: 0))
  }
}

extension Tensor {
  /// The elements as whole numbers; -1, which is no place, for what is none.
  fileprivate func wholePlaces() throws -> Tensor {
    if elementType.isInteger { return self }
    if elementType == .bool { return try cast(to: .int64) }
    return try Tensor.select(equal(to: floor()), self, -1.0).cast(to: .int64)
  }

  /// For each example −log of the probability that its frames say its labels, with blanks between
  /// (Graves and others 2006); infinite where they cannot.
  ///
  /// The frames are logarithms of probabilities, `[batch, time, classes]`; `labels` is `[batch, most
  /// labels]`; `times` and `lengths` say how many frames and labels of each example count. Throws
  /// `shape/target` if they do not go together, `value/range` for lengths and labels that do not exist.
  public func alignmentLosses(
    labels: Tensor, times: Tensor, lengths: Tensor, blank: Int
  ) throws -> Tensor {
    let whole = try [labels, times, lengths].map { try $0.cast(to: .int64) }
    return try Operation.alignment.applied(
      [cast(to: elementType.asFloat)] + whole, Attributes(sizes: [blank]))
  }
}
