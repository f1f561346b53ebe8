/// A function of the program: what was compiled, and what it captured.
public final class Closure: HeapObject, Callable {
  /// What was compiled.
  let prototype: Prototype
  /// How it is called.
  let target: CallTarget
  /// What it captured.
  let captures: Captures
  /// The functions that it may call whatever their order.
  let group: Group?
  /// Where it was made, if it is a layer: two layers made at two places share no parameters.
  public let origin: Origin?

  /// Where a layer was made, and by what.
  public struct Origin: Sendable, Hashable {
    /// The cell.
    public var cell: String
    /// The how manieth layer of the run of the cell it is.
    public var ordinal: Int
    /// The call that made it: `low_rank(64, 8)`; empty if it was not made by a function.
    public var call: String
  }

  init(_ prototype: Prototype, captures: Captures, group: Group?, origin: Origin? = nil) {
    self.prototype = prototype
    self.captures = captures
    self.group = group
    self.origin = origin
    target = CallTarget(prototype, captures: captures.slots, group: group)
  }

  /// What messages and traces call it.
  public var name: String { prototype.name }

  /// Whether it was written with `layer`.
  public var isLayer: Bool { prototype.isLayer }

  /// The names of the parameters.
  public var parameterNames: [String] { prototype.parameters.map(\.name) }

  /// The text of the function as it was written; for a layer the call that made it.
  public var source: String {
    if let origin, !origin.call.isEmpty { return origin.call }
    return prototype.text
  }

  /// The captured values under their names, for whoever must know everything the function depends on.
  public var captured: [(name: String, value: Value)] {
    prototype.captureNames.enumerated().map { ($1, Value(captures.slots[$0])) }
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
