import LeptonSyntax

/// Finds the names that a body binds and the names that it mentions, before it is compiled.
///
/// A name bound anywhere in a body is local to it; `if`, `for` and `while` open no scope, a function
/// and a comprehension do.
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
  private(set) var directFunctions: [String] = []
  /// How deep in functions the scan is.
  private var depth = 0

  /// Scans a body.
  init(_ statements: [Statement]) {
    for case .definition(let name, _) in statements.map(\.kind) {
      directFunctions.append(name.text)
    }
    scan(statements)
  }

  private mutating func bind(_ name: String) {
    guard depth == 0 else { return }
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
    case .definition(let name, let function):
      bind(name.text)
      scan(function)
    case .forLoop(let names, let sequence, let body):
      names.forEach { bind($0.text) }
      scan(sequence)
      scan(body.statements)
    case .whileLoop(let condition, let body):
      scan(condition)
      scan(body.statements)
    case .returnValue(let value): value.map { scan($0) }
    case .importModule(let module): bind(module.boundName)
    case .expect(let condition, let message):
      scan(condition)
      message.map { scan($0) }
    case .record(_, let value): scan(value)
    case .breakLoop, .continueLoop: break
    }
  }

  private mutating func scan(_ target: Statement.Target) {
    bind(target.name.text)
    mentioned.insert(target.name.text)
    for case .index(let subscripts, _) in target.path { scan(subscripts) }
  }

  private mutating func scan(_ function: Function) {
    depth += 1
    function.parameters.forEach { $0.defaultValue.map { scan($0) } }
    scan(function.body.statements)
    depth -= 1
  }

  private mutating func scan(_ subscripts: [Expression.Subscript]) {
    for item in subscripts {
      switch item {
      case .position(let position): scan(position)
      case .slice(let start, let stop, let step):
        [start, stop, step].forEach { $0.map { scan($0) } }
      case .ellipsis: break
      }
    }
  }

  private mutating func scan(_ expression: Expression) {
    switch expression.kind {
    case .nothing, .bool, .int, .float, .string, .invalid: break
    case .name(let name): mentioned.insert(name)
    case .interpolation(let pieces):
      for case .value(let value, _) in pieces { scan(value) }
    case .list(let elements): elements.forEach { scan($0) }
    case .comprehension(let body, let names, let sequence, let condition):
      if depth == 0 { innerNameCount += names.count }
      scan(sequence)
      scan(body)
      condition.map { scan($0) }
    case .record(let fields): fields.forEach { scan($0.value) }
    case .parenthesized(let inner), .unary(_, let inner): scan(inner)
    case .field(let inner, let name):
      scan(inner)
      mentioned.insert(name.text)
    case .binary(_, let left, let right):
      scan(left)
      scan(right)
    case .comparison(let first, let steps):
      scan(first)
      steps.forEach { scan($0.operand) }
    case .call(let callee, let arguments):
      scan(callee)
      arguments.forEach { scan($0.value) }
    case .index(let inner, let subscripts):
      scan(inner)
      scan(subscripts)
    case .function(let function), .layer(let function): scan(function)
    case .conditional(let condition, let then, let otherwise):
      scan(condition)
      scan(then.statements)
      otherwise.map { scan($0.statements) }
    case .attempt(let body, let name, let handler):
      scan(body.statements)
      bind(name.text)
      scan(handler.statements)
    }
  }
}

extension Statement.Module {
  /// The name that an import binds: the module's, or the file's without folder and ending.
  var boundName: String {
    switch self {
    case .library(let name): name.text
    case .file(let path, _):
      String(path.split(separator: "/").last?.split(separator: ".").first ?? "module")
    }
  }
}
