import Glibc

/// The parameters of a model in training, what the update rule remembers of each, and the states that
/// each step carries on (running means, for example), in one arena.
///
/// Several plans (one for full batches, one for the last, short one) share it.
public final class TrainingState {
  /// The rule that changes the parameters.
  public let update: Update
  let forms: [Form]
  let stateForms: [Form]
  let decayed: [Bool]
  private let offsets: [Int]
  private let stateOffsets: [Int]
  private let total: Int
  private let arena: Storage
  /// The bytes of all of it.
  public let byteCount: Int

  /// Copies parameters and states into a new arena; what the rule remembers starts at 0.
  ///
  /// `decayed` says to which parameters weight decay applies (by default to all). Throws
  /// `training/type` unless parameters and states are `float32`, `memory/limit` if there is no memory.
  public init(
    parameters: [Tensor], states: [Tensor] = [], update: Update, decayed: [Bool]? = nil
  ) throws {
    for tensor in parameters + states where tensor.elementType != .float32 {
      throw TensorError(
        "training/type", "parameters must be float32, not \(tensor.elementType.rawValue)")
    }
    self.update = update
    forms = parameters.map(\.form)
    stateForms = states.map(\.form)
    self.decayed = decayed ?? Array(repeating: true, count: parameters.count)
    (offsets, total) = TrainingState.places(of: forms, from: 0)
    let end: Int
    (stateOffsets, end) = TrainingState.places(
      of: stateForms, from: total * (1 + update.memoryCount))
    arena = try Storage(byteCount: end)
    byteCount = end
    memset(arena.pointer, 0, end)
    try restore(parameters: parameters, memory: nil, states: states)
  }

  /// The places of tensors one after the other, and the end of the last one.
  private static func places(of forms: [Form], from start: Int) -> (offsets: [Int], end: Int) {
    var end = start
    let offsets = forms.map { form in
      defer { end += (form.byteCount + Storage.slack + 63) / 64 * 64 }
      return end
    }
    return (offsets, end)
  }

  func pointer(to parameter: Int) -> UnsafeMutableRawPointer { arena.pointer + offsets[parameter] }

  func memoryPointer(to parameter: Int, _ number: Int) -> UnsafeMutableRawPointer {
    arena.pointer + (1 + number) * total + offsets[parameter]
  }

  func statePointer(to state: Int) -> UnsafeMutableRawPointer {
    arena.pointer + stateOffsets[state]
  }

  /// Copies of the parameters as they are now, in the order given.
  public var parameters: [Tensor] {
    get throws { try forms.indices.map { try copy(forms[$0], pointer(to: $0)) } }
  }

  /// Copies of the states as they are now, in the order given.
  public var states: [Tensor] {
    get throws { try stateForms.indices.map { try copy(stateForms[$0], statePointer(to: $0)) } }
  }

  /// Copies of what the rule remembers: for each parameter as many tensors as the rule needs.
  public var memory: [[Tensor]] {
    get throws {
      try forms.indices.map { index in
        try (0..<update.memoryCount).map { try copy(forms[index], memoryPointer(to: index, $0)) }
      }
    }
  }

  /// Puts parameters and, unless they are `nil`, memory and states back, as a checkpoint has them.
  ///
  /// Throws `training/state` if forms or counts differ.
  public func restore(
    parameters: [Tensor], memory: [[Tensor]]?, states: [Tensor]? = nil
  ) throws {
    guard parameters.map(\.form) == forms, states.map({ $0.map(\.form) == stateForms }) ?? true
    else { throw TrainingState.misfit }
    if let memory {
      guard memory.count == forms.count,
        zip(memory, forms).allSatisfy({ tensors, form in
          tensors.count == update.memoryCount && tensors.allSatisfy { $0.form == form }
        })
      else { throw TrainingState.misfit }
    }
    for index in forms.indices {
      try parameters[index].copyElements(to: pointer(to: index))
      for (number, tensor) in (memory?[index] ?? []).enumerated() {
        try tensor.copyElements(to: memoryPointer(to: index, number))
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

  /// The error of tensors that cannot take the place of those in training.
  static var misfit: TensorError {
    TensorError("training/state", "what is restored does not fit the parameters in training")
  }

  private func copy(_ form: Form, _ source: UnsafeMutableRawPointer) throws -> Tensor {
    try Tensor(form: form) { target in
      if let base = target.baseAddress { memcpy(base, source, target.count) }
    }
  }
}

extension Tensor {
  fileprivate func copyElements(to target: UnsafeMutableRawPointer) throws {
    try withUnsafeBytes { source in
      if let base = source.baseAddress { memcpy(target, base, source.count) }
    }
  }
}

extension Update {
  /// Gradients scaled down to the norm that the rule allows.
  func clipped(_ slopes: [Tensor]) throws -> [Tensor] {
    guard let limit = clipNorm, let first = slopes.first else { return slopes }
    let zero = try Tensor(scalar: 0, first.elementType)
    let squares = try slopes.reduce(zero) { try $0.adding($1.multiplying($1).sum()) }
    let scale = try Tensor.quotient(limit, squares.squareRoot().maximum(limit))
    return try slopes.map { try $0.multiplying(scale) }
  }
}
