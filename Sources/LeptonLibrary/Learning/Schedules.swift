import LeptonLearning
import LeptonRuntime

extension Library {
  /// How the learning rate goes.
  static var schedules: Family {
    Family(
      "Schedules",
      [
        cosineDecay, oneCycle, stepDecay, multiStepDecay, exponentialDecay, warmUp, joined,
        onPlateau, schedule, rates,
      ])
  }

  private static let aboutSchedules = """
    As `schedule=` of `train` it multiplies the optimizer's rate; as the rate itself, `adam(cosine_decay(rate=0.01))` or \
    `learning_rate=`, its numbers are rates, from `rate` on.
    """

  private static var cosineDecay: Builtin {
    Builtin(
      "cosine_decay(final = 0, rate = 1)",
      "The learning rate falls along half a cosine, step by step, to a share `final` of itself.",
      details: aboutSchedules,
      examples: [
        "cosine_decay()": "cosine_decay()", "cosine_decay(rate=0.01)": "cosine_decay(rate=0.01)",
      ]
    ) { (final: Double, rate: Double) in
      try requireFactor(final, "final")
      return Schedule.cosine(final: final).scaled(by: rate)
    }
  }

  private static var oneCycle: Builtin {
    Builtin(
      "one_cycle(warm_up = 0.3, start = 0, final = 0, rate = 1)",
      "The learning rate rises over the first part of the run and then falls along half a cosine.",
      details: aboutSchedules + """
         From a `start` of 0 it rises in a straight line, from any other share of the rate along half a cosine; \
        `one_cycle(0.3, 0.04, 4e-6)` is PyTorch's.
        """,
      examples: ["one_cycle(0.2)": "one_cycle(0.2)"]
    ) { (warmUp: Double, start: Double, final: Double, rate: Double) in
      try Settings.require((0...1).contains(warmUp), "warm_up is a share of the run, from 0 to 1")
      try requireFactor(start, "start")
      try requireFactor(final, "final")
      return Schedule.oneCycle(warmUp: warmUp, start: start, final: final).scaled(by: rate)
    }
  }

  private static var stepDecay: Builtin {
    Builtin(
      "step_decay(epochs, factor, rate = 1)",
      "The learning rate is multiplied by a factor every so many epochs.", details: aboutSchedules,
      examples: ["step_decay(10, 0.1)": "step_decay(10, 0.1)"]
    ) { (epochs: Double, factor: Double, rate: Double) in
      try Settings.require(epochs > 0, "a step takes more than 0 epochs")
      try requireFactor(factor)
      return Schedule.step(every: epochs, factor: factor).scaled(by: rate)
    }
  }

  private static var multiStepDecay: Builtin {
    Builtin(
      "multi_step_decay(epochs, factor, rate = 1)",
      "The learning rate is multiplied by a factor after each of some numbers of epochs.",
      details: aboutSchedules,
      examples: ["multi_step_decay([30, 80], 0.1)": "multi_step_decay([30, 80], 0.1)"]
    ) { (epochs: [Double], factor: Double, rate: Double) in
      try Settings.require(epochs.allSatisfy { $0 >= 0 }, "numbers of epochs go from 0 on")
      try requireFactor(factor)
      return Schedule.steps(behind: epochs, factor: factor).scaled(by: rate)
    }
  }

  private static var exponentialDecay: Builtin {
    Builtin(
      "exponential_decay(factor, rate = 1)",
      "The learning rate is multiplied by a factor over each epoch, a little with each step.",
      details: aboutSchedules,
      examples: ["exponential_decay(0.9)": "exponential_decay(0.9)"]
    ) { (factor: Double, rate: Double) in
      try requireFactor(factor)
      return Schedule.exponential(factor: factor).scaled(by: rate)
    }
  }

  /// Refuses what would make a learning rate of 0 or more one below 0, or none.
  private static func requireFactor(_ factor: Double, _ name: String = "factor") throws {
    try Settings.require(
      factor >= 0 && factor.isFinite, "\(name) must be a number from 0 on, not \(factor)")
  }

  private static var warmUp: Builtin {
    Builtin(
      "warm_up(epochs, then = nothing, rate = 1)",
      "The learning rate rises in a straight line over the first epochs, times what another schedule says.",
      details: aboutSchedules,
      examples: ["warm_up(1, cosine_decay())": "warm_up(1, cosine_decay())"]
    ) { (context: Context, epochs: Double, next: ScheduleArgument, rate: Double) in
      try Settings.require(epochs >= 0, "a number of epochs goes from 0 on")
      return Schedule.warmUp(epochs: epochs, then: try next.schedule(in: context)).scaled(by: rate)
    }
  }

  private static var joined: Builtin {
    Builtin(
      "join_schedules(schedules, epochs, rate = 1)",
      "One schedule after the other: all but the first begin after these numbers of epochs.",
      details: aboutSchedules
        + " Each sees its own part of the run as the whole. A number stands for a rate that stays.",
      examples: [
        "join_schedules([1, cosine_decay()], [3])": "join_schedules([1, cosine_decay()], [3])"
      ]
    ) { (context: Context, schedules: [ScheduleArgument], epochs: [Double], rate: Double) in
      try Settings.require(
        !schedules.isEmpty && epochs.count == schedules.count - 1,
        "\(schedules.count) schedules need \(max(0, schedules.count - 1)) ends, not \(epochs.count)"
      )
      try Settings.require(
        zip(epochs, epochs.dropFirst()).allSatisfy { $0 <= $1 } && epochs.allSatisfy { $0 >= 0 },
        "the numbers of epochs must rise")
      return try Schedule.joined(schedules.map { try $0.schedule(in: context) }, at: epochs)
        .scaled(by: rate)
    }
  }

  private static var onPlateau: Builtin {
    Builtin(
      """
      on_plateau(factor = 0.1, patience = 10, threshold = 0.0001, cooldown = 0, least = 0, rate = 1)
      """,
      "The learning rate is multiplied by a factor when the validation loss has not fallen for so many epochs.",
      details: aboutSchedules + """
         `train` needs `validation=` for it. A loss counts as lower from a share `threshold` on; `cooldown` epochs after a \
        reduction do not count; the rate stays at `least` of itself or above.
        """,
      examples: [
        "learning_rates(on_plateau(0.5, 0), epochs=4, losses=[3, 2, 2]).rate":
          "[1.0, 1.0, 1.0, 0.5]"
      ]
    ) {
      (
        factor: Double, patience: Int, threshold: Double, cooldown: Int, least: Double,
        rate: Double
      ) in
      try Settings.require(factor > 0 && factor < 1, "factor must be between 0 and 1")
      try Settings.require(
        patience >= 0 && cooldown >= 0, "patience and cooldown must be at least 0")
      return Schedule.onPlateau(
        factor: factor, patience: patience, threshold: threshold, cooldown: cooldown,
        least: least
      ).scaled(by: rate)
    }
  }

  private static var schedule: Builtin {
    Builtin(
      "schedule(function, by = \"share\", rate = 1)",
      "A schedule of one's own, of a function that gives the factor of the rate.",
      details: """
        The function is given the share of the run that is done, from 0 to below 1, or with `by="epoch"` the epochs that \
        are done, with their fraction, or with `by="step"` the step from 0.
        """,
      examples: [
        "learning_rates(schedule(done -> 1 - done), epochs=4).rate": "[1.0, 0.75, 0.5, 0.25]",
        "learning_rates(schedule(step -> step, by=\"step\"), epochs=2).rate": "[0.0, 1.0]",
      ]
    ) { (context: Context, function: Callee, by: String, rate: Double) in
      let source =
        "schedule(\(function.value.source), by=\"\(by)\", rate=\(Value.float(rate).source))"
      let argument = try ScheduleArgument.argument(by)
      return Schedule(source: context.libraryCall ?? source) { position in
        rate * (try Double.bridging(context.call(function.value, argument(position))))
      }
    }
  }

  private static var rates: Builtin {
    Builtin(
      "learning_rates(schedule, epochs = 10, steps_per_epoch = 1, losses = [])",
      "The learning rates of a run under a schedule, as a chart; the fields are `step`, `epoch` and `rate`.",
      details: "`losses` are those on validation examples after each epoch, for `on_plateau`.",
      examples: ["learning_rates(step_decay(2, 0.5), epochs=4).rate": "[1.0, 1.0, 0.5, 0.5]"]
    ) {
      (
        context: Context, schedule: RateArgument, epochs: Int, perEpoch: Int, losses: [Double]
      ) in
      try Settings.require(
        epochs >= 1 && perEpoch >= 1 && epochs <= 1_000_000 / perEpoch,
        "a run has 1 to 1,000,000 steps")
      let rate = try schedule.rate(in: context)
      return RatesObject(
        rate,
        try (0..<epochs * perEpoch).map { step in
          try rate(
            TrainingPosition(
              step: step, steps: epochs * perEpoch, stepsPerEpoch: perEpoch,
              validationLosses: Array(losses.prefix(step / perEpoch))))
        }, stepsPerEpoch: perEpoch)
    }
  }
}
