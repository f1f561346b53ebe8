import LeptonTensor

/// Looks at the values that a model in training watches.
///
/// They are told in the first step and in the last one of each epoch. All steps are looked through for
/// the first value, in the order in which the model computes them, that is not finite.
struct Watch {
  private let names: [String]
  private let listener: (any TrainingListener)?
  private var culprit: (sighting: Sighting, epoch: Int, step: Int)?

  init(_ names: [String], _ listener: (any TrainingListener)?) {
    self.names = names
    self.listener = listener
  }

  /// Looks at what the last replay of a plan left.
  mutating func look(at plan: any TrainingStepper, epoch: Int, step: Int, isLast: Bool) throws {
    let isTold = step == 1 || isLast
    guard !names.isEmpty, isTold || culprit == nil else { return }
    let sightings = try zip(names, plan.watched).map { try Sighting($0, $1) }
    let isFirst = culprit == nil
    if isFirst, let sighting = sightings.first(where: { !$0.isFinite }) {
      culprit = (sighting, epoch, step)
      if !isTold { listener?.trainingSaw(sighting, epoch: epoch, step: step) }
    }
    guard isTold else { return }
    for sighting in sightings { listener?.trainingSaw(sighting, epoch: epoch, step: step) }
  }

  /// What is known about where a loss that is no number comes from.
  var suspicion: [String] {
    guard let culprit else { return [] }
    return [
      "`\(culprit.sighting.name)` is the first traced value that was not finite, in epoch "
        + "\(culprit.epoch), step \(culprit.step): look at what it is computed from"
    ]
  }
}
