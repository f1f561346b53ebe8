import LeptonData
import LeptonLearning
import LeptonRuntime
import LeptonSession
import LeptonTensor

/// A training that a program asked for: the model as a value, the data and all options.
struct TrainingCourse {
  private let value: Value
  private var layer: (any Layer)?
  private var data: Dataset
  private var options: TrainingOptions
  private let seed: Int?
  private let callback: Callee?
  private let context: Context
  private var key: RandomKey
  private var file: CheckpointFile?
  /// What prepares the inputs, with what it learned.
  private var preparation: InputPreparation?

  init(
    _ value: Value, _ data: Dataset, _ options: TrainingOptions, seed: Int?, _ callback: Callee?,
    in context: Context
  ) {
    self.value = value
    self.data = data
    self.options = options
    self.seed = seed
    self.callback = callback
    self.context = context
    key = seed.map { RandomKey(seed: UInt64(bitPattern: Int64($0))) } ?? context.nextKey()
  }

  /// Sets what is made small, and what is measured beside it.
  mutating func measure(by loss: LossArgument, _ metrics: MetricsArgument) throws {
    let layer = try LayerMaker(context).layer(value, for: data)
    let judgement = try Judgement(loss, metrics, layer, on: data, in: context)
    self.layer = layer
    (options.loss, options.metrics) = (judgement.loss, judgement.metrics)
  }

  /// Takes the examples for validation, or holds a share of the data out.
  mutating func validate(on validation: ValidationArgument) throws {
    switch validation {
    case .none: break
    case .data(let data): options.validation = data
    case .share(let share):
      let drawn = try data.parted(
        share, key: key.folded("validation"), sources: (data.source, data.source))
      (data, options.validation) = (drawn.rest, drawn.part)
    }
  }

  /// Prepares the examples by what the training part shows, or as the model to go on from did.
  mutating func prepare() throws {
    if let known = (value.object as? ModelObject)?.preparation {
      preparation = known
      data = try data.prepared(by: known)
    } else if let steps = PreparedModel(value).preparation {
      let (fitted, prepared) = try data.fitting(InputSteps(steps, in: context))
      (preparation, data) = (fitted, prepared)
    }
    guard let preparation else { return }
    options.validation = try options.validation?.prepared(by: preparation)
  }

  /// Keeps checkpoints in a file, and goes on from the one that is there.
  ///
  /// - Throws: `train/checkpoint` if it is none, and what reading a file throws.
  mutating func keepCheckpoints(in path: String, every: Int?, functions: [Value]) throws {
    let file = CheckpointFile(path, in: context)
    let start = try file.read()
    // Without a seed of its own a run keeps the chance that it began with, wherever it goes on.
    if seed == nil, let start { key = RandomKey(bits: start.key) }
    options.checkpoints = CheckpointRule(
      every: every, facts: try facts(functions), start: start, save: file.write)
    self.file = file
  }

  /// What a run is beyond its options, for a checkpoint to go on from the right one.
  private func facts(_ functions: [Value]) throws -> [Checkpoint.Fact] {
    let shape = data.exampleShape.map(String.init).joined(separator: " ")
    var facts: [Checkpoint.Fact] = [
      .init("model", value.source), .init("example_shape", shape),
      .init("seed", seed.map { "\($0)" } ?? "nothing"),
      .init("digest of the model", try Fingerprint.of([value])),
      .init("digest of the data", try Fingerprint.of(data)),
      .init("digest of the functions", try Fingerprint.of(functions)),
    ]
    if let validation = options.validation {
      facts.append(.init("digest of the validation data", try Fingerprint.of(validation)))
    }
    for (name, parts) in [("inputs", data.inputParts), ("outputs", data.targetParts)] {
      if let parts { facts.append(.init(name, parts.text)) }
    }
    if let text = preparation?.text { facts.append(.init("preparation", text)) }
    if data.isClassified {
      facts.append(.init("classes", try data.classNames().joined(separator: "\n")))
    }
    return facts
  }

  /// Trains.
  func run() throws -> ModelObject {
    let layer = try layer ?? LayerMaker(context).layer(value, for: data)
    let start = (value.object as? ModelObject)?.model
    let reporter = TrainingReporter(
      context: context, architecture: value, preparation: preparation, callback: callback)
    func trained() throws -> Model {
      try Training.run(
        layer, from: start, on: data, options: options, key: key, listener: reporter)
    }
    let model = try file?.telling(trained) ?? trained()
    tellEnd(of: model)
    return ModelObject(model, of: value, preparation: preparation)
  }

  /// Tells why training ended before its last epoch.
  private func tellEnd(of model: Model) {
    let epochs = model.history?.epochs.count ?? 0
    switch model.history?.stopped {
    case .interrupted:
      context.settleInterruption()
      context.emit(.notice("training was interrupted; this is the model so far"))
    case .patience:
      context.emit(.notice("training stopped after \(epochs) epochs: the validation got no better"))
    case .callback:
      context.emit(.notice("training stopped after \(epochs) epochs: the callback gave false"))
    case nil: break
    }
  }
}
