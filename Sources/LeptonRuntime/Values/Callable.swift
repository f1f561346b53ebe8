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
///
/// Compositions that go on from one another share their stages: each is the beginning of one list, to which
/// the longest of them adds. So a program that composes in a loop takes constant time for each turn.
public final class Composition: Callable {
  /// Stages of which several compositions are the beginning.
  private final class Stages {
    var all: [Value] = []
  }

  private let shared: Stages
  private let count: Int

  /// Composes functions; compositions among them are taken apart.
  public init(_ stages: [Value]) {
    var rest = stages[...]
    if case .function(let first as Composition)? = rest.first,
      first.count == first.shared.all.count
    {
      shared = first.shared
      rest.removeFirst()
    } else {
      shared = Stages()
    }
    for stage in rest {
      if case .function(let inner as Composition) = stage {
        shared.all += inner.stages
      } else {
        shared.all.append(stage)
      }
    }
    count = shared.all.count
  }

  /// The stages, in the order of their application; none of them is itself a composition.
  public var stages: [Value] {
    count == shared.all.count ? shared.all : Array(shared.all.prefix(count))
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
