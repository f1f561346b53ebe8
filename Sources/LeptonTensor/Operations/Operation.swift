/// A step of a computation: one row of the table of operations.
///
/// A row has every part or it is no row: a test walks ``all`` and demands each.
public struct Operation: Sendable {
  /// What the operation is called in a trace and in messages.
  public let name: String
  /// One sentence, with the formula.
  public let document: String
  /// What the result looks like; throws a ``TensorError`` where operands do not fit.
  let rule: @Sendable ([Form], Attributes) throws -> Form
  /// How to compute it.
  let kernel: @Sendable (Problem) -> Work
  /// Its derivative, in operations.
  let derivative: Derivative
  /// What becomes of it over a batch of operands.
  let batching: Batching
  /// The loop for operands of a type, if the operation works element by element.
  var blockLoop: (@Sendable (ElementType, Attributes) -> BlockLoop)?
  /// How the element types of operands are made to agree.
  var typing = Typing.given
  /// The loops for few fractions, if the operation works element by element on operands that agree.
  var shortLoops: ShortLoops?
  /// The fold of few elements, if the operation is one.
  var shortFold: ShortFold?
  /// How many products the operation adds up, if that is what it does.
  private(set) var multiplyAdds: (@Sendable ([Form], Attributes) -> Int)?

  init(
    _ name: String, _ document: String,
    rule: @escaping @Sendable ([Form], Attributes) throws -> Form,
    kernel: @escaping @Sendable (Problem) -> Work,
    derivative: Derivative, batching: Batching
  ) {
    self.name = name
    self.document = document
    self.rule = rule
    self.kernel = kernel
    self.derivative = derivative
    self.batching = batching
  }
}

extension Operation {
  /// The same row, which states how many products it adds up.
  func counting(_ multiplyAdds: @escaping @Sendable ([Form], Attributes) -> Int) -> Operation {
    var row = self
    row.multiplyAdds = multiplyAdds
    return row
  }
}

extension Int {
  /// The product, or the largest number if it has no room.
  package func timesSaturated(_ other: Int) -> Int {
    let (product, isTooLarge) = multipliedReportingOverflow(by: other)
    return isTooLarge ? .max : product
  }
}

/// One use of an operation: what goes in, what comes out.
struct Problem: Sendable {
  let inputs: [Form]
  let output: Form
  let attributes: Attributes
}

/// How the derivative of a loss passes back through an operation.
enum Derivative: Sendable {
  /// It does not, because the result is piecewise constant or no fraction.
  case none
  /// For each operand the gradient of the loss with respect to it, or `nil` if there is none.
  case rule(@Sendable (Linearization) throws -> [Tensor?])
}

/// A step of a trace seen by its derivative.
struct Linearization {
  let inputs: [Tensor]
  let output: Tensor
  let attributes: Attributes
  /// The gradient of the loss with respect to the output.
  let gradient: Tensor
  /// Whether the gradient with respect to each operand is wanted.
  let wanted: [Bool]
}

/// What an operation becomes when some of its operands have a leading batch axis.
enum Batching: Sendable {
  /// Itself, after operands of lower rank got axes of size 1 behind the batch axis.
  case elementwise
  /// The operation, its operands and whether each has a leading batch axis give the result with one.
  case rule(@Sendable (Operation, [Tensor], [Bool], Attributes) throws -> Tensor)
}

extension Operation {
  /// Whether a derivative passes through the operation.
  public var isDifferentiable: Bool {
    if case .rule = derivative { true } else { false }
  }

  /// The result for given operands: computed at once, or recorded if one is traced.
  public func applied(_ operands: [Tensor], _ attributes: Attributes = Attributes()) throws
    -> Tensor
  {
    let form = try rule(operands.map(\.form), attributes)
    if let trace = operands.lazy.compactMap(\.trace).max(by: { $0.serial < $1.serial }) {
      return try trace.record(self, operands, attributes, form)
    }
    return try computed(operands, attributes, form)
  }

  /// The result for operands that hold their elements.
  func computed(_ operands: [Tensor], _ attributes: Attributes, _ form: Form) throws -> Tensor {
    let problem = Problem(inputs: operands.map(\.form), output: form, attributes: attributes)
    let storages = try operands.map { try $0.storage }
    let result = try Storage(byteCount: form.byteCount)
    if form.shape.count > 0 {
      let work = kernel(problem)
      try Storage.require(work.scratch)
      let begin = Profile.isOn ? Profile.now : 0
      defer {
        if begin > 0 {
          let passed = Profile.now &- begin
          Profile.note([(name, passed)], passed: passed)
        }
      }
      Execution.run(
        work, [result.pointer] + storages.map(\.pointer),
        size: operands.reduce(form.shape.count) { Swift.max($0, $1.shape.count) })
      try work.failure?.check()
    }
    withExtendedLifetime(storages) {}
    return Tensor(form: form, content: .elements(result))
  }
}
