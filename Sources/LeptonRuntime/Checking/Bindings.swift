import LeptonSyntax

/// The names that a body binds: the body of a function, or a cell.
struct Bindings {
  /// The names, in the order of their first places.
  private(set) var names: [Expression.Name] = []
  /// The functions that are bound to names.
  private var functions: [String: Function] = [:]
  /// The functions that stand directly in the body, which may call each other whatever their order.
  private(set) var siblings: Set<String> = []
  /// Where these functions have their names.
  private var siblingPlaces: [String: [Span]] = [:]
  /// The modules that are imported under names.
  private var modules: [String: Statement.Module] = [:]
  /// How each name is bound.
  private var ways: [String: Way] = [:]

  /// How often a name is bound, and whether by an assignment or a definition and not only by loops.
  fileprivate struct Way {
    var count = 0
    var isAssigned = false
  }

  init(_ statements: [Statement]) {
    for statement in statements {
      guard case .definition(let name, _) = statement.kind else { continue }
      siblings.insert(name.text)
      siblingPlaces[name.text, default: []].append(name.span)
    }
    let scan = BindingScan(statements)
    ways.reserveCapacity(scan.places.count)
    for (name, isAssigned) in scan.places { note(name, isAssigned) }
    for (name, function) in scan.functions { functions[name] = function }
    for module in scan.modules { modules[module.importedName.text] = module }
  }

  private mutating func note(_ name: Expression.Name, _ isAssigned: Bool) {
    let count = ways[name.text, default: Way()].note(isAssigned)
    if count == 1 { names.append(name) }
  }

  /// Whether a name is bound.
  func contains(_ name: String) -> Bool { ways[name] != nil }

  /// How often a name is bound.
  func count(of name: String) -> Int { ways[name]?.count ?? 0 }

  /// Whether a name is bound by an assignment or a definition.
  func assigns(_ name: String) -> Bool { ways[name]?.isAssigned ?? false }

  /// Whether nothing but functions that stand directly in the body bind a name.
  func isSibling(_ name: String) -> Bool { siblingPlaces[name]?.count == count(of: name) }

  /// Whether a definition is one of the functions that may call each other whatever their order.
  func isSibling(_ name: Expression.Name) -> Bool {
    isSibling(name.text) && siblingPlaces[name.text]?.contains(name.span) == true
  }

  /// The module that a name stands for that is bound exactly once.
  func module(of name: String) -> Statement.Module? { count(of: name) == 1 ? modules[name] : nil }

  /// The signature of a name that is bound exactly once, to a function.
  func signature(of name: String) -> Signature? {
    guard count(of: name) == 1 else { return nil }
    return functions[name].map { Signature(name: name, function: $0) }
  }
}

extension Bindings.Way {
  /// Notes a place; gives how many there are now.
  fileprivate mutating func note(_ isAssigned: Bool) -> Int {
    count += 1
    self.isAssigned = self.isAssigned || isAssigned
    return count
  }
}
