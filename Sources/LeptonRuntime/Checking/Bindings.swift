import LeptonSyntax

/// The names that a body binds: the body of a function, or a cell.
struct Bindings {
  /// The names, in the order of their first places.
  private(set) var names: [Expression.Name] = []
  /// The same, by which they are found.
  private var numbers = NumberedNames()
  /// How each is bound.
  private var ways: [Way] = []
  /// The functions that are bound to names, by the numbers of these.
  private var functions: [Int: Function] = [:]
  /// The modules that are imported under names, by the numbers of these.
  private var modules: [Int: Statement.Module] = [:]

  /// How often a name is bound, and how.
  private struct Way {
    /// How often it is bound.
    var count = 0
    /// By how many functions that stand directly in the body, which may call each other whatever their order.
    var siblings = 0
    /// Whether by an assignment or a definition, and not only by loops.
    var isAssigned = false
  }

  init(_ statements: [Statement]) {
    let scan = BindingScan(statements)
    for (name, isAssigned) in scan.places { note(name, isAssigned) }
    for (name, function) in scan.functions {
      if let number = number(of: name) { functions[number] = function }
    }
    for module in scan.modules {
      if let number = number(of: module.importedName.text) { modules[number] = module }
    }
    for case .definition(let name, _) in statements.lazy.map(\.kind) {
      if let number = number(of: name.text) { ways[number].siblings += 1 }
    }
  }

  private mutating func note(_ name: Expression.Name, _ isAssigned: Bool) {
    let (number, isNew) = numbers.insert(name.text)
    if isNew {
      names.append(name)
      ways.append(Way())
    }
    ways[number].count += 1
    if isAssigned { ways[number].isAssigned = true }
  }

  /// The number of a name, which is its index among `names`; `nil` if it is not bound.
  func number(of name: String) -> Int? { numbers.number(of: name) }

  /// Whether a name is bound.
  func contains(_ name: String) -> Bool { number(of: name) != nil }

  private func way(of name: String) -> Way { number(of: name).map { ways[$0] } ?? Way() }

  /// How often a name is bound.
  func count(of name: String) -> Int { way(of: name).count }

  /// Whether the name of a number is bound by an assignment or a definition.
  func assigns(_ number: Int) -> Bool { ways[number].isAssigned }

  /// Whether a function that stands directly in the body binds a name.
  func hasSibling(_ name: String) -> Bool { way(of: name).siblings > 0 }

  /// Whether nothing but functions that stand directly in the body bind a name, so that it may be called
  /// whatever their order.
  func isSibling(_ name: String) -> Bool {
    let way = way(of: name)
    return way.siblings > 0 && way.siblings == way.count
  }

  /// The module that a name stands for that is bound exactly once.
  func module(of name: String) -> Statement.Module? {
    number(of: name).flatMap { ways[$0].count == 1 ? modules[$0] : nil }
  }

  /// The signature of a name that is bound exactly once, to a function.
  func signature(of name: String) -> Signature? {
    guard let number = number(of: name), ways[number].count == 1 else { return nil }
    return functions[number].map { Signature(name: name, function: $0) }
  }
}
