/// The steps of a graph in order, with their buffers.
struct StepList {
  private(set) var steps: [Step] = []
  var buffers: [Buffer] = []
  /// The buffer of each node.
  private(set) var bufferOf: [Int: Int] = [:]

  /// `externals` gives memory to inputs that outlive the plan.
  init(_ graph: Graph, externals: [Int: UnsafeMutableRawPointer] = [:]) {
    for (index, node) in graph.nodes.enumerated() {
      switch node.kind {
      case .removed: break
      case .alias: bufferOf[index] = bufferOf[node.inputs[0]]
      case .input(let number):
        let source = externals[number].map(Buffer.Source.external) ?? .input(number)
        bufferOf[index] = add(Buffer(source: source, byteCount: node.form.byteCount))
      case .constant(let tensor):
        bufferOf[index] = add(Buffer(source: .constant(tensor), byteCount: node.form.byteCount))
      case .operation, .program:
        bufferOf[index] = add(Buffer(source: .arena, byteCount: node.form.byteCount))
        if node.form.shape.count > 0, let (name, work) = StepList.work(of: node, in: graph) {
          let operands = node.inputs.compactMap { bufferOf[$0] }
          append(name, work, [add(to: index)] + operands)
        }
      }
    }
    for output in graph.outputs {
      if let buffer = bufferOf[output] { buffers[buffer].isOutput = true }
    }
  }

  private func add(to node: Int) -> Int { bufferOf[node] ?? 0 }

  /// Adds a buffer and gives its number.
  mutating func add(_ buffer: Buffer) -> Int {
    buffers.append(buffer)
    return buffers.count - 1
  }

  /// Adds a step; those of its buffers that it writes come first.
  mutating func append(_ name: String, _ work: Work, _ operands: [Int], writes: Int = 1) {
    steps.append(Step(name: name, work: work, buffers: operands, writes: writes))
  }

  /// Lets one buffer stand for another everywhere.
  mutating func replace(_ buffer: Int, by other: Int) {
    for index in steps.indices {
      for place in steps[index].buffers.indices where steps[index].buffers[place] == buffer {
        steps[index].buffers[place] = other
      }
    }
    for (node, own) in bufferOf where own == buffer { bufferOf[node] = other }
  }

  /// The step that writes a buffer.
  func writer(of buffer: Int) -> Step? {
    steps.first { $0.buffers.prefix($0.writes).contains(buffer) }
  }

  private static func work(of node: Graph.Node, in graph: Graph) -> (String, Work)? {
    switch node.kind {
    case .operation(let operation, let attributes):
      let problem = Problem(
        inputs: node.inputs.map { graph.nodes[$0].form }, output: node.form, attributes: attributes)
      return (operation.name, operation.kernel(problem))
    case .program(let program, let names):
      return (names.joined(separator: "+"), program.work())
    default: return nil
    }
  }
}
