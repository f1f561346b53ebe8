import LeptonTensor

// Training by an optimizer that looks at all examples at once.
extension TrainingRun {
  /// Makes the steps of an epoch.
  mutating func descend() throws {
    guard var newton else { return }
    var stops = false
    var last: [Double] = []
    let rate = try rate(at: position(of: step))
    let start = state.numbers
    let end = try newton.descend(
      from: start, rate: rate,
      objective: { place in
        last = place
        return try objective(at: place, stops: &stops)
      }, shouldStop: { stops })
    // The numbers of the epoch are those of the place where it ends.
    if last != end { _ = try objective(at: end, stops: &stops) }
    self.newton = newton
    step += 1
    if stops { history.stopped = .interrupted }
  }

  /// The loss over all examples with given parameters, and its gradient.
  private mutating func objective(
    at place: [Double], stops: inout Bool
  ) throws -> QuasiNewton.Value {
    try state.set(place)
    feed.rewind()
    while let batch = try feed.next() {
      try batch.stepper.replay(
        batch.places, learningRate: 0, step: step * feed.batchesPerEpoch + feed.number,
        update: step + 1, share: batch.share, averaging: 0)
      try watch.look(
        at: batch.stepper, epoch: epoch + 1, step: step + 1, isLast: false)
    }
    // A search may look at places where the loss is no number; it goes back by itself.
    if clock.isDue(), feed.tally.loss.isFinite { try tell() }
    stops = stops || listener?.trainingShouldStop() ?? false
    return (feed.objective, try state.gradients)
  }
}
