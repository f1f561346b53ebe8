import Synchronization

/// A record of what a computation did, as a list of steps that name only earlier steps.
///
/// Make inputs with ``input(_:)``, compute with them, then ask for ``gradients(of:withRespectTo:)``
/// or make a ``Plan``. A trace that `evaluates` also computes each step at once, so that values can
/// be read while it records; else reading one throws `trace/read`.
public final class Trace: Sendable {
  /// One step.
  struct Node: Sendable {
    let kind: Kind
    let inputs: [Int]
    let form: Form
    /// The value, if it is known: constants, and everything in a trace that evaluates.
    ///
    /// It may belong to an outer trace.
    let value: Tensor?
  }

  /// What a step is.
  enum Kind: Sendable {
    case input
    case constant
    case operation(Operation, Attributes)
  }

  /// Whether values are computed while recording.
  public let evaluates: Bool
  let nodes = Mutex<[Node]>([])

  /// When the trace was started; later ones are inner ones.
  let serial: Int

  /// Starts an empty trace.
  ///
  /// Tensors of traces that were started earlier may be used in it; there they count as constants.
  public init(evaluates: Bool = false) {
    self.evaluates = evaluates
    serial = Trace.started.add(1, ordering: .relaxed).newValue
  }

  private static let started = Atomic(0)

  /// The number of steps.
  public var count: Int { nodes.withLock { $0.count } }

  /// A new input whose elements are not known.
  ///
  /// Throws `trace/read` in a trace that evaluates.
  public func input(_ form: Form) throws -> Tensor {
    guard !evaluates else {
      throw TensorError("trace/read", "an input of a trace that evaluates needs a value")
    }
    return append(Node(kind: .input, inputs: [], form: form, value: nil))
  }

  /// A new input with the form of a tensor; a trace that evaluates keeps the elements too.
  public func input(like tensor: Tensor) throws -> Tensor {
    let value = evaluates ? tensor : nil
    return append(Node(kind: .input, inputs: [], form: tensor.form, value: value))
  }

  /// A tensor of this trace that holds the elements of one from outside.
  ///
  /// Throws `trace/foreign` for a tensor of a trace that was started later.
  public func constant(_ tensor: Tensor) throws -> Tensor {
    if let trace = tensor.trace, trace.serial >= serial {
      throw TensorError("trace/foreign", "a traced tensor was used after its trace had ended")
    }
    return append(Node(kind: .constant, inputs: [], form: tensor.form, value: tensor))
  }

  /// A copy of a node of the trace.
  subscript(index: Int) -> Node { nodes.withLock { $0[index] } }

  /// Whether somebody asked for a value that was not known, even if the error was caught.
  public var wasRead: Bool { read.load(ordering: .relaxed) }
  private let read = Atomic(false)
  private let effects = Atomic(false)

  /// Whether what was recorded does something beside computing, even if the error was caught.
  public var hadEffect: Bool { effects.load(ordering: .relaxed) }

  /// Notes that what is recorded does something that a replay would not do again, and so cannot be
  /// planned, and gives the error to throw; it counts as having read a value.
  public func refusingEffect() -> TensorError {
    effects.store(true, ordering: .relaxed)
    read.store(true, ordering: .relaxed)
    return Trace.effect
  }

  /// Does something that must do without values which are not known.
  ///
  /// Throws what the body throws, or `trace/read` if it asked for one, even if it caught the error, or
  /// `trace/effect` if it does what a replay would not do again.
  public func recording<Result>(_ body: () throws -> Result) throws -> Result {
    do {
      let result = try body()
      if !wasRead { return result }
    } catch  where !wasRead {
      throw error
    } catch {}
    throw hadEffect ? Trace.effect : Trace.unknown
  }

  /// The error of a recording that does something beside computing.
  private static let effect = TensorError(
    "trace/effect",
    "this does something that a plan would not do again, such as printing, while it is recorded")

  /// The error of whoever asks for a value that is not known.
  private static let unknown = TensorError(
    "trace/read",
    "this needs the value of a tensor that is not known yet, because the model or function is "
      + "only being recorded",
    help: ["choose element by element instead: where(x > 0, a, b)"])

  /// The value of a step.
  func value(at index: Int) throws -> Tensor {
    guard let value = self[index].value else {
      read.store(true, ordering: .relaxed)
      throw Trace.unknown
    }
    return value
  }

  /// The step's result as a tensor.
  func tensor(at index: Int) -> Tensor {
    Tensor(form: self[index].form, content: .node(self, index))
  }

  /// Records the use of an operation.
  func record(
    _ operation: Operation, _ operands: [Tensor], _ attributes: Attributes, _ form: Form
  ) throws -> Tensor {
    let value = evaluates ? try operation.applied(operands.map(outside), attributes) : nil
    let inputs = try operands.map(index)
    return append(
      Node(kind: .operation(operation, attributes), inputs: inputs, form: form, value: value))
  }

  /// The tensor as it is outside of this trace, if it evaluates: it may belong to an outer one.
  ///
  /// Throws `trace/read` for a tensor of a trace that only records.
  public func outside(_ tensor: Tensor) throws -> Tensor {
    guard case .node(let trace, let index) = tensor.content, trace === self else { return tensor }
    return try value(at: index)
  }

  /// The step for which a tensor stands; tensors that hold elements become constants.
  func index(of tensor: Tensor) throws -> Int {
    if case .node(let trace, let index) = tensor.content, trace === self { return index }
    if case .node(_, let index) = try constant(tensor).content { return index }
    throw TensorError("trace/foreign", "a tensor belongs to another trace")
  }

  private func append(_ node: Node) -> Tensor {
    let index = nodes.withLock { nodes in
      nodes.append(node)
      return nodes.count - 1
    }
    return Tensor(form: node.form, content: .node(self, index))
  }
}
