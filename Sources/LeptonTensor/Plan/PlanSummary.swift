/// What a plan does and what it costs.
public struct PlanSummary: Sendable {
  /// The steps in the order in which they run.
  public let steps: [PlanStep]
  /// How many operations were recorded.
  public let recorded: Int
  /// How many products of numbers are added up.
  public let multiplyAdds: Int
  /// The bytes that the results would take if none shared its place with another.
  public let resultBytes: Int
  /// The bytes that they take.
  public let arenaBytes: Int

  init(_ program: Program, of trace: Trace) {
    steps = program.steps
    recorded = trace.operationCount
    multiplyAdds = trace.multiplyAdds(from: 0)
    resultBytes = program.resultBytes
    arenaBytes = program.peakBytes
  }
}

/// A step of a plan.
public struct PlanStep: Sendable, Hashable {
  /// The phase to which it belongs, from 0; threads wait for each other between phases.
  public let phase: Int
  /// The operations that it does in one loop.
  public let operations: [String]
  /// Into how many pieces threads share it.
  public let tiles: Int
  /// The bytes that it writes.
  public let bytes: Int

  init(_ step: Step, phase: Int, _ buffers: [Buffer]) {
    self.phase = phase
    operations = step.name.split(separator: "+").map(String.init)
    tiles = step.work.tiles
    bytes = step.buffers.prefix(step.writes).reduce(0) { $0 + buffers[$1].byteCount }
  }
}

extension Trace {
  /// How many operations were recorded.
  var operationCount: Int {
    nodes.withLock { nodes in
      nodes.count { if case .operation = $0.kind { true } else { false } }
    }
  }
}
