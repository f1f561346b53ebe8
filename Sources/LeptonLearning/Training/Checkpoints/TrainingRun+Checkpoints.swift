import LeptonTensor

// Leaving checkpoints, and going on from one.
extension TrainingRun {
  /// Whether so many steps have gone by since the last one.
  var isCheckpointDue: Bool {
    guard let every = options.checkpoints?.every else { return false }
    return step % every == 0
  }

  /// Keeps where the run stands, if that is asked for.
  func save() throws {
    guard let rule = options.checkpoints else { return }
    try rule.save(checkpoint(facts: facts + rule.facts))
  }

  /// Where the run stands.
  func checkpoint(facts: [Checkpoint.Fact]) throws -> Checkpoint {
    try Checkpoint(
      facts: facts, key: key.bits,
      place: .init(
        epoch: epoch, step: step, position: feed.position,
        seconds: feed.isAtStart ? 0 : clock.seconds - began),
      sums: feed.sums, parameters: ParameterTree(traced.paths, state.parameters),
      states: ParameterTree(traced.statePaths, state.states),
      memory: ParameterTree(Array(state.memoryNames), Array(state.tensors.suffix(memoryCount))),
      best: best.map {
        .init(
          loss: $0.loss, epoch: $0.epoch, parameters: $0.model.parameters, states: $0.model.states)
      },
      history: history)
  }

  /// What must be the same for a run to go on.
  var facts: [Checkpoint.Fact] {
    [
      .init("layers", layer.source), .init("examples", "\(data.count)"),
      .init("batch", "\(options.batch)"), .init("optimizer", options.optimizer.source),
      .init("loss", loss.source), .init("schedule", options.schedule.source),
      .init("clipping", "\(options.clipNorm ?? 0) \(options.clipValue ?? 0)"),
      .init("accumulate", "\(options.accumulation)"),
      .init("average", options.averaging?.source ?? "nothing"),
      .init("constraint", options.constraint?.source ?? "nothing"),
      .init("groups", options.groups.map(\.source).joined(separator: ", ")),
      .init("frozen", frozen.sorted().joined(separator: ", ")),
      .init("penalty", options.penalty?.source ?? "nothing"),
      .init("augment", options.augmentation?.source ?? "nothing"),
      .init("shuffle", "\(options.shuffles)"),
      .init("patience", options.patience.map { "\($0)" } ?? "nothing"),
      .init("metrics", options.metrics.map(\.name).joined(separator: ", ")),
      .init("epochs", "\(options.epochs)"),
    ]
  }

  /// Puts the run where a checkpoint left it.
  ///
  /// - Throws: `TensorError` with code `train/checkpoint` if it is that of another run.
  mutating func resume(from checkpoint: Checkpoint) throws {
    try check(checkpoint)
    try restore(checkpoint)
  }

  /// Puts the run where a checkpoint of it left it.
  mutating func restore(_ checkpoint: Checkpoint) throws {
    try state.restore(
      tensors(checkpoint.parameters) + tensors(checkpoint.states, .state)
        + tensors(checkpoint.memory, .memory))
    best = try checkpoint.best.map { kept in
      let parameters = ParameterTree(traced.paths, try tensors(kept.parameters))
      let states = ParameterTree(traced.statePaths, try tensors(kept.states, .state))
      return Best(loss: kept.loss, epoch: kept.epoch, model: try model(parameters, states))
    }
    history = checkpoint.history
    (epoch, step) = (checkpoint.place.epoch, checkpoint.place.step)
    validationLosses = history.epochs.compactMap(\.validationLoss)
    guard epoch < options.epochs else { return }
    began = clock.seconds - checkpoint.place.seconds
    try feed.resume(epoch: epoch, position: checkpoint.place.position, sums: checkpoint.sums)
    batches = epoch * feed.batchesPerEpoch + feed.number
  }

  private func check(_ checkpoint: Checkpoint) throws {
    _ = try (tensors(checkpoint.parameters), tensors(checkpoint.states, .state))
    let own = facts + (options.checkpoints?.facts ?? [])
    for fact in own {
      let kept = checkpoint.facts.first { $0.name == fact.name }?.value ?? "unknown"
      if kept != fact.value, !isProlonged(fact, kept) { throw other(fact, kept) }
    }
    let (place, count) = (checkpoint.place, data.count)
    let isWhole =
      place.position % options.batch == 0 || place.position == count || options.batch > count
    guard place.position <= count, place.epoch <= place.step, isWhole else {
      throw TensorError("train/checkpoint", "its place in the run cannot be")
    }
  }

  /// Whether there are only more epochs, by a rate that does not depend on how many there are.
  private func isProlonged(_ fact: Checkpoint.Fact, _ kept: String) -> Bool {
    guard fact.name == "epochs", options.schedule.source == Schedule.constant.source else {
      return false
    }
    return (Int(kept) ?? .max) <= options.epochs
  }

  private func other(_ fact: Checkpoint.Fact, _ kept: String) -> TensorError {
    TensorError(
      "train/checkpoint",
      "it is of a run with another \(fact.name): \(kept) there, \(fact.value) here",
      help: ["train as it was begun, or name another file for a new run"])
  }

  /// How many tensors are remembered beside parameters and states.
  private var memoryCount: Int { state.memoryNames.count }

  /// What a kept tensor is.
  private enum Kind: String {
    case parameter
    case state
    case memory = "memory of the optimizer"
  }

  /// Kept tensors in the order of the run's own; they must be the same, each of its form.
  private func tensors(_ tree: ParameterTree, _ kind: Kind = .parameter) throws -> [Tensor] {
    let (paths, own) = try parts(kind)
    if let extra = tree.paths.first(where: { !paths.contains($0) }) {
      throw TensorError(
        "train/checkpoint", "it holds a \(kind.rawValue) \(extra), which the model has not")
    }
    return try zip(paths, own).map { path, own in
      guard let tensor = tree[path] else {
        throw TensorError("train/checkpoint", "it lacks the \(kind.rawValue) \(path)")
      }
      guard tensor.shape == own.shape, tensor.elementType == own.elementType else {
        throw TensorError(
          "train/checkpoint",
          "the \(kind.rawValue) \(path) is \(tensor.elementType.rawValue) of shape \(tensor.shape) there and "
            + "\(own.elementType.rawValue) of shape \(own.shape) here",
          help: ["it is of another model: name another file for a new run"])
      }
      return tensor
    }
  }

  /// The names and tensors of the run's own of a kind.
  private func parts(_ kind: Kind) throws -> (names: [String], tensors: [Tensor]) {
    switch kind {
    case .parameter: return (traced.paths, try state.parameters)
    case .state: return (traced.statePaths, try state.states)
    case .memory: return (Array(state.memoryNames), try state.tensors.suffix(memoryCount))
    }
  }
}
