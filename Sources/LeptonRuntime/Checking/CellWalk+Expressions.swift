import LeptonSyntax

extension CellWalk {
  /// Checks an expression, and warns if its value goes nowhere.
  func check(_ expression: Expression, isUsed: Bool = true) {
    if !isUsed { checkUse(of: expression) }
    switch expression.kind {
    case .name(let name): read(name, at: expression.span)
    case .function(let function), .layer(let function): check(function)
    case .call(let callee, let arguments): call(callee, arguments, at: expression.span)
    case .field(let receiver, let name):
      check(receiver)
      _ = member(name, of: receiver)
    case .comprehension(let body, let names, let sequence, let condition):
      comprehension(body, names, sequence, condition)
    case .conditional(let condition, let then, let otherwise):
      check(condition)
      checkTruth(of: condition)
      branches(
        { self.check(then, isUsed: isUsed) }, { otherwise.map { self.check($0, isUsed: isUsed) } })
    case .attempt(let body, let name, let handler):
      attempt(body, name, handler, isUsed: isUsed)
    case .binary(.and, let left, let right), .binary(.or, let left, let right):
      check(left)
      perhaps { check(right) }
      checkTruth(of: left)
      checkTruth(of: right)
    case .unary(.not, let value):
      check(value)
      checkTruth(of: value)
    case .comparison(let first, let steps):
      check(first)
      steps.forEach { check($0.operand) }
      checkComparison(first, steps)
    case .record(let fields):
      checkKeys(fields)
      fields.forEach { check($0.value) }
    default: expression.forEachOperand { check($0) }
    }
  }

  private func branches(_ first: () -> Void, _ second: () -> Void) {
    let before = flowScope.flow.mark
    first()
    let firstPath = flowScope.flow.leave(to: before)
    second()
    let secondPath = flowScope.flow.leave(to: before)
    flowScope.flow.join(firstPath, secondPath)
  }

  private func attempt(_ body: Block, _ name: Expression.Name, _ handler: Block, isUsed: Bool) {
    let before = flowScope.flow.mark
    check(body, isUsed: isUsed)
    let bodyPath = flowScope.flow.leave(to: before)
    // It may have failed behind any of its statements.
    bodyPath.names.forEach { flowScope.flow.mayAssign($0) }
    scope.assign(name.text)
    check(handler, isUsed: isUsed)
    let handlerPath = flowScope.flow.leave(to: before)
    flowScope.flow.join(bodyPath, handlerPath)
  }

  private func comprehension(
    _ body: Expression, _ names: [Expression.Name], _ sequence: Expression, _ condition: Expression?
  ) {
    check(sequence)
    checkDistinct(names)
    let inner = Scope(.comprehension, parent: scope)
    names.forEach { inner.add($0.text) }
    scope = inner
    perhaps {
      condition.map { check($0) }
      condition.map { checkTruth(of: $0) }
      check(body)
    }
    scope = inner.parent ?? scope
  }

  /// Keys are the same if their code points are, which is less than what makes names the same.
  private func checkKeys(_ fields: [Expression.Field]) {
    guard !fields.repeated(by: \.name.text).isEmpty else { return }
    var seen: Set<[UInt8]> = []
    for field in fields where !seen.insert(Array(field.name.text.utf8)).inserted {
      report(.repeatedKey(field.name.text), at: field.name.span)
    }
  }

  // MARK: Functions

  /// Checks a function where it is made: it takes the values that outer names have there.
  func check(_ function: Function, of definition: Expression.Name? = nil) {
    let bindings = Bindings(function.body.statements)
    let inner = Scope(.function, parent: scope, bindings: bindings, definition: definition)
    let outerLoops = loops
    scope = inner
    loops = 0
    parameters(function)
    check(function.body, isUsed: true)
    warnOfUnread(inner)
    scope = inner.parent ?? scope
    loops = outerLoops
  }

  private func parameters(_ function: Function) {
    for parameter in function.parameters {
      parameter.defaultValue.map { check($0) }
      scope.add(parameter.name.text)
    }
    for parameter in function.parameters.repeated(by: \.name.text) {
      report(.repeatedParameter(parameter.name.text), at: parameter.name.span)
    }
    let patterns = function.parameters.compactMap(\.shape)
    for case .named(let name) in patterns.flatMap(\.sizes) { scope.add(name.text) }
  }

  // MARK: Results

  /// Warns of a value that goes nowhere, where computing it can have had no other purpose.
  private func checkUse(of expression: Expression) {
    switch expression.kind {
    case .parenthesized(let value): checkUse(of: value)
    case .conditional, .attempt, .invalid: break
    case .call(let callee, _):
      guard case .name(let name) = callee.kind, signature(of: name)?.isPure == true else { return }
      report(.unusedCall(name), at: expression.span)
    case .comparison(_, let steps) where steps.count == 1 && steps[0].comparison == .equal:
      report(.unusedComparison, at: expression.span)
    default: report(.unused, at: expression.span)
    }
  }
}
