import LeptonSession

/// What came of a run.
public struct RunResult: Sendable {
  /// The notebook that was run.
  public let notebook: Notebook
  /// The values with which it was run.
  public let parameters: ParameterBinding
  /// What became of each cell, in order.
  public private(set) var outcomes: [CellOutcome]
  /// The recorded results in the order of their first record; the last value counts.
  public let metrics: [Metric]
  /// What the front matter asks of recorded results, and whether it holds.
  public let metricChecks: [MetricCheck]
  /// Whether the report and the results tell how long cells took.
  public let showsTimings: Bool
  /// Whether training was cut to one step, so that nothing was compared.
  public let isSmokeRun: Bool
  /// What confined the run, in words; nothing where the notebook was trusted.
  public let confinedBy: String?
  private var exits: [ExitCode]

  init(
    notebook: Notebook, parameters: ParameterBinding, outcomes: [CellOutcome], options: RunOptions,
    exits: [ExitCode]
  ) {
    showsTimings = options.showsTimings
    isSmokeRun = options.isSmokeRun
    confinedBy = options.confinedBy
    self.notebook = notebook
    self.parameters = parameters
    self.outcomes = outcomes
    metrics = Self.metrics(of: outcomes)
    let hasRun = !outcomes.isEmpty && exits.isEmpty && !options.isSmokeRun
    let isPart = outcomes.contains { outcome in
      if case .withoutData = outcome.status { true } else { outcome.status == .notAttempted }
    }
    let checks = notebook.frontMatter.metrics.map { [metrics] in MetricCheck($0, metrics) }
    // What was not recorded for want of data, or because an exercise is not done yet, breaks no promise.
    metricChecks = hasRun ? checks.filter { $0.metric != nil || !isPart } : []
    self.exits = exits
  }

  /// The code with which the program should end.
  public var exit: ExitCode {
    var codes = exits + outcomes.map(\.status.exit)
    let hasMiss =
      outcomes.contains { $0.misses.contains { $0 != nil } || $0.verdicts.contains { !$0.holds } }
      || metricChecks.contains { !$0.holds }
    if hasMiss { codes.append(.expectationFailed) }
    return ExitCode.combining(codes)
  }

  /// Notes something that the code must tell.
  public mutating func add(_ exit: ExitCode) { exits.append(exit) }

  /// Notes that fences were mended, so that they are met.
  public mutating func accept(_ corrections: Corrections) {
    for fence in corrections.fences { outcomes[fence.cell].misses[fence.ordinal] = nil }
  }

  /// How many expectations were compared, fences and conditions, and how many of them hold.
  public var expectations: (all: Int, holding: Int) {
    let misses = outcomes.flatMap(\.misses)
    let verdicts = outcomes.flatMap(\.verdicts)
    return (
      misses.count + verdicts.count,
      misses.count { $0 == nil } + verdicts.count { $0.holds }
    )
  }

  private static func metrics(of outcomes: [CellOutcome]) -> [Metric] {
    var metrics: [Metric] = []
    for case .record(let metric) in outcomes.flatMap(\.outputs) {
      if let index = metrics.firstIndex(where: { $0.name == metric.name }) {
        metrics[index] = metric
      } else {
        metrics.append(metric)
      }
    }
    return metrics
  }
}

/// Whether a recorded result is what the front matter asks for.
public struct MetricCheck: Sendable, Hashable {
  /// What is asked.
  public let bound: MetricBound
  /// The result; nothing where it was not recorded.
  public let metric: Metric?

  init(_ bound: MetricBound, _ metrics: [Metric]) {
    self.bound = bound
    metric = metrics.first { $0.name == bound.name }
  }

  /// Whether it holds; a result that was not recorded holds nothing.
  public var holds: Bool {
    guard let value = metric?.value else { return false }
    if let minimum = bound.minimum, !(value >= minimum) { return false }
    if let maximum = bound.maximum, !(value <= maximum) { return false }
    guard let wanted = bound.value else { return true }
    return value == wanted || (value - wanted).magnitude <= bound.tolerance.margin(around: wanted)
  }
}
