import LeptonSyntax

/// The names of a function, of a comprehension or of a cell, and which of them have values at the
/// place that is being checked.
final class Scope {
  /// What opens it.
  enum Kind {
    case cell, function, comprehension
  }

  /// What opens it.
  let kind: Kind
  /// The scope around it.
  let parent: Scope?
  /// What it binds.
  let bindings: Bindings
  /// The names that it binds, with parameters.
  private(set) var names: Set<String>
  /// Which names have values.
  var flow = Flow()
  /// The names that are read in it, or in a function within it.
  var reads: Set<String> = []
  /// The names about which something was said already.
  var reported: Set<String> = []

  init(_ kind: Kind, parent: Scope?, bindings: Bindings = Bindings([])) {
    self.kind = kind
    self.parent = parent
    self.bindings = bindings
    names = Set(bindings.names.map(\.text))
  }

  /// Adds a parameter, or another name that has a value from the start.
  func add(_ name: String) {
    names.insert(name)
    flow.assign(name)
  }

  /// Gives a name a value, in the scope that binds it.
  func assign(_ name: String) {
    if kind == .comprehension { parent?.assign(name) } else { flow.assign(name) }
  }
}
