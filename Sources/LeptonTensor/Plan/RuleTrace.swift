/// The update of the parameters as a part of a step: what it needs from the trace, and its work.
///
/// A built-in rule takes the gradients and is one kernel for each parameter. A rule of one's own is
/// traced like the model; its results are stored when all that reads the old ones is done.
struct RuleTrace {
  /// Further inputs of the trace.
  private(set) var inputs: [Tensor] = []
  /// What the trace has to compute for the update.
  let outputs: [Tensor]
  private let state: TrainingState
  /// The number of the first of the further inputs.
  private let firstInput: Int

  init(
    _ state: TrainingState, on trace: Trace, _ parameters: [Tensor], _ slopes: [Tensor],
    step: Tensor, firstInput: Int
  ) throws {
    self.state = state
    self.firstInput = firstInput
    guard case .custom(let rule) = state.update.rule else {
      outputs = slopes
      return
    }
    let rate = try trace.input(Form(.scalar, .float32))
    inputs.append(rate)
    var outputs: [Tensor] = []
    for (parameter, gradient) in zip(parameters, slopes) {
      let memory = try (0..<rule.memoryCount).map { _ in try trace.input(parameter.form) }
      inputs += memory
      outputs += try rule.apply(
        .init(parameter: parameter, gradient: gradient, memory: memory, rate: rate, step: step))
    }
    self.outputs = outputs
  }

  private var isCustom: Bool { !inputs.isEmpty }

  /// Where the further inputs lie, in order.
  func pointers(_ factors: UnsafeMutableRawPointer) -> [UnsafeMutableRawPointer] {
    guard isCustom else { return [] }
    return [factors]
      + state.forms.indices.flatMap { index in
        (0..<state.update.memoryCount).map { state.memoryPointer(to: index, $0) }
      }
  }

  /// Adds the steps that change the parameters.
  func addUpdates(
    to list: inout StepList, _ graph: Graph, factors: UnsafeMutableRawPointer
  ) {
    if isCustom { return addStores(to: &list, graph) }
    let factors = list.add(Buffer(source: .external(factors), byteCount: 8))
    for index in state.forms.indices where state.forms[index].shape.count > 0 {
      guard let slope = list.bufferOf[graph.outputs[index]], let own = list.bufferOf[index] else {
        continue
      }
      let memory = (0..<state.update.memoryCount).map {
        list.add(
          Buffer(
            source: .external(state.memoryPointer(to: index, $0)),
            byteCount: state.forms[index].byteCount))
      }
      list.buffers[slope].isOutput = false
      let count = state.forms[index].shape.count
      let work = UpdateKernel(state.update, isDecayed: state.decayed[index])
        .work(count: count, tile: list.tile(of: slope, count: count))
      list.append("update", work, [own] + memory + [slope, factors], writes: 1 + memory.count)
    }
  }

  /// Adds the steps that put what a rule of one's own gives in the place of what was.
  private func addStores(to list: inout StepList, _ graph: Graph) {
    let targets = state.forms.indices.flatMap { index in
      [index] + (0..<state.update.memoryCount).map { memoryInput(of: index, $0) }
    }
    let stores = list.stores(zip(graph.outputs, targets).map { (value: $0, target: $1) })
    for store in stores { list.buffers[store.value].isOutput = false }
    list.append(stores)
  }

  private func memoryInput(of parameter: Int, _ number: Int) -> Int {
    firstInput + 1 + parameter * state.update.memoryCount + number
  }
}

extension StepList {
  /// How many elements of a buffer of `float32` a tile of the step that writes it makes.
  fileprivate func tile(of buffer: Int, count: Int) -> Int {
    guard let writer = writer(of: buffer), case .tiled(let bytes) = writer.access(0),
      writer.work.tiles > 1
    else { return count }
    return bytes / 4
  }
}
