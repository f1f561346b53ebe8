/// Joins what a step of training stores at its end into passes that write over what they read.
///
/// The new parameter, what is remembered of it and its average are chains of element-wise operations
/// over the same operands. All of them together become one loop with several results, each of which
/// goes into its place as soon as nobody reads what stands there.
struct StoreFusion {
  /// A value and the input in whose place it is put.
  struct Store {
    let value: Int
    let target: Int
  }

  /// A loop that stores values of one shape.
  struct Pass {
    let program: BlockProgram
    let names: [String]
    /// The nodes that it reads.
    let operands: [Int]
    /// The inputs that it writes.
    let targets: [Int]
  }

  private var graph: Graph
  private let readers: [[Int]]
  /// Nodes that somebody else wants.
  private let kept: Set<Int>

  /// Takes the loops out of a graph; each of the `groups` becomes one pass for each shape in it.
  ///
  /// The graph's outputs become `kept` and what the passes read.
  static func apply(to graph: inout Graph, groups: [[Store]], kept: [Int]) -> [Pass] {
    var fusion = StoreFusion(graph, kept: Set(kept), groups)
    let passes = groups.flatMap { fusion.passes(of: $0) }
    graph = fusion.graph
    graph.outputs = kept + passes.flatMap(\.operands)
    return passes
  }

  private init(_ graph: Graph, kept: Set<Int>, _ groups: [[Store]]) {
    self.graph = graph
    readers = graph.readers
    // What two groups store belongs to neither.
    var counts: [Int: Int] = [:]
    for group in groups { for value in Set(group.map(\.value)) { counts[value, default: 0] += 1 } }
    self.kept = kept.union(counts.filter { $0.value > 1 }.keys)
  }

  private mutating func passes(of group: [Store]) -> [Pass] {
    // What stays as it is has nothing to store.
    let group = group.filter { $0.value != $0.target }
    let shapes = group.reduce(into: [Shape]()) { shapes, store in
      let shape = graph.nodes[store.target].form.shape
      if shape.count > 0, !shapes.contains(shape) { shapes.append(shape) }
    }
    return shapes.map { shape in
      pass(of: group.filter { graph.nodes[$0.target].form.shape == shape }, shape)
    }
  }

  private mutating func pass(of stores: [Store], _ shape: Shape) -> Pass {
    let members = members(of: stores, shape)
    var builder = PassBuilder(graph: graph, members: members, readers: readers, stores: stores)
    let pass = builder.build()
    for member in members { graph.nodes[member].remove() }
    return pass
  }

  /// The element-wise nodes of a shape that only the stored values need.
  private func members(of stores: [Store], _ shape: Shape) -> Set<Int> {
    let values = Set(stores.map(\.value))
    var members: Set<Int> = []
    for index in (0...(values.max() ?? 0)).reversed()
    where graph.isElementwise(index) && graph.nodes[index].form.shape == shape
      && !kept.contains(index)
    {
      let isWanted = values.contains(index) || !readers[index].isEmpty
      if isWanted && readers[index].allSatisfy(members.contains) { members.insert(index) }
    }
    return members
  }
}

extension Graph {
  /// Whether a node repeats its operand to a shape.
  func isBroadcast(_ index: Int) -> Bool {
    guard case .operation(let operation, _) = nodes[index].kind else { return false }
    return operation.name == Operation.broadcast.name
  }

  /// Whether a node computes each element of its result from elements of its operands.
  func isElementwise(_ index: Int) -> Bool {
    guard case .operation(let operation, _) = nodes[index].kind else { return false }
    return operation.blockLoop != nil || operation.name == Operation.broadcast.name
  }

  /// The name of an element-wise node and its loop; a broadcast copies.
  func loop(of index: Int) -> (name: String, loop: BlockLoop)? {
    guard case .operation(let operation, let attributes) = nodes[index].kind else { return nil }
    let row = operation.name == Operation.broadcast.name ? Operation.identity : operation
    let last = nodes[index].inputs.last ?? index
    return row.blockLoop.map { (row.name, $0(nodes[last].form.elementType, attributes)) }
  }
}

/// Gives the nodes of a pass their instructions and registers.
private struct PassBuilder {
  let graph: Graph
  let members: Set<Int>
  let readers: [[Int]]
  let stores: [StoreFusion.Store]
  private var places = LoopPlaces()
  private var instructions: [BlockProgram.Instruction] = []
  private var names: [String] = []
  /// For each register the last node that reads it.
  private var busyUntil: [Int] = []

  init(graph: Graph, members: Set<Int>, readers: [[Int]], stores: [StoreFusion.Store]) {
    self.graph = graph
    self.members = members
    self.readers = readers
    self.stores = stores
  }

  mutating func build() -> StoreFusion.Pass {
    saveTargets()
    for index in members.sorted() { add(index) }
    for (number, store) in stores.enumerated() { deliver(store.value, to: number) }
    let program = BlockProgram(
      operands: places.operands.map { graph.nodes[$0].form },
      outputs: stores.map { graph.nodes[$0.target].form }, instructions: instructions,
      registers: busyUntil.count)
    return .init(
      program: program, names: names, operands: places.operands, targets: stores.map(\.target))
  }

  /// Copies what is both stored as it is and written over.
  private mutating func saveTargets() {
    let targets = Set(stores.map(\.target))
    for value in Set(stores.map(\.value)).intersection(targets).sorted() {
      copy(from: places.find(value), to: .register(newRegister(at: -1, until: .max)), of: value)
    }
  }

  private mutating func add(_ index: Int) {
    let sources = graph.nodes[index].inputs.map { places.find($0) }
    if graph.isBroadcast(index) && !stores.contains(where: { $0.value == index }) {
      return places.put(index, at: sources[0])
    }
    guard let (name, loop) = graph.loop(of: index) else { return }
    let target = target(of: index)
    names.append(name)
    instructions.append(.init(loop: loop, target: target, sources: sources))
    places.put(index, at: target)
  }

  /// Where the result of a node goes: to its output, if no later node reads what stands there.
  private mutating func target(of index: Int) -> BlockProgram.Place {
    let own = stores.firstIndex { $0.value == index }
    if let own, lastReader(of: stores[own].target) <= index { return .output(own) }
    return .register(newRegister(at: index, until: own == nil ? lastReader(of: index) : .max))
  }

  /// Sees to it that a value ends up in its output.
  private mutating func deliver(_ value: Int, to number: Int) {
    let source = places.find(value)
    if source != .output(number) { copy(from: source, to: .output(number), of: value) }
  }

  private mutating func copy(
    from source: BlockProgram.Place, to target: BlockProgram.Place, of node: Int
  ) {
    let type = graph.nodes[node].form.elementType
    guard let loop = Operation.identity.blockLoop?(type, Attributes()) else { return }
    instructions.append(.init(loop: loop, target: target, sources: [source]))
    if case .register = target { places.put(node, at: target) }
  }

  private mutating func newRegister(at index: Int, until last: Int) -> Int {
    if let free = busyUntil.firstIndex(where: { $0 < index }) {
      busyUntil[free] = last
      return free
    }
    busyUntil.append(last)
    return busyUntil.count - 1
  }

  /// The last member that reads a node, directly or through broadcasts; −1 if none does.
  private func lastReader(of index: Int) -> Int {
    readers[index].filter(members.contains).map { reader in
      graph.isBroadcast(reader) ? max(reader, lastReader(of: reader)) : reader
    }.max() ?? -1
  }
}
