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
  /// The names that it has beside those that its statements bind: parameters, and what a
  /// comprehension binds.
  private(set) var added: Set<String> = []
  /// The name in the `fn` that makes its function; `nil` for any other.
  let definition: Expression.Name?
  /// Which names have values.
  var flow = Flow()
  /// The names that are read in it, or in a function within it.
  var reads: Set<String> = []
  /// The names about which something was said already.
  var reported: Set<String> = []

  init(
    _ kind: Kind, parent: Scope?, bindings: Bindings = Bindings([]),
    definition: Expression.Name? = nil
  ) {
    self.kind = kind
    self.definition = definition
    self.parent = parent
    self.bindings = bindings
  }

  /// Whether it has a name.
  func has(_ name: String) -> Bool { bindings.contains(name) || added.contains(name) }

  /// Its names.
  var names: [String] { Set(bindings.names.map(\.text)).union(added).sorted() }

  /// Adds a parameter, or another name that has a value from the start.
  func add(_ name: String) {
    added.insert(name)
    flow.assign(name)
  }

  /// Gives a name a value, in the scope that binds it.
  func assign(_ name: String) {
    if kind == .comprehension { parent?.assign(name) } else { flow.assign(name) }
  }
}
