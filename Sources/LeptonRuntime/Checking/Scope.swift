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
  /// The names that it has beside those that its statements bind, with numbers that follow theirs.
  ///
  /// These are parameters, and what a comprehension binds.
  private var added = NumberedNames()
  /// The name in the `fn` that makes its function; `nil` for any other.
  let definition: Expression.Name?
  /// Which names have values.
  var flow = Flow()
  /// Which of the names that are bound are read in it, or in a function within it.
  private var isRead: [Bool] = []
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

  /// The number of a name; `nil` if it is none of the scope.
  func number(of name: String) -> Int? {
    bindings.number(of: name) ?? added.number(of: name).map { bindings.names.count + $0 }
  }

  /// Whether it has a name.
  func has(_ name: String) -> Bool { number(of: name) != nil }

  /// Its names.
  var names: [String] { Set(bindings.names.map(\.text)).union(added.all).sorted() }

  /// Adds a parameter, or another name that has a value from the start.
  func add(_ name: String) {
    flow.assign(bindings.number(of: name) ?? bindings.names.count + added.insert(name).number)
  }

  /// Gives a name a value, in the scope that binds it.
  func assign(_ name: String) {
    if kind == .comprehension {
      parent?.assign(name)
    } else if let number = number(of: name) {
      flow.assign(number)
    }
  }

  /// Notes that the name of a number is read.
  func noteRead(_ number: Int) {
    guard number < bindings.names.count else { return }
    if isRead.isEmpty { isRead = Array(repeating: false, count: bindings.names.count) }
    isRead[number] = true
  }

  /// Whether the name of a number is read.
  func reads(_ number: Int) -> Bool { number < isRead.count && isRead[number] }
}
