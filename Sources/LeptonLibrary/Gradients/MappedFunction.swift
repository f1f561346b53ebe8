import LeptonRuntime
import LeptonSession
import LeptonTensor

/// The axes along which a function is mapped: one for all arguments, or one or `nothing` for each.
struct MapAxes: Bridged {
  let value: Value
  private let axes: [Int?]

  static var typeDescription: String {
    "an axis, or a list with an axis or nothing for each argument"
  }

  static func bridging(_ value: Value) throws -> MapAxes {
    switch value {
    case .int(let axis): return MapAxes(value: value, axes: [axis])
    case .list(let elements):
      return MapAxes(value: value, axes: try elements.map(axis))
    default: throw mismatch(value)
    }
  }

  private static func axis(_ value: Value) throws -> Int? {
    switch value {
    case .nothing: return nil
    case .int(let axis): return axis
    default: throw mismatch(value)
    }
  }

  /// The axis of the argument at a place, or of those given by name.
  func axis(of place: Int?, among count: Int) throws -> Int? {
    guard case .list = value else { return axes[0] }
    guard axes.count == count else {
      throw LanguageError(
        "call/arguments", "there are \(axes.count) axes for \(count) arguments by position")
    }
    return place.flatMap { axes[$0] }
  }
}

/// A function of single examples, applied to batches.
///
/// It is called once, with tensors that stand for one example each, and what it does is done for all of
/// them at once. A function that reads a value, prints, or draws from chance cannot be taken so: it is
/// called for each example, and a notice says so.
final class MappedFunction: Callable {
  private let function: Value
  private let axes: MapAxes

  init(_ function: Value, _ axes: MapAxes) {
    self.function = function
    self.axes = axes
  }

  var name: String { "vmap(\(function.callable?.name ?? ""))" }
  var source: String {
    axes.value.source == "0"
      ? "vmap(\(function.source))" : "vmap(\(function.source), \(axes.value.source))"
  }

  func call(_ arguments: Arguments, in context: Context) throws -> Value {
    let batch = try Batch(arguments, axes)
    if let attempt = try? context.tried({ try vectorized(batch, context) }), attempt.isPure {
      return attempt.result
    }
    try context.checkInterruption()
    let result = try looped(batch, context)
    Notices.current(in: context).tell(
      "\(name) called the function for each of \(batch.count) examples, since it reads values, prints or draws from chance",
      once: source, in: context)
    return result
  }

  private func vectorized(_ batch: Batch, _ context: Context) throws -> Value {
    var form = Value.nothing
    let found = try mapped(batch.tensors, batched: batch.tensors.map { _ in true }) { examples in
      let trace = examples.lazy.compactMap(\.trace).first ?? Trace()
      form = try GradientTrace(trace).within(context) {
        try context.call(function, batch.arguments(examples))
      }
      var results: [Tensor] = []
      _ = try form.replacingTensors {
        results.append($0)
        return .nothing
      }
      return results
    }
    var rest = found[...]
    return try form.replacingTensors(
      others: { try Value.joined(Array(repeating: $0, count: batch.count)) },
      with: { rest.popFirst().map(Value.tensor) ?? .tensor($0) })
  }

  private func looped(_ batch: Batch, _ context: Context) throws -> Value {
    try Value.joined(
      (0..<batch.count).map { place in
        try context.checkInterruption()
        return try context.call(
          function, batch.arguments(batch.tensors.map { try $0.element(at: place) }))
      })
  }
}
