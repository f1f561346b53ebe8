/// Joins chains of element-wise operations into single loops.
///
/// An operation joins the loop of those that read it if all of them are in that loop and the
/// results have one shape; broadcasts join as a way of reading.
struct Fusion {
  /// The most operands and instructions of one loop, so that its blocks stay in the cache.
  private static let operandLimit = 8
  private static let instructionLimit = 24

  private var graph: Graph
  private let readers: [[Int]]
  private let outputs: Set<Int>

  static func apply(to graph: Graph) -> Graph {
    var fusion = Fusion(graph)
    fusion.run()
    return fusion.graph
  }

  private init(_ graph: Graph) {
    self.graph = graph
    readers = graph.readers
    outputs = Set(graph.outputs)
  }

  private mutating func run() {
    for index in graph.nodes.indices.reversed() where graph.isElementwise(index) {
      let group = group(endingAt: index)
      let program = program(of: group, endingAt: index)
      graph.nodes[index].kind = .program(program.0, names: program.names)
      graph.nodes[index].inputs = program.inputs
      for member in group where member != index { graph.nodes[member].remove() }
    }
  }

  /// The members of a loop, in order.
  private func group(endingAt end: Int) -> [Int] {
    var members: Set<Int> = [end]
    var inputs = Set(graph.nodes[end].inputs)
    var index = end - 1
    while index >= 0 {
      defer { index -= 1 }
      guard inputs.contains(index), graph.isElementwise(index), !outputs.contains(index),
        graph.nodes[index].form.shape == graph.nodes[end].form.shape,
        readers[index].allSatisfy(members.contains)
      else { continue }
      let next = inputs.subtracting([index]).union(graph.nodes[index].inputs)
      guard next.count <= Fusion.operandLimit, members.count < Fusion.instructionLimit else {
        continue
      }
      members.insert(index)
      inputs = next
    }
    return members.sorted()
  }

  private func program(
    of group: [Int], endingAt end: Int
  ) -> (BlockProgram, inputs: [Int], names: [String]) {
    var builder = ProgramBuilder(graph: graph, members: Set(group), readers: readers)
    for index in group { builder.add(index, isLast: index == end) }
    let program = BlockProgram(
      operands: builder.places.operands.map { graph.nodes[$0].form },
      outputs: [graph.nodes[end].form],
      instructions: builder.instructions, registers: builder.registers)
    return (program, builder.places.operands, builder.names)
  }
}

/// Gives the members of a loop their instructions and registers.
private struct ProgramBuilder {
  let graph: Graph
  let members: Set<Int>
  let readers: [[Int]]
  private(set) var places = LoopPlaces()
  var instructions: [BlockProgram.Instruction] = []
  var names: [String] = []
  var registers = 0

  init(graph: Graph, members: Set<Int>, readers: [[Int]]) {
    self.graph = graph
    self.members = members
    self.readers = readers
  }

  mutating func add(_ index: Int, isLast: Bool) {
    let sources = graph.nodes[index].inputs.map { places.find($0) }
    if graph.isBroadcast(index) && !isLast { return places.put(index, at: sources[0]) }
    guard let (name, loop) = graph.loop(of: index) else { return }
    let target = isLast ? BlockProgram.Place.output(0) : .register(newRegister(after: index))
    names.append(name)
    instructions.append(
      BlockProgram.Instruction(loop: loop, target: target, sources: sources))
    places.put(index, at: target)
  }

  /// A register that no later member reads.
  private mutating func newRegister(after index: Int) -> Int {
    let live = Set(
      places.all.compactMap { member, place -> Int? in
        guard case .register(let register) = place else { return nil }
        return isRead(member, from: index) ? register : nil
      })
    if let register = (0..<registers).first(where: { !live.contains($0) }) { return register }
    registers += 1
    return registers - 1
  }

  /// Whether a member is still read by a member that comes no earlier than `index`, directly or
  /// through broadcasts.
  private func isRead(_ member: Int, from index: Int) -> Bool {
    readers[member].contains { reader in
      guard members.contains(reader) else { return false }
      return reader >= index || graph.isBroadcast(reader) && isRead(reader, from: index)
    }
  }
}
