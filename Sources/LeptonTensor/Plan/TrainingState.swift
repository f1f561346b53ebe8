import Glibc

/// The parameters of a model in training, the states that each step carries on (running means, for
/// example), and all that the update remembers of each parameter, in one arena.
///
/// Several plans (one for full batches, one for the last, short one) share it. Each part has a name: a
/// parameter and a state its path, what is remembered of a parameter the path, a slash and the name of
/// the slot, as in `0.dense.kernel/mean`. What is frozen has no slots.
public final class TrainingState {
  /// The rule that changes the parameters.
  public let update: Update
  /// The names of all parts, in the order in which they lie in the arena.
  public let names: [String]
  /// The names of what is remembered, behind those of parameters and states.
  public var memoryNames: ArraySlice<String> { names.dropFirst(forms.count + stateForms.count) }
  let forms: [Form]
  let stateForms: [Form]
  let settings: [ParameterSettings]
  /// The parameters that change, by number.
  let trainable: [Int]
  /// The parameters that change, by what they have in common.
  let groups: [Group]
  private let parts: [Part]
  /// For each parameter its part, then those of its slots.
  private let partsOf: [[Int]]
  private let arena: Storage
  /// The bytes of all of it.
  public let byteCount: Int

  /// Parameters that share a learning rate and a weight decay.
  struct Group: Hashable {
    let rateFactor: Double
    let weightDecay: Double
  }

  private struct Part {
    let form: Form
    let offset: Int
  }

  /// Copies parameters and states into a new arena; what is remembered starts as its slot says.
  ///
  /// `names` are the paths of the parameters, then of the states; `settings` say what is done in another
  /// way to each parameter. Throws `training/type` unless parameters and states are `float32`,
  /// `memory/limit` if there is no memory.
  public init(
    parameters: [Tensor], states: [Tensor] = [], names: [String]? = nil, update: Update,
    settings: [ParameterSettings]? = nil
  ) throws {
    for tensor in parameters + states where tensor.elementType != .float32 {
      throw TensorError(
        "training/type", "parameters must be float32, not \(tensor.elementType.rawValue)")
    }
    let settings = settings ?? parameters.map { _ in ParameterSettings() }
    self.update = update
    self.settings = settings
    forms = parameters.map(\.form)
    stateForms = states.map(\.form)
    trainable = parameters.indices.filter { !settings[$0].isFrozen }
    groups = trainable.reduce(into: []) { groups, index in
      let group = Group(settings[index], update)
      if !groups.contains(group) { groups.append(group) }
    }
    let all = forms + stateForms
    var layout = Layout(names: names ?? all.indices.map { "\($0)" }, forms: all)
    for slot in update.slots { layout.add(slot, to: trainable) }
    self.names = layout.names
    parts = layout.parts.map { Part(form: $0.form, offset: $0.offset) }
    partsOf = layout.partsOf
    arena = try Storage(byteCount: layout.byteCount)
    byteCount = layout.byteCount
    memset(arena.pointer, 0, layout.byteCount)
    try restore(parameters: parameters, memory: nil, states: states)
    try copyIntoSlots(parameters)
  }

  /// The number of the group to which a parameter belongs.
  func group(of parameter: Int) -> Int {
    groups.firstIndex(of: Group(settings[parameter], update)) ?? 0
  }

  func pointer(to parameter: Int) -> UnsafeMutableRawPointer {
    arena.pointer + parts[partsOf[parameter][0]].offset
  }

  func memoryPointer(to parameter: Int, _ slot: Int) -> UnsafeMutableRawPointer {
    arena.pointer + parts[partsOf[parameter][1 + slot]].offset
  }

  func statePointer(to state: Int) -> UnsafeMutableRawPointer {
    arena.pointer + parts[forms.count + state].offset
  }

  /// Copies of the parameters as they are now, in the order given.
  public var parameters: [Tensor] {
    get throws { try forms.indices.map { try copy(partsOf[$0][0]) } }
  }

  /// Copies of the states as they are now, in the order given.
  public var states: [Tensor] {
    get throws { try stateForms.indices.map { try copy(forms.count + $0) } }
  }

  /// Copies of what the trained model gets: the parameters, or what the update keeps in their place.
  public var results: [Tensor] {
    get throws {
      try forms.indices.map { index in
        guard let slot = update.resultSlot, partsOf[index].count > 1 else {
          return try copy(partsOf[index][0])
        }
        return try copy(partsOf[index][1 + slot])
      }
    }
  }

  /// Copies of what is remembered of each parameter, slot by slot; nothing of one that is frozen.
  public var memory: [[Tensor]] {
    get throws { try partsOf.prefix(forms.count).map { try $0.dropFirst().map { try copy($0) } } }
  }

  /// Copies of all parts, as a checkpoint keeps them, in the order of ``names``.
  public var tensors: [Tensor] {
    get throws { try parts.indices.map { try copy($0) } }
  }

  /// Puts all parts back, in the order of ``names``.
  ///
  /// Throws `training/state` if forms or their number differ.
  public func restore(_ tensors: [Tensor]) throws {
    guard tensors.map(\.form) == parts.map(\.form) else { throw TrainingState.misfit }
    for (tensor, part) in zip(tensors, parts) {
      try tensor.copyElements(to: arena.pointer + part.offset)
    }
  }

  /// Puts parameters and, unless they are `nil`, memory and states back.
  ///
  /// Throws `training/state` if forms or counts differ.
  public func restore(
    parameters: [Tensor], memory: [[Tensor]]?, states: [Tensor]? = nil
  ) throws {
    let memory = memory ?? forms.map { _ in [] }
    guard parameters.map(\.form) == forms, memory.count == forms.count,
      states.map({ $0.map(\.form) == stateForms }) ?? true
    else { throw TrainingState.misfit }
    for index in forms.indices {
      let tensors = [parameters[index]] + memory[index]
      let places = partsOf[index].prefix(tensors.count)
      guard places.count == tensors.count, places.count == 1 || places == partsOf[index][...],
        zip(places, tensors).allSatisfy({ parts[$0].form == $1.form })
      else { throw TrainingState.misfit }
      for (place, tensor) in zip(places, tensors) {
        try tensor.copyElements(to: arena.pointer + parts[place].offset)
      }
    }
    try carry(states ?? [])
  }

  /// Puts what a step made of the states in their place.
  ///
  /// Throws `training/state` if forms differ.
  func carry(_ states: [Tensor]) throws {
    guard states.isEmpty || states.map(\.form) == stateForms else { throw TrainingState.misfit }
    for (index, tensor) in states.enumerated() {
      try tensor.copyElements(to: statePointer(to: index))
    }
  }

  private func copyIntoSlots(_ parameters: [Tensor]) throws {
    for (number, slot) in update.slots.enumerated() where slot.start == .parameter {
      for index in trainable {
        try parameters[index].copyElements(to: memoryPointer(to: index, number))
      }
    }
  }

  /// The error of tensors that cannot take the place of those in training.
  static var misfit: TensorError {
    TensorError("training/state", "what is restored does not fit the parameters in training")
  }

  private func copy(_ part: Int) throws -> Tensor {
    try Tensor(form: parts[part].form) { target in
      if let base = target.baseAddress {
        memcpy(base, arena.pointer + parts[part].offset, target.count)
      }
    }
  }
}

extension TrainingState.Group {
  fileprivate init(_ settings: ParameterSettings, _ update: Update) {
    rateFactor = settings.rateFactor
    weightDecay = settings.weightDecay ?? update.weightDecay
  }
}

/// The places of the parts of a state, each at a multiple of 64 bytes.
private struct Layout {
  private(set) var names: [String]
  private(set) var parts: [(form: Form, offset: Int)] = []
  private(set) var partsOf: [[Int]]
  private(set) var byteCount = 0

  /// Lays out parameters and states, one after the other.
  init(names: [String], forms: [Form]) {
    self.names = names
    partsOf = forms.indices.map { [$0] }
    for form in forms { append(form) }
  }

  /// Lays out what a slot holds of some parameters.
  mutating func add(_ slot: MemorySlot, to parameters: [Int]) {
    for parameter in parameters {
      partsOf[parameter].append(parts.count)
      names.append("\(names[parameter])/\(slot.name)")
      append(slot.form(for: parts[parameter].form))
    }
  }

  private mutating func append(_ form: Form) {
    parts.append((form, byteCount))
    byteCount += (form.byteCount + Storage.slack + 63) / 64 * 64
  }
}

extension Tensor {
  fileprivate func copyElements(to target: UnsafeMutableRawPointer) throws {
    try withUnsafeBytes { source in
      if let base = source.baseAddress { memcpy(target, base, source.count) }
    }
  }
}
