import LeptonSyntax

/// Where a body binds names, in the order of the places.
///
/// `if`, `for`, `while` and `try` open no scope; functions and comprehensions do.
struct BindingScan {
  /// The places, and whether each is an assignment or a definition.
  private(set) var places: [(name: Expression.Name, isAssigned: Bool)] = []
  /// The functions that are bound to names.
  private(set) var functions: [(name: String, function: Function)] = []

  /// The modules that are imported.
  private(set) var modules: [Statement.Module] = []

  init(_ statements: [Statement]) { scan(statements) }

  init(_ expression: Expression) { scan(expression) }

  private mutating func bind(_ name: Expression.Name, isAssigned: Bool = false) {
    if !name.text.isEmpty { places.append((name, isAssigned)) }
  }

  private mutating func scan(_ statements: [Statement]) {
    for statement in statements { scan(statement) }
  }

  private mutating func scan(_ statement: Statement) {
    switch statement.kind {
    case .assignment(let target, let value):
      bind(target.name, isAssigned: true)
      if target.path.isEmpty, case .function(let function) = value.kind {
        functions.append((target.name.text, function))
      }
      for case .index(let subscripts, _) in target.path {
        subscripts.forEach { $0.forEachExpression { scan($0) } }
      }
      scan(value)
    case .definition(let name, let function):
      bind(name, isAssigned: true)
      functions.append((name.text, function))
    case .forLoop(let names, let sequence, let body):
      names.forEach { bind($0) }
      scan(sequence)
      scan(body.statements)
    case .whileLoop(let condition, let body):
      scan(condition)
      scan(body.statements)
    case .importModule(let module):
      bind(module.importedName)
      modules.append(module)
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
