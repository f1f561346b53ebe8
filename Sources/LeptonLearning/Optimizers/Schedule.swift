import Glibc

/// How the learning rate goes during training: a factor for each step.
public struct Schedule: CustomStringConvertible {
  /// The Lepton that makes it.
  public let source: String
  private let factor: (TrainingPosition) throws -> Double

  /// Makes a schedule from a function that gives the factor of a position.
  public init(source: String, factor: @escaping (TrainingPosition) throws -> Double) {
    self.source = source
    self.factor = factor
  }

  /// The factor by which the optimizer's learning rate is multiplied at a position.
  public func callAsFunction(_ position: TrainingPosition) throws -> Double {
    try factor(position)
  }

  /// The Lepton that makes it.
  public var description: String { source }
}

/// Where in a training run a step stands.
public struct TrainingPosition: Sendable, Hashable {
  /// The step, from 0.
  public let step: Int
  /// How many steps there are in all.
  public let steps: Int
  /// How many steps make an epoch.
  public let stepsPerEpoch: Int

  /// Makes a position.
  public init(step: Int, steps: Int, stepsPerEpoch: Int) {
    self.step = step
    self.steps = steps
    self.stepsPerEpoch = stepsPerEpoch
  }

  /// The share of the run that lies behind, in [0, 1).
  public var fraction: Double { steps == 0 ? 0 : Double(step) / Double(steps) }

  /// The epochs that lie behind, with their fraction.
  public var epochs: Double { stepsPerEpoch == 0 ? 0 : Double(step) / Double(stepsPerEpoch) }
}

extension Schedule {
  /// The learning rate stays as the optimizer has it.
  public static var constant: Schedule { Schedule(source: "nothing") { _ in 1 } }

  /// Multiplies the rate by `factor` every so many epochs.
  public static func step(every epochs: Double, factor: Double) -> Schedule {
    Schedule(source: "step_decay(\(shortest(epochs)), \(shortest(factor)))") { position in
      pow(factor, (position.epochs / epochs).rounded(.down))
    }
  }

  /// Multiplies the rate by `factor` over each epoch, smoothly.
  public static func exponential(factor: Double) -> Schedule {
    Schedule(source: "exponential_decay(\(shortest(factor)))") { pow(factor, $0.epochs) }
  }

  /// Falls along half a cosine from 1 to `final` (Loshchilov & Hutter 2017, without restarts).
  public static func cosine(final: Double = 0) -> Schedule {
    let source = final == 0 ? "cosine_decay()" : "cosine_decay(\(shortest(final)))"
    return Schedule(source: source) { final + (1 - final) * halfCosine($0.fraction) }
  }

  /// Rises in a straight line to 1 over the first `warmUp` of the run, then falls along half a
  /// cosine to 0 (after Smith & Topin 2018).
  public static func oneCycle(warmUp: Double = 0.3) -> Schedule {
    let source = warmUp == 0.3 ? "one_cycle()" : "one_cycle(\(shortest(warmUp)))"
    return Schedule(source: source) { position in
      let done = position.steps == 0 ? 1 : Double(position.step + 1) / Double(position.steps)
      guard done >= warmUp else { return done / warmUp }
      return warmUp >= 1 ? 1 : halfCosine((done - warmUp) / (1 - warmUp))
    }
  }

  /// Rises in a straight line over the first `epochs`, and multiplies what `next` gives.
  public static func warmUp(epochs: Double, then next: Schedule = .constant) -> Schedule {
    let rest = next.source == Schedule.constant.source ? "" : ", \(next.source)"
    return Schedule(source: "warm_up(\(shortest(epochs))\(rest))") { position in
      let behind = Double(position.step + 1) / Double(max(1, position.stepsPerEpoch))
      return min(1, behind / epochs) * (try next(position))
    }
  }
}

/// Falls from 1 to 0 as its argument goes from 0 to 1.
private func halfCosine(_ fraction: Double) -> Double {
  0.5 * (1 + cos(.pi * min(1, max(0, fraction))))
}
