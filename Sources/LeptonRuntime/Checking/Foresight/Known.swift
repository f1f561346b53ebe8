import LeptonSyntax

/// What is known of a value before anything runs.
enum Known {
  /// The value; of a tensor in it only the shape and the element type.
  case value(Value)
  /// A function of the program.
  case function(KnownFunction)
  /// Nothing.
  case unknown

  /// The value, if it is known.
  var value: Value? { if case .value(let value) = self { value } else { nil } }
}

/// A function of the program as foresight calls it: its tree, and the names that it took where it was
/// made.
final class KnownFunction {
  /// What it is called; empty for an anonymous one.
  let name: String
  /// The tree.
  let function: Function
  /// Where it stands.
  let source: Source
  /// The names of the functions around it, with what was known of them.
  let captured: [String: Known]
  /// The names that it binds.
  private(set) lazy var locals = Set(
    BindingScan(function.body.statements).places.map(\.name.text))

  init(name: String, function: Function, source: Source, captured: [String: Known]) {
    self.name = name
    self.function = function
    self.source = source
    self.captured = captured
  }
}

/// The names of a running function, or of the notebook.
struct KnownFrame {
  /// Where its code stands.
  var source: Source
  /// The names that have been assigned, with what is known of them.
  var names: [String: Known] = [:]
  /// The function that runs; nothing at the top of a cell.
  var function: KnownFunction?
}

/// A mistake that is certain to happen when its place is reached.
struct Foreseen: Error {
  var diagnostic: Diagnostic
}

/// How statements went.
enum KnownOutcome {
  /// They ran to their end, and the last gave this.
  case finished(Known)
  /// They returned this.
  case returned(Known)
  /// Whether they went on cannot be known.
  case lost
}
