/// Applies a function of single examples to whole batches at once.
///
/// `batched` says which inputs have a batch axis (axis 0); the function sees them without it, and
/// what it returns gets one. Instead of a loop, each operation that the function uses is replaced by
/// what its row states for batches. Throws `shape/batch` if batches differ or there is none, and
/// `trace/read` if the function asked for the value of an example, even if it caught the error.
public func mapped(
  _ inputs: [Tensor], batched: [Bool], _ body: ([Tensor]) throws -> [Tensor]
) throws -> [Tensor] {
  let sizes = zip(inputs, batched).filter(\.1).map { $0.0.shape.sizes.first }
  guard let size = sizes.first ?? nil, sizes.allSatisfy({ $0 == size }) else {
    throw TensorError(
      "shape/batch", "a map needs operands with leading axes of one size", help: [])
  }
  let trace = Trace()
  let examples = try zip(inputs, batched).map { input, isBatched in
    let sizes = isBatched ? Array(input.shape.sizes.dropFirst()) : input.shape.sizes
    return try trace.input(Form(Shape(sizes), input.elementType))
  }
  let outputs = try body(examples).map(trace.index)
  guard !trace.wasRead else {
    throw TensorError("trace/read", "a function over a batch asked for the value of an example")
  }
  var walk = BatchWalk(trace: trace, inputs: Array(zip(inputs, batched)))
  return try outputs.map { output in
    let (value, isBatched) = try walk.value(upTo: output)
    return isBatched ? value : try value.repeated(size)
  }
}

/// The replay of a trace in which some inputs have a batch axis.
private struct BatchWalk {
  let trace: Trace
  let inputs: [(Tensor, Bool)]
  private var values: [(Tensor, Bool)] = []
  private var inputsSeen = 0

  init(trace: Trace, inputs: [(Tensor, Bool)]) {
    self.trace = trace
    self.inputs = inputs
  }

  mutating func value(upTo index: Int) throws -> (Tensor, Bool) {
    while values.count <= index { values.append(try value(of: trace[values.count])) }
    return values[index]
  }

  private mutating func value(of node: Trace.Node) throws -> (Tensor, Bool) {
    switch node.kind {
    case .input:
      inputsSeen += 1
      return inputs[inputsSeen - 1]
    case .constant:
      guard let value = node.value else { throw TensorError("trace/read", "a constant is unknown") }
      return (value, false)
    case .operation(let operation, let attributes):
      let operands = node.inputs.map { values[$0].0 }
      let batched = node.inputs.map { values[$0].1 }
      guard batched.contains(true) else {
        return (try operation.applied(operands, attributes), false)
      }
      return (try operation.batched(operands, batched, attributes), true)
    }
  }
}

extension Operation {
  /// The result for operands of which some have a leading batch axis; it has one too.
  func batched(_ operands: [Tensor], _ batched: [Bool], _ attributes: Attributes) throws -> Tensor {
    if case .rule(let rule) = batching { return try rule(self, operands, batched, attributes) }
    let rank = zip(operands, batched).map { $0.shape.rank - ($1 ? 1 : 0) }.max() ?? 0
    return try applied(
      zip(operands, batched).map { try $1 ? $0.withInnerRank(rank) : $0 }, attributes)
  }
}

extension Tensor {
  /// The tensor with axes of size 1 put behind its batch axis, so that `rank` axes follow it.
  func withInnerRank(_ rank: Int) throws -> Tensor {
    let fill = Array(repeating: 1, count: Swift.max(rank + 1 - shape.rank, 0))
    return try reshaped(to: [shape[0]] + fill + shape.sizes.dropFirst())
  }
}
