import LeptonSyntax

/// Finds the names that a body binds and the names that it mentions, before it is compiled.
///
/// A name bound anywhere in a body is local to it; `BindingScan` says where that is.
struct NameScan {
  /// The names bound by the body itself, in order.
  private(set) var bound: [String] = []
  /// How often each name is bound.
  private(set) var bindingCounts: [String: Int] = [:]
  /// All names mentioned, those inside functions too.
  private(set) var mentioned: Set<String> = []
  /// How many names the comprehensions of the body bind.
  private(set) var innerNameCount = 0
  /// The functions that stand directly in the body, in order.
  private(set) var directFunctions: [(name: Expression.Name, function: Function)] = []
  /// How deep in functions the scan is.
  private var depth = 0

  /// Scans a body.
  init(_ statements: [Statement]) {
    for case .definition(let name, let function) in statements.map(\.kind) {
      directFunctions.append((name, function))
    }
    for place in BindingScan(statements).places { bind(place.name.text) }
    scan(statements)
  }

  /// Scans a function.
  init(_ function: Function) { scan(function) }

  private mutating func bind(_ name: String) {
    if bindingCounts[name, default: 0] == 0 { bound.append(name) }
    bindingCounts[name, default: 0] += 1
  }

  private mutating func scan(_ statements: [Statement]) {
    for statement in statements { scan(statement) }
  }

  private mutating func scan(_ statement: Statement) {
    switch statement.kind {
    case .expression(let expression): scan(expression)
    case .assignment(let target, let value):
      scan(target)
      scan(value)
    case .definition(_, let function): scan(function)
    case .forLoop(_, let sequence, let body):
      scan(sequence)
      scan(body.statements)
    case .whileLoop(let condition, let body):
      scan(condition)
      scan(body.statements)
    case .returnValue(let value): value.map { scan($0) }
    case .expect(let condition, let message):
      scan(condition)
      message.map { scan($0) }
    case .record(_, let value): scan(value)
    case .importModule, .breakLoop, .continueLoop: break
    }
  }

  private mutating func scan(_ target: Statement.Target) {
    mentioned.insert(target.name.text)
    for case .index(let subscripts, _) in target.path {
      subscripts.forEach { $0.forEachExpression { scan($0) } }
    }
  }

  private mutating func scan(_ function: Function) {
    depth += 1
    function.parameters.forEach { $0.defaultValue.map { scan($0) } }
    scan(function.body.statements)
    depth -= 1
  }

  private mutating func scan(_ expression: Expression) {
    switch expression.kind {
    case .name(let name): mentioned.insert(name)
    case .field(let inner, let name):
      scan(inner)
      mentioned.insert(name.text)
    case .comprehension(_, let names, _, _):
      if depth == 0 { innerNameCount += names.count }
      expression.forEachOperand { scan($0) }
    case .function(let function), .layer(let function): scan(function)
    case .conditional(let condition, let then, let otherwise):
      scan(condition)
      scan(then.statements)
      otherwise.map { scan($0.statements) }
    case .attempt(let body, _, let handler):
      scan(body.statements)
      scan(handler.statements)
    default: expression.forEachOperand { scan($0) }
    }
  }
}
