/// The update of the parameters as a part of a step: what it needs from the trace, and its work.
///
/// The gradient is added to those of earlier batches if the step has several, clipped, and handed to the
/// rule; what the rule gives is held to its constraint and goes into the average. A built-in rule that
/// nothing follows is one kernel for each parameter; everything else is traced and stored in one pass.
struct UpdateTrace {
  /// Further inputs of the trace, with the memory of each.
  private(set) var inputs: [(tensor: Tensor, memory: UnsafeMutableRawPointer)] = []
  /// The gradients that kernels take, by parameter.
  private(set) var slopes: [(parameter: Int, value: Tensor)] = []
  /// What is stored for each state and parameter: values, and the inputs in whose place they go.
  private(set) var stores: [[(value: Tensor, target: Int)]] = []
  private let state: TrainingState
  private let trace: Trace
  private let controls: Controls
  /// The number of the first of the further inputs.
  private let firstInput: Int

  init(_ state: TrainingState, on trace: Trace, _ controls: Controls, firstInput: Int) {
    self.state = state
    self.trace = trace
    self.controls = controls
    self.firstInput = firstInput
  }

  /// Has values stored in the place of the inputs from a number on.
  mutating func store(_ values: [Tensor], from first: Int) {
    stores += values.enumerated().map { [($1, first + $0)] }
  }

  /// Records the update, or only the sum of gradients if it is not `final`.
  mutating func record(
    _ parameters: [Tensor], _ gradients: [Tensor], final: Bool
  ) throws {
    let first = stores.count
    stores += gradients.map { _ in [] }
    let sums = try added(gradients)
    if final { try recordUpdates(parameters, state.update.clipped(sums), first) }
    guard let slot = state.update.gradientSlot else { return }
    for (number, index) in state.trainable.enumerated() {
      let rest = try final ? Tensor.zero(like: sums[number]) : sums[number]
      stores[first + number].append((rest, try memory(index, slot).number))
    }
  }

  /// The gradients with those of earlier batches of the step.
  private mutating func added(_ gradients: [Tensor]) throws -> [Tensor] {
    guard let slot = state.update.gradientSlot else { return gradients }
    let share = try input(Form(.scalar, .float32), controls.share).tensor
    return try zip(state.trainable, gradients).map { index, gradient in
      try memory(index, slot).tensor.adding(gradient.multiplying(share))
    }
  }

  private mutating func recordUpdates(
    _ parameters: [Tensor], _ gradients: [Tensor], _ first: Int
  ) throws {
    for (number, index) in state.trainable.enumerated() {
      guard !usesKernel(index) else {
        slopes.append((index, gradients[number]))
        continue
      }
      var results = try applied(index, parameters[index], gradients[number])
      results[0] = try state.settings[index].constraint?.apply(to: results[0]) ?? results[0]
      if let slot = state.update.averageSlot {
        try average(results[0], index, slot, first + number)
      }
      stores[first + number].append((results[0], index))
      for (slot, result) in results.dropFirst().enumerated() {
        stores[first + number].append((result, try memory(index, slot).number))
      }
    }
  }

  /// Whether the rule is a kernel and has the last word.
  private func usesKernel(_ parameter: Int) -> Bool {
    switch state.update.rule {
    case .custom, .adam(_, _, _, amsgrad: true): return false
    case .descent, .adam:
      return state.settings[parameter].constraint == nil && !state.update.averages
    }
  }

  /// What the rule gives: the new parameter, then what it remembers.
  private mutating func applied(
    _ index: Int, _ parameter: Tensor, _ gradient: Tensor
  ) throws -> [Tensor] {
    let group = state.group(of: index)
    let decay = state.groups[group].weightDecay
    let direction = try input(Form(.scalar, .float32), controls.direction(group)).tensor
    let factor =
      state.update.decoupled && decay != 0
      ? try input(Form(.scalar, .float32), controls.decay(group)).tensor : nil
    let remembered = try state.update.ruleSlots.indices.map { try memory(index, $0).tensor }
    let update = TracedUpdate(
      parameter: parameter, gradient: gradient, memory: remembered, direction: direction,
      decay: factor, weightDecay: decay,
      step: try input(Form(.scalar, .int64), controls.update).tensor)
    return try update.apply(state.update)
  }

  /// Moves an average towards the new parameter by a share that each step is told.
  private mutating func average(
    _ new: Tensor, _ index: Int, _ slot: Int, _ group: Int
  ) throws {
    let share = try input(Form(.scalar, .float32), controls.averaging).tensor
    let (old, target) = try memory(index, slot)
    stores[group].append((try old.adding(new.subtracting(old).multiplying(share)), target))
  }

  private mutating func memory(_ parameter: Int, _ slot: Int) throws -> (
    tensor: Tensor, number: Int
  ) {
    let form = state.update.slots[slot].form(for: state.forms[parameter])
    return try input(form, state.memoryPointer(to: parameter, slot))
  }

  /// The input that stands for a piece of memory, and its number in the trace.
  private mutating func input(
    _ form: Form, _ memory: UnsafeMutableRawPointer
  ) throws -> (tensor: Tensor, number: Int) {
    if let known = inputs.firstIndex(where: { $0.memory == memory }) {
      return (inputs[known].tensor, firstInput + known)
    }
    inputs.append((try trace.input(form), memory))
    return (inputs[inputs.count - 1].tensor, firstInput + inputs.count - 1)
  }
}

/// A rule at work on one parameter, traced.
struct TracedUpdate {
  let parameter: Tensor
  let gradient: Tensor
  let memory: [Tensor]
  /// η, with Adam's correction of the bias.
  let direction: Tensor
  /// 1 − η λ, where weight decay is decoupled.
  let decay: Tensor?
  let weightDecay: Double
  let step: Tensor

  /// The new parameter, then what is remembered.
  func apply(_ update: Update) throws -> [Tensor] {
    switch update.rule {
    case .custom(let rule):
      let before = rule.decays ? parameter : try decayed
      return try rule.apply(
        .init(
          parameter: before, gradient: gradient, memory: memory, rate: direction, step: step,
          weightDecay: weightDecay))
    case .adam(let beta1, let beta2, let epsilon, _):
      return try adam(slope(update), beta1, beta2, epsilon)
    case .descent(let momentum, let nesterov):
      return try descent(slope(update), momentum, nesterov)
    }
  }

  private var decayed: Tensor {
    get throws { try decay.map(parameter.multiplying) ?? parameter }
  }

  /// The gradient, with weight decay where it is not decoupled.
  private func slope(_ update: Update) throws -> Tensor {
    guard !update.decoupled, weightDecay != 0 else { return gradient }
    return try gradient.adding(parameter.multiplying(weightDecay))
  }

  private func adam(_ g: Tensor, _ beta1: Double, _ beta2: Double, _ epsilon: Double) throws
    -> [Tensor]
  {
    let m = try memory[0].multiplying(beta1).adding(g.multiplying(1 - beta1))
    let v = try memory[1].multiplying(beta2).adding(g.multiplying(g).multiplying(1 - beta2))
    let peak = try memory.count > 2 ? [memory[2].maximum(v)] : []
    let scale = try (peak.first ?? v).squareRoot().adding(epsilon)
    let move = try m.dividing(scale).multiplying(direction)
    return [try decayed.subtracting(move), m, v] + peak
  }

  private func descent(_ g: Tensor, _ momentum: Double, _ nesterov: Bool) throws -> [Tensor] {
    let move = try g.multiplying(direction)
    guard momentum != 0 else { return [try decayed.subtracting(move)] }
    let velocity = try memory[0].multiplying(momentum).subtracting(move)
    let way = nesterov ? try velocity.multiplying(momentum).subtracting(move) : velocity
    return [try decayed.adding(way), velocity]
  }
}

extension Tensor {
  /// Zeros that take no memory.
  fileprivate static func zero(like other: Tensor) throws -> Tensor {
    try Tensor(scalar: 0, other.elementType).broadcast(to: other.shape.sizes)
  }
}
