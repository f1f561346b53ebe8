import LeptonTensor

// What is told while an epoch goes on, and what is decided at its end.
extension TrainingRun {
  /// Tells the listener how far training is; at the end of an epoch also what the validation gave.
  mutating func tell(after entry: History.Epoch? = nil) throws {
    let tally = feed.tally
    try check(tally.loss)
    listener?.trainingProgressed(
      TrainingProgress(
        epoch: epoch + 1, epochs: options.epochs, step: step,
        steps: feed.stepsPerEpoch * options.epochs, loss: tally.loss,
        accuracy: tally.accuracy, metrics: tally.metrics, seconds: clock.seconds, ended: entry))
    try keepHaven(cheaply: true)
  }

  /// Closes an epoch: its numbers, those of the validation, and whether to go on.
  mutating func note(seconds: Double) throws {
    let tally = feed.tally
    guard tally.count > 0 else { return }
    try check(tally.loss)
    var entry = History.Epoch(
      loss: tally.loss, accuracy: tally.accuracy, metrics: tally.metrics,
      rate: try rate(at: position(of: max(step - 1, 0))), seconds: seconds)
    if let validation = options.validation, history.stopped == nil {
      let result = try Evaluation(
        of: snapshot(), on: validation, loss: loss, metrics: options.metrics)
      entry.validationLoss = result.loss
      entry.validationAccuracy = result.accuracy?.value
      entry.validationMetrics = result.metrics
    }
    history.append(entry)
    validationLosses = history.epochs.compactMap(\.validationLoss)
    try compare(entry)
    guard history.stopped == nil else { return }
    try tell(after: entry)
    let goesOn = try listener?.trainingEnded(epoch + 1, entry) { try snapshot() } ?? true
    if !goesOn { history.stopped = .callback }
  }

  /// Keeps the model of the best epoch where patience asks for it, and stops when it ends.
  private mutating func compare(_ entry: History.Epoch) throws {
    guard let patience = options.patience, let loss = entry.validationLoss else { return }
    if loss < best?.loss ?? .infinity {
      best = Best(loss: loss, epoch: epoch, model: try snapshot())
    }
    if let best, epoch - best.epoch >= patience { history.stopped = .patience }
  }

  private mutating func check(_ loss: Double) throws {
    guard loss.isFinite else { throw try divergence() }
  }
}
