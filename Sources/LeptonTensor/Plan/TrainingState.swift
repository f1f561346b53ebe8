import Glibc

/// The parameters of a model in training and what the update rule remembers of each, in one arena.
///
/// Several plans (one for full batches, one for the last, short one) share a state.
public final class TrainingState {
  /// The rule that changes the parameters.
  public let update: Update
  let forms: [Form]
  let decayed: [Bool]
  private let offsets: [Int]
  private let total: Int
  private let arena: Storage

  /// Copies parameters into a new arena; what the rule remembers starts at 0.
  ///
  /// `decayed` says to which parameters weight decay applies (by default to all). Throws
  /// `training/type` unless the parameters are `float32`, `memory/limit` if there is no memory.
  public init(parameters: [Tensor], update: Update, decayed: [Bool]? = nil) throws {
    for parameter in parameters where parameter.elementType != .float32 {
      throw TensorError(
        "training/type", "parameters must be float32, not \(parameter.elementType.rawValue)")
    }
    self.update = update
    forms = parameters.map(\.form)
    self.decayed = decayed ?? Array(repeating: true, count: parameters.count)
    var offsets: [Int] = []
    var end = 0
    for form in forms {
      offsets.append(end)
      end += (form.byteCount + Storage.slack + 63) / 64 * 64
    }
    self.offsets = offsets
    total = end
    arena = try Storage(byteCount: end * (1 + update.memoryCount))
    memset(arena.pointer, 0, end * (1 + update.memoryCount))
    try restore(parameters: parameters, memory: nil)
  }

  func pointer(to parameter: Int) -> UnsafeMutableRawPointer { arena.pointer + offsets[parameter] }

  func memoryPointer(to parameter: Int, _ number: Int) -> UnsafeMutableRawPointer {
    arena.pointer + (1 + number) * total + offsets[parameter]
  }

  /// Copies of the parameters as they are now, in the order given.
  public var parameters: [Tensor] {
    get throws { try forms.indices.map { try copy(forms[$0], pointer(to: $0)) } }
  }

  /// Copies of what the rule remembers: for each parameter as many tensors as the rule needs.
  public var memory: [[Tensor]] {
    get throws {
      try forms.indices.map { index in
        try (0..<update.memoryCount).map { try copy(forms[index], memoryPointer(to: index, $0)) }
      }
    }
  }

  /// Puts parameters and, unless it is `nil`, memory back, as a checkpoint has them.
  ///
  /// Throws `training/state` if forms or counts differ.
  public func restore(parameters: [Tensor], memory: [[Tensor]]?) throws {
    guard parameters.map(\.form) == forms else { throw misfit }
    if let memory {
      guard memory.count == forms.count,
        zip(memory, forms).allSatisfy({ tensors, form in
          tensors.count == update.memoryCount && tensors.allSatisfy { $0.form == form }
        })
      else { throw misfit }
    }
    for index in forms.indices {
      try parameters[index].copyElements(to: pointer(to: index))
      for (number, tensor) in (memory?[index] ?? []).enumerated() {
        try tensor.copyElements(to: memoryPointer(to: index, number))
      }
    }
  }

  private var misfit: TensorError {
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
