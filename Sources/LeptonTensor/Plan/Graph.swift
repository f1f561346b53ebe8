/// A trace on its way to a plan: a small graph whose nodes name only earlier nodes.
struct Graph {
  /// One step.
  struct Node {
    var kind: Kind
    var inputs: [Int]
    var form: Form
  }

  /// What a step is.
  enum Kind {
    /// The input with a number.
    case input(Int)
    case constant(Tensor)
    case operation(Operation, Attributes)
    /// Element-wise operations joined into one loop.
    case program(BlockProgram, names: [String])
    /// The same elements in another shape: no work at all.
    case alias
    /// No longer needed.
    case removed
  }

  var nodes: [Node] = []
  var outputs: [Int] = []

  /// The nodes that read each node.
  var readers: [[Int]] {
    var readers = [[Int]](repeating: [], count: nodes.count)
    for (index, node) in nodes.enumerated() {
      for input in node.inputs { readers[input].append(index) }
    }
    return readers
  }
}

/// Makes a graph of a trace, step by step: finds constants, drops what does nothing, and gives
/// steps that say the same one node.
struct GraphBuilder {
  /// Constants are computed up to this many elements.
  private static let foldLimit = 1 << 16

  private struct Key: Hashable {
    let name: String
    let attributes: Attributes
    let inputs: [Int]
  }

  private(set) var graph = Graph()
  private var place: [Int: Int] = [:]
  private var known: [Key: Int] = [:]

  init(_ trace: Trace, inputs: [Tensor], outputs: [Tensor]) throws {
    for (number, input) in inputs.enumerated() {
      let index = try trace.index(of: input)
      place[index] = append(.input(number), [], input.form)
    }
    let results = try outputs.map(trace.index)
    let nodes = trace.nodes.withLock { $0 }
    for index in GraphBuilder.needed(nodes, results, place) {
      place[index] = try translate(nodes[index])
    }
    graph.outputs = results.compactMap { place[$0] }
    for index in graph.unneeded() { graph.nodes[index].remove() }
  }

  /// The steps on which results depend, in order, without the inputs.
  private static func needed(_ nodes: [Trace.Node], _ results: [Int], _ given: [Int: Int]) -> [Int]
  {
    var needed = Set<Int>()
    var open = results
    while let index = open.popLast() {
      if given[index] == nil && needed.insert(index).inserted { open += nodes[index].inputs }
    }
    return needed.sorted()
  }

  private mutating func append(_ kind: Graph.Kind, _ inputs: [Int], _ form: Form) -> Int {
    graph.nodes.append(Graph.Node(kind: kind, inputs: inputs, form: form))
    return graph.nodes.count - 1
  }

  private mutating func translate(_ node: Trace.Node) throws -> Int {
    switch node.kind {
    case .input:
      throw TensorError("trace/input", "an output needs an input that the plan is not given")
    case .constant:
      guard let value = node.value, !value.isTraced else {
        throw TensorError("trace/foreign", "a plan cannot use tensors of another trace")
      }
      return append(.constant(value), [], node.form)
    case .operation(let operation, let attributes):
      return try simplified(operation, attributes, node.inputs.compactMap { place[$0] }, node.form)
    }
  }

  private mutating func simplified(
    _ operation: Operation, _ attributes: Attributes, _ inputs: [Int], _ form: Form
  ) throws -> Int {
    if let same = unchanged(operation, inputs, form) { return same }
    let (operation, attributes, inputs) = try withFlags(operation, attributes, inputs)
    let key = Key(name: operation.name, attributes: attributes, inputs: inputs)
    if let index = known[key] { return index }
    let values = inputs.compactMap(constant)
    let index: Int
    if values.count == inputs.count && !inputs.isEmpty && form.shape.count <= GraphBuilder.foldLimit
    {
      index = append(.constant(try operation.applied(values, attributes)), [], form)
    } else if operation.name == Operation.reshape.name {
      index = append(.alias, inputs, form)
    } else {
      index = append(.operation(operation, attributes), inputs, form)
    }
    known[key] = index
    return index
  }

  /// The operand that the operation would only repeat.
  private func unchanged(_ operation: Operation, _ inputs: [Int], _ form: Form) -> Int? {
    func isSame(_ index: Int) -> Bool { graph.nodes[index].form == form }
    switch operation.name {
    case "identity", "stop", "reshape", "cast", "broadcast":
      return operation.name == "reshape" || operation.name == "cast"
        || operation.name == "broadcast"
        ? (isSame(inputs[0]) ? inputs[0] : nil) : inputs[0]
    case "multiply":
      if isSame(inputs[0]) && isAll(inputs[1], 1) { return inputs[0] }
      return isSame(inputs[1]) && isAll(inputs[0], 1) ? inputs[1] : nil
    case "divide": return isSame(inputs[0]) && isAll(inputs[1], 1) ? inputs[0] : nil
    default: return nil
    }
  }

  private func constant(_ index: Int) -> Tensor? {
    if case .constant(let value) = graph.nodes[index].kind { value } else { nil }
  }

  private func isAll(_ index: Int, _ number: Double) -> Bool {
    guard let value = constant(index), value.shape.count > 0, value.shape.count <= 4096 else {
      return false
    }
    return (try? value.elements(as: Double.self).allSatisfy { $0 == number }) ?? false
  }

  /// A matrix product with the transpositions of its operands as flags.
  private func withFlags(
    _ operation: Operation, _ attributes: Attributes, _ inputs: [Int]
  ) throws -> (Operation, Attributes, [Int]) {
    guard operation.name == Operation.matmul.name else { return (operation, attributes, inputs) }
    let flags = ProductFlags(attributes)
    let (a, turnsA) = untransposed(inputs[0])
    let (b, turnsB) = untransposed(inputs[1])
    let turned = ProductFlags(a: flags.a != turnsA, b: flags.b != turnsB)
    return (operation, turned.attributes, [a, b])
  }

  private func untransposed(_ index: Int) -> (Int, Bool) {
    let node = graph.nodes[index]
    guard case .operation(let operation, let attributes) = node.kind,
      operation.name == Operation.transpose.name
    else { return (index, false) }
    var swapped = Array(0..<attributes.axes.count)
    guard swapped.count >= 2 else { return (index, false) }
    swapped.swapAt(swapped.count - 1, swapped.count - 2)
    return attributes.axes == swapped ? (node.inputs[0], true) : (index, false)
  }
}

extension Graph.Node {
  mutating func remove() {
    kind = .removed
    inputs = []
  }
}

extension Graph {
  /// The nodes on which no output depends, except inputs.
  func unneeded() -> [Int] {
    var needed = [Bool](repeating: false, count: nodes.count)
    for output in outputs { needed[output] = true }
    for index in nodes.indices.reversed() where needed[index] {
      for input in nodes[index].inputs { needed[input] = true }
    }
    return nodes.indices.filter { index in
      if case .input = nodes[index].kind { false } else { !needed[index] }
    }
  }
}
