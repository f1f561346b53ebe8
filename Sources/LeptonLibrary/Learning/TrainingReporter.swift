import LeptonData
import LeptonLearning
import LeptonRuntime
import LeptonSession
import LeptonTensor

/// Tells the context how training goes on, and the program's callback.
struct TrainingReporter: TrainingListener {
  let context: Context
  /// The layers, as the value of the language.
  let architecture: Value
  /// What prepares the inputs of the model.
  var preparation: InputPreparation?
  /// What is called after each epoch, or nothing.
  let callback: Callee?

  func trainingProgressed(_ progress: TrainingProgress) {
    let accuracy = progress.accuracy.map { [Self.measure("accuracy", $0)] } ?? []
    let metrics = progress.metrics.map { Self.measure($0.name, $0.value) }
    context.report(
      Progress(
        task: "train", done: progress.step, total: progress.steps, epoch: progress.epoch,
        epochs: progress.epochs, measures: [.init("loss", progress.loss)] + accuracy + metrics,
        validation: progress.ended.map(Self.validation) ?? [], seconds: progress.seconds))
    // A sign of life; an interruption is settled by `trainingShouldStop`.
    if !context.isInterrupted { try? context.checkInterruption() }
  }

  private static func measure(_ name: String, _ value: Double) -> Progress.Measure {
    Progress.Measure(name, value, .ofMeasure(name))
  }

  /// What the validation after an epoch gave, if there was one.
  private static func validation(of epoch: History.Epoch) -> [Progress.Measure] {
    let numbers = [
      ("validation loss", epoch.validationLoss), ("validation accuracy", epoch.validationAccuracy),
    ]
    return numbers.compactMap { name, value in value.map { measure(name, $0) } }
      + epoch.validationMetrics.map { measure("validation " + $0.name, $0.value) }
  }

  /// A smoke run stops after the first step.
  func trainingShouldStop() -> Bool { context.isInterrupted || context.isSmokeRun }

  func trainingEnded(
    _ epoch: Int, _ numbers: History.Epoch, model: () throws -> Model
  ) throws -> Bool {
    guard let callback else { return true }
    var record: Record = ["epoch": .int(epoch)]
    for (name, value) in numbers.fields where value.isNothing == false { record[name] = value }
    record["model"] = .object(ModelObject(try model(), of: architecture, preparation: preparation))
    if case .bool(false) = try callback(.record(record), in: context) { return false }
    return true
  }

  func trainingTries<Result>(_ body: () throws -> Result) rethrows -> Result {
    try context.tried(body).result
  }

  func trainingRunsUnplanned(_ reason: UnplannedReason) {
    let why =
      switch reason {
      case .readsValues:
        "the model or the loss asks for the value of a tensor, for a condition, say"
      case .hasEffects:
        "a function in the model or the loss prints, or reaches for a file or the time"
      }
    context.emit(.notice("training runs without a plan, and slower, since \(why)"))
  }

  func trainingSaw(_ sighting: Sighting, epoch: Int, step: Int) {
    context.emit(.text(sighting.line(at: "epoch \(epoch), step \(step)")))
  }
}
