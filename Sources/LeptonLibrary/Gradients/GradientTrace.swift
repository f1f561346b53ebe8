import LeptonRuntime
import LeptonTensor

/// The trace on which derivatives are being taken, as it travels to derivatives inside.
final class GradientTrace {
  let trace: Trace
  /// Whether it belongs to a computation around the one that asks for it.
  private(set) var isOuter = true

  init(_ trace: Trace) { self.trace = trace }

  private static let key = "gradient.trace"

  /// The innermost trace that goes on, or that of an argument, or a new one that computes values too.
  static func current(in context: Context, _ arguments: Arguments) -> GradientTrace {
    if let current = context.attachments[key] as? GradientTrace {
      return GradientTrace(current.trace)
    }
    let values = arguments.positional + arguments.named.map(\.value)
    if let trace = values.lazy.compactMap(\.trace).first { return GradientTrace(trace) }
    let new = GradientTrace(Trace(evaluates: true))
    new.isOuter = false
    return new
  }

  /// Whether no trace goes on.
  static func isNone(in context: Context) -> Bool { context.attachments[key] == nil }

  /// Runs a function as part of the trace.
  func within<Result>(_ context: Context, _ body: () throws -> Result) rethrows -> Result {
    let outer = context.attachments[Self.key]
    context.attachments[Self.key] = self
    defer { context.attachments[Self.key] = outer }
    return try body()
  }

  /// A step of its own for a tensor, by which to take derivatives.
  func step(for tensor: Tensor) throws -> Tensor {
    if tensor.trace === trace { return try tensor.distinct() }
    return isOuter || tensor.isTraced ? try trace.constant(tensor) : try trace.input(like: tensor)
  }

  /// What a result is outside of the derivative: a known value unless something around it is traced.
  func settled(_ tensor: Tensor) throws -> Tensor {
    isOuter ? tensor : try trace.outside(tensor)
  }
}

extension Value {
  /// The trace to which a tensor in the value belongs.
  fileprivate var trace: Trace? {
    switch self {
    case .tensor(let tensor): tensor.trace
    case .list(let elements): elements.lazy.compactMap(\.trace).first
    case .record(let record): record.values.lazy.compactMap(\.trace).first
    case .object(let object as ModelObject):
      object.model.parameters.entries.lazy.compactMap(\.tensor.trace).first
    default: nil
    }
  }
}
