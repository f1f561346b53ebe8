import Glibc

/// More steps than any run has; doubles still count them one by one.
private let longestRun = 0x1p52

extension Schedule {
  /// The learning rate stays as the optimizer has it.
  public static var constant: Schedule { Schedule(source: "nothing") { _ in 1 } }

  /// The learning rate is multiplied by a number.
  public static func constant(_ factor: Double) -> Schedule {
    Schedule(source: shortest(factor)) { _ in factor }
  }

  /// Multiplies the rate by `factor` every so many epochs.
  public static func step(every epochs: Double, factor: Double) -> Schedule {
    Schedule(source: "step_decay(\(shortest(epochs)), \(shortest(factor)))") { position in
      pow(factor, (position.epochs / epochs).rounded(.down))
    }
  }

  /// Multiplies the rate by `factor` behind each of some numbers of epochs.
  public static func steps(behind epochs: [Double], factor: Double) -> Schedule {
    let list = epochs.map(shortest).joined(separator: ", ")
    return Schedule(source: "multi_step_decay([\(list)], \(shortest(factor)))") { position in
      pow(factor, Double(epochs.count { $0 <= position.epochs }))
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

  /// Rises to 1 over the first `warmUp` of the run, then falls along half a cosine to `final` (after
  /// Smith & Topin 2018).
  ///
  /// From a `start` of 0 it rises in a straight line whose first step is above 0; from any other along
  /// half a cosine, as PyTorch has it.
  public static func oneCycle(
    warmUp: Double = 0.3, start: Double = 0, final: Double = 0
  ) -> Schedule {
    var parts = warmUp == 0.3 && start == 0 && final == 0 ? [] : [shortest(warmUp)]
    if start != 0 { parts.append("start=\(shortest(start))") }
    if final != 0 { parts.append("final=\(shortest(final))") }
    let source = "one_cycle(\(parts.joined(separator: ", ")))"
    return Schedule(source: source) { position in
      start == 0
        ? lineThenCosine(position, warmUp, final)
        : cosines(position, warmUp, start: start, final: final)
    }
  }

  private static func lineThenCosine(
    _ position: TrainingPosition, _ warmUp: Double, _ final: Double
  ) -> Double {
    let done = position.steps == 0 ? 1 : Double(position.step + 1) / Double(position.steps)
    guard done >= warmUp else { return done / warmUp }
    return warmUp >= 1 ? 1 : final + (1 - final) * halfCosine((done - warmUp) / (1 - warmUp))
  }

  private static func cosines(
    _ position: TrainingPosition, _ warmUp: Double, start: Double, final: Double
  ) -> Double {
    let (peak, last) = (warmUp * Double(position.steps) - 1, Double(position.steps - 1))
    let step = Double(position.step)
    if step <= peak { return start + (1 - start) * (1 - halfCosine(peak > 0 ? step / peak : 1)) }
    return final + (1 - final) * halfCosine((step - peak) / max(last - peak, 1e-9))
  }

  /// Rises in a straight line over the first `epochs`, and multiplies what `next` gives.
  public static func warmUp(epochs: Double, then next: Schedule = .constant) -> Schedule {
    let rest = next.source == Schedule.constant.source ? "" : ", \(next.source)"
    return Schedule(
      source: "warm_up(\(shortest(epochs))\(rest))", watchesValidation: next.watchesValidation
    ) { position in
      let behind = Double(position.step + 1) / Double(max(1, position.stepsPerEpoch))
      return min(1, epochs > 0 ? behind / epochs : 1) * (try next(position))
    }
  }

  /// One schedule after the other, each of which sees its own part of the run.
  ///
  /// `epochs` says after how many epochs of the run each but the first begins.
  public static func joined(_ parts: [Schedule], at epochs: [Double]) -> Schedule {
    let sources = parts.map(\.source).joined(separator: ", ")
    let list = epochs.map(shortest).joined(separator: ", ")
    return Schedule(
      source: "join_schedules([\(sources)], [\(list)])",
      watchesValidation: parts.contains(where: \.watchesValidation)
    ) { position in
      let number = epochs.count { $0 <= position.epochs }
      func step(_ epochs: Double) -> Int {
        Int(min(longestRun, epochs * Double(max(1, position.stepsPerEpoch))).rounded(.up))
      }
      let start = number == 0 ? 0 : step(epochs[number - 1])
      let end = number < epochs.count ? step(epochs[number]) : max(position.steps, start)
      return try parts[number](position.within(start..<max(start, end)))
    }
  }

  /// Multiplies the rate by `factor` when the loss on validation examples has not fallen by a share
  /// `threshold` for more than `patience` epochs (PyTorch's `ReduceLROnPlateau`).
  ///
  /// After each reduction `cooldown` epochs do not count; the rate stays at or above `least`.
  public static func onPlateau(
    factor: Double, patience: Int, threshold: Double, cooldown: Int, least: Double
  ) -> Schedule {
    var source = "on_plateau(\(shortest(factor)), \(patience)"
    if threshold != 1e-4 { source += ", threshold=\(shortest(threshold))" }
    if cooldown != 0 { source += ", cooldown=\(cooldown)" }
    if least != 0 { source += ", least=\(shortest(least))" }
    return Schedule(source: source + ")", watchesValidation: true) { position in
      var plateau = Plateau(factor: factor, patience: patience, cooldown: cooldown, least: least)
      for loss in position.validationLosses { plateau.see(loss, threshold: threshold) }
      return plateau.rate
    }
  }
}

/// What a series of losses makes of a learning rate.
private struct Plateau {
  let factor: Double
  let patience: Int
  let cooldown: Int
  let least: Double
  private(set) var rate = 1.0
  private var best = Double.infinity
  private var bad = 0
  private var resting = 0

  init(factor: Double, patience: Int, cooldown: Int, least: Double) {
    self.factor = factor
    self.patience = patience
    self.cooldown = cooldown
    self.least = least
  }

  mutating func see(_ loss: Double, threshold: Double) {
    if loss < best * (1 - threshold) {
      best = loss
      bad = 0
    } else {
      bad += 1
    }
    if resting > 0 {
      resting -= 1
      bad = 0
    }
    guard bad > patience else { return }
    rate = max(rate * factor, least)
    resting = cooldown
    bad = 0
  }
}

/// Falls from 1 to 0 as its argument goes from 0 to 1.
private func halfCosine(_ fraction: Double) -> Double {
  0.5 * (1 + cos(.pi * min(1, max(0, fraction))))
}
