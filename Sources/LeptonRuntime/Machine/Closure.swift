/// A function of the program: what was compiled, and what it captured.
public final class Closure: Callable {
  /// What it captured.
  let captures: Captures
  /// How it is called, as long as it is held.
  let target: UnsafePointer<CallTarget>
  /// The functions that it may call whatever their order.
  let group: Group?
  /// Where it was made, if it is a layer; apart, so that a plain function is small.
  private let birth: Birth?

  /// Where a layer was made.
  private final class Birth {
    let origin: LayerOrigin

    init(_ origin: LayerOrigin) { self.origin = origin }
  }

  /// Where it was made, if it is a layer: two layers made at two places share no parameters.
  public var origin: LayerOrigin? { birth?.origin }

  init(_ captures: Captures, origin: LayerOrigin? = nil) {
    self.captures = captures
    target = captures.target
    group = captures.target.pointee.group?.takeUnretainedValue()
    birth = origin.map(Birth.init)
  }

  /// What was compiled.
  var prototype: Prototype { target.pointee.prototype.takeUnretainedValue() }

  /// What messages and traces call it.
  public var name: String { prototype.name }

  /// Whether it was written with `layer`.
  public var isLayer: Bool { prototype.isLayer }

  /// The names of the parameters.
  public var parameterNames: [String] { prototype.parameters.map(\.name) }

  /// The text of the function as it was written; for a layer the call that made it.
  public var source: String { source { $0.source } }

  /// How it is written inside another value: by its name if `fn` gave it one.
  public var sourceInside: String {
    origin == nil && prototype.text.hasPrefix("fn ") ? prototype.name : source
  }

  /// The place in the user's own text that made it.
  public var site: CallSite { origin?.site ?? CallSite(prototype.source, prototype.span) }

  /// The captured values under their names, for whoever must know everything the function depends on.
  public var captured: [(name: String, value: Value)] {
    prototype.captureNames.enumerated().map { ($1, Value(target.pointee.captures[$0])) }
  }

  /// What the function and those that it may call were compiled to, for whoever must know whether two
  /// functions have the same text at the same place.
  public var code: [ObjectIdentifier] {
    [ObjectIdentifier(prototype)] + (group?.prototypes ?? []).map { ObjectIdentifier($0) }
  }

  /// All that a call depends on beside its arguments: the texts of the function and of those that it may
  /// call whatever their order, and what they captured.
  public var dependencies: (texts: [String], captured: [Value]) {
    let others = group.map { zip($0.prototypes, $0.captures).filter { $0.0 !== prototype } } ?? []
    let fellows = others.flatMap { _, captures in
      captures.map { Closure($0).captured.map(\.value) } ?? []
    }
    return ([prototype.text] + others.map(\.0.text), captured.map(\.value) + fellows)
  }

  /// Calls it; a layer goes through the library if that has asked for it.
  public func call(_ arguments: Arguments, in context: Context) throws -> Value {
    if isLayer, let callLayer = context.callLayer {
      return try callLayer(self, arguments, context)
    }
    return try context.machine.invoke(self, arguments)
  }

  /// Calls the body of a layer without going through the library.
  public func callBody(_ arguments: Arguments, in context: Context) throws -> Value {
    try context.machine.invoke(self, arguments)
  }
}
