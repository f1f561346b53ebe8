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
  /// The names about which something was said already.
  var reported: Set<String> = []

  init(_ kind: Kind, parent: Scope?, statements: [Statement] = []) {
    self.kind = kind
    self.parent = parent
    bindings = Bindings(statements)
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

/// Which names have values at a place, as far as the order of statements tells.
struct Flow {
  /// The names that have values on every path to the place.
  var certain: Set<String> = []
  /// The names that have values on some path.
  var possible: Set<String> = []
  /// Whether no path leads to the place.
  var isDead = false

  /// Gives a name a value.
  mutating func assign(_ name: String) {
    certain.insert(name)
    possible.insert(name)
  }

  /// Joins another path to the place.
  mutating func join(_ other: Flow) {
    possible.formUnion(other.possible)
    if other.isDead { return }
    certain = isDead ? other.certain : certain.intersection(other.certain)
    isDead = false
  }
}
