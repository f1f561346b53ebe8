import Glibc

/// How the weights of many steps are averaged; the trained model gets the average.
public enum Averaging: Sendable, Hashable {
  /// An exponential mean over all steps, whose beginning is corrected as in Adam.
  case exponential(decay: Double)
  /// The mean of the weights at the ends of epochs, from a share of the run on (Izmailov and others 2018).
  case stochastic(start: Double)

  /// The Lepton that makes it.
  public var source: String {
    switch self {
    case .exponential(let decay): "ema(\(shortest(decay)))"
    case .stochastic(let start): "swa(\(shortest(start)))"
    }
  }

  /// How far the average goes towards the weights after the step at a position, from 0 to 1.
  func share(at position: TrainingPosition) -> Double {
    switch self {
    case .exponential(let decay):
      return (1 - decay) / (1 - pow(decay, Double(position.step + 1)))
    case .stochastic(let start):
      let perEpoch = max(1, position.stepsPerEpoch)
      let epochs = Double(position.steps / perEpoch)
      let done = (position.step + 1) / perEpoch
      let first = max(1, Int((start * epochs).rounded(.up)))
      // Until the first epoch to count has ended, the average is the weights themselves.
      guard done >= first else { return 1 }
      guard (position.step + 1) % perEpoch == 0 else { return 0 }
      return 1 / Double(done - first + 1)
    }
  }
}
