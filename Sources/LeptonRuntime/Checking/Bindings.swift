import LeptonSyntax

/// The names that a body binds: the body of a function, or a cell.
///
/// `if`, `for`, `while` and `try` open no scope; functions and comprehensions do.
struct Bindings {
  /// The names, in the order of their first places.
  private(set) var names: [Expression.Name] = []
  /// How often each is bound.
  private(set) var counts: [String: Int] = [:]
  /// The names that are bound by an assignment or a definition, and not only by loops.
  private(set) var assigned: Set<String> = []
  /// The functions that are bound to names.
  private(set) var functions: [String: Function] = [:]
  /// The functions that stand directly in the body, which may call each other whatever their order.
  private(set) var siblings: Set<String> = []

  init(_ statements: [Statement]) {
    for case .definition(let name, _) in statements.map(\.kind) { siblings.insert(name.text) }
    scan(statements)
  }

  /// The signature of a name that is bound exactly once, to a function.
  func signature(of name: String) -> Signature? {
    guard counts[name] == 1 else { return nil }
    return functions[name].map { Signature(name: name, function: $0) }
  }

  private mutating func bind(_ name: Expression.Name) {
    guard !name.text.isEmpty else { return }
    if counts[name.text] == nil { names.append(name) }
    counts[name.text, default: 0] += 1
  }

  private mutating func scan(_ statements: [Statement]) {
    for statement in statements { scan(statement) }
  }

  private mutating func scan(_ statement: Statement) {
    switch statement.kind {
    case .assignment(let target, let value):
      bind(target.name)
      assigned.insert(target.name.text)
      if target.path.isEmpty, case .function(let function) = value.kind {
        functions[target.name.text] = function
      }
      scan(value)
    case .definition(let name, let function):
      bind(name)
      assigned.insert(name.text)
      functions[name.text] = function
    case .forLoop(let names, let sequence, let body):
      names.forEach { bind($0) }
      scan(sequence)
      scan(body.statements)
    case .whileLoop(let condition, let body):
      scan(condition)
      scan(body.statements)
    case .importModule(let module): bind(module.importedName)
    case .expression(let value), .record(_, let value): scan(value)
    case .expect(let condition, let message):
      scan(condition)
      message.map { scan($0) }
    case .returnValue(let value): value.map { scan($0) }
    case .breakLoop, .continueLoop: break
    }
  }

  /// Looks for blocks within an expression, which bind names of the body too.
  private mutating func scan(_ expression: Expression) {
    switch expression.kind {
    case .conditional(let condition, let then, let otherwise):
      scan(condition)
      scan(then.statements)
      otherwise.map { scan($0.statements) }
    case .attempt(let body, let name, let handler):
      scan(body.statements)
      bind(name)
      scan(handler.statements)
    default: expression.forEachOperand { scan($0) }
    }
  }
}
