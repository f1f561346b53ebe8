import Glibc

/// The steps of a plan that change the parameters.
struct UpdateSteps {
  private let state: TrainingState
  private let controls: Controls
  /// The gradients that kernels take, by parameter.
  private let slopes: [(parameter: Int, node: Int)]
  private let passes: [StoreFusion.Pass]
  /// The nodes that are wanted after the step.
  private let wanted: Set<Int>

  /// Takes the update out of a graph, whose outputs become the rest of it.
  ///
  /// The graph's outputs are the kernels' gradients, the values to store, and what else is wanted.
  init(_ update: UpdateTrace, of graph: inout Graph, _ state: TrainingState, _ controls: Controls) {
    let count = update.slopes.count
    var values = graph.outputs.dropFirst(count)
    let groups = update.stores.map { stores in
      let group = zip(values, stores).map { StoreFusion.Store(value: $0, target: $1.target) }
      values = values.dropFirst(stores.count)
      return group
    }
    self.state = state
    self.controls = controls
    slopes = zip(update.slopes, graph.outputs).map { ($0.parameter, $1) }
    wanted = Set(values)
    passes = StoreFusion.apply(
      to: &graph, groups: groups, kept: Array(graph.outputs[..<count]) + values)
  }

  /// Adds the steps.
  func add(to list: inout StepList) {
    let copies = copies(in: &list)
    for (parameter, node) in slopes { addKernel(parameter, node, to: &list) }
    for pass in passes { addPass(pass, copies, to: &list) }
  }

  /// Copies of what a pass reads and another, which comes before it, writes over.
  private func copies(in list: inout StepList) -> [Int: Int] {
    var written = Set(slopes.map(\.parameter))
    var copies: [Int: Int] = [:]
    for pass in passes {
      for node in pass.operands where written.contains(node) && copies[node] == nil {
        copies[node] = list.bufferOf[node].map { list.addCopy(of: $0) }
      }
      written.formUnion(pass.targets)
    }
    return copies
  }

  private func addKernel(_ parameter: Int, _ node: Int, to list: inout StepList) {
    let form = state.forms[parameter]
    guard form.shape.count > 0, let slope = list.bufferOf[node], let own = list.bufferOf[parameter]
    else { return }
    let memory = state.update.ruleSlots.indices.map {
      list.add(
        Buffer(
          source: .external(state.memoryPointer(to: parameter, $0)), byteCount: form.byteCount))
    }
    let group = state.group(of: parameter)
    let factors = list.add(Buffer(source: .external(controls.direction(group)), byteCount: 8))
    let kernel = UpdateKernel(state.update, weightDecay: state.groups[group].weightDecay)
    let tile = list.tile(of: slope) ?? form.shape.count
    let work = kernel.work(count: form.shape.count, tile: tile)
    list.append("update", work, [own] + memory + [slope, factors], writes: 1 + memory.count)
    release(node, in: &list)
  }

  private func addPass(_ pass: StoreFusion.Pass, _ copies: [Int: Int], to list: inout StepList) {
    let count = pass.program.outputs.first?.shape.count ?? 0
    let buffers =
      pass.targets.compactMap { list.bufferOf[$0] }
      + pass.operands.compactMap { copies[$0] ?? list.bufferOf[$0] }
    let tiles = pass.operands.lazy.compactMap { [list] node -> Int? in
      guard let buffer = list.bufferOf[node], list.buffers[buffer].byteCount == count * 4 else {
        return nil
      }
      return list.tile(of: buffer)
    }
    let work = pass.program.work(tile: tiles.first ?? (count > 1 << 14 ? 1 << 13 : count))
    let name = (["update"] + pass.names).joined(separator: "+")
    list.append(name, work, buffers, writes: pass.targets.count)
    for node in pass.operands { release(node, in: &list) }
  }

  /// Lets the memory of a node be used again once the update has read it.
  private func release(_ node: Int, in list: inout StepList) {
    if let buffer = list.bufferOf[node], !wanted.contains(node) {
      list.buffers[buffer].isOutput = false
    }
  }
}

extension StepList {
  /// Adds a step that copies a buffer, and gives the number of the copy.
  fileprivate mutating func addCopy(of buffer: Int) -> Int {
    let bytes = buffers[buffer].byteCount
    let copy = add(Buffer(source: .arena, byteCount: bytes))
    let work = Work(accesses: [.whole, .whole]) { memory, _ in
      memcpy(memory.output, memory.input(0), bytes)
    }
    append("save", work, [copy, buffer])
    return copy
  }

  /// How many elements of four bytes a tile of the step that writes a buffer makes, if it has several.
  fileprivate func tile(of buffer: Int) -> Int? {
    guard let writer = writer(of: buffer), case .tiled(let bytes) = writer.access(0),
      writer.work.tiles > 1
    else { return nil }
    return bytes / 4
  }
}
