/// Something that can be called: a word, a function written in Lepton, a composition, a layer.
public protocol Callable: AnyObject {
  /// What messages and traces call it: `dense`, `area`, `<function>`.
  var name: String { get }
  /// The Lepton that makes it.
  var source: String { get }
  /// Calls it.
  func call(_ arguments: Arguments, in context: Context) throws -> Value
}

/// What a call hands over: values by position, then values by name.
public struct Arguments {
  /// The values given by position.
  public var positional: [Value]
  /// The values given by name, in order.
  public var named: [(name: String, value: Value)]

  /// Makes the arguments of a call.
  public init(_ positional: [Value] = [], named: [(name: String, value: Value)] = []) {
    self.positional = positional
    self.named = named
  }
}

/// `f >> g`: calls the stages one after the other, each with what the one before it gave.
public final class Composition: Callable {
  /// The stages, in the order of their application; none of them is itself a composition.
  public let stages: [Value]

  /// Composes functions; compositions among them are taken apart.
  public init(_ stages: [Value]) {
    self.stages = stages.flatMap { stage in
      if case .function(let inner as Composition) = stage { return inner.stages }
      return [stage]
    }
  }

  /// What traces call it.
  public var name: String { "<composition>" }

  /// The stages' sources with `>>` between them.
  public var source: String { source { $0.source } }

  /// Calls the first stage with the arguments and each other with one value.
  public func call(_ arguments: Arguments, in context: Context) throws -> Value {
    var arguments = arguments
    for stage in stages {
      arguments = Arguments([try context.call(stage, arguments)])
    }
    return arguments.positional.first ?? .nothing
  }
}
