import LeptonRuntime
import LeptonTensor

/// A function that is run by plans: the first call with arguments of a kind records what it does, later ones
/// replay that.
///
/// Nothing is frozen: whatever could change the result is part of the key of a plan, and a function that
/// asks for values or has effects is called each time, which a notice says once.
final class PlannedFunction: Callable {
  private let function: Value
  private let cache: PlanCache

  init(_ function: Value, in context: Context) throws {
    self.function = function
    cache = try PlanCaches.cache(of: function, in: context)
  }

  var name: String { "planned(\(function.callable?.name ?? ""))" }
  var source: String { "planned(\(function.source))" }

  func call(_ arguments: Arguments, in context: Context) throws -> Value {
    guard try isPlannable(arguments, in: context) else {
      return try context.call(function, arguments)
    }
    let key = try PlanKey(arguments)
    switch cache.entry(for: key) {
    case .plan(let call): return try call.replay(arguments)
    case .unplanned: return try context.call(function, arguments)
    case nil: return try firstCall(arguments, key, in: context)
    }
  }

  /// Whether there is something to compute, and nobody around who records the call.
  private func isPlannable(_ arguments: Arguments, in context: Context) throws -> Bool {
    guard GradientTrace.isNone(in: context), LayerScope.current(in: context) == nil else {
      return false
    }
    var (hasTensor, isTraced) = (false, false)
    for value in arguments.positional + arguments.named.map(\.value) {
      _ = try value.replacingTensors { tensor in
        hasTensor = true
        isTraced = isTraced || tensor.isTraced
        return .nothing
      }
    }
    return hasTensor && !isTraced
  }

  private func firstCall(
    _ arguments: Arguments, _ key: PlanKey, in context: Context
  ) throws -> Value {
    guard cache.misses(key) else {
      tell(
        "made \(PlanCache.patience) plans for different numbers and makes no more: give the number as a tensor",
        in: context)
      return try context.call(function, arguments)
    }
    if let call = try? RecordedCall(of: function, arguments, in: context) {
      cache.keep(.plan(call), for: key)
      return try call.replay(arguments)
    }
    try context.checkInterruption()
    let result = try context.call(function, arguments)
    cache.keep(.unplanned, for: key)
    tell(
      "runs without a plan, since it asks for values, prints, draws from chance or gives a function",
      in: context)
    return result
  }

  private func tell(_ what: String, in context: Context) {
    Notices.current(in: context).tell("\(name) \(what)", once: source + what, in: context)
  }
}
