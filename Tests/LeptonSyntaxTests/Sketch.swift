import LeptonSyntax

/// Writes a tree without its places: `binary(add, name("x"), int(1))`.
func sketch(_ value: Any) -> String {
  switch value {
  case let expression as Expression: return sketch(expression.kind)
  case let name as Expression.Name: return name.text
  case let text as String: return text.debugDescription
  case let number as Double: return "\(number)"
  default: break
  }
  let mirror = Mirror(reflecting: value)
  let children = mirror.children.filter { !($0.value is Span) }
  switch mirror.displayStyle {
  case .optional: return children.first.map { sketch($0.value) } ?? "-"
  case .collection: return "[" + children.map { sketch($0.value) }.joined(separator: ", ") + "]"
  case .enum:
    guard let payload = children.first else { return mirror.children.first?.label ?? "\(value)" }
    return "\(payload.label ?? "")(\(fields(of: payload.value)))"
  case .struct, .tuple: return "(\(fields(of: value)))"
  default: return "\(value)"
  }
}

private func fields(of value: Any) -> String {
  let mirror = Mirror(reflecting: value)
  let isTuple = mirror.displayStyle == .tuple
  let isOurStruct = mirror.displayStyle == .struct && !(value is Expression)
  guard isTuple || isOurStruct, !(value is Expression.Name), !(value is String) else {
    return sketch(value)
  }
  return mirror.children.filter { !($0.value is Span) }.map { sketch($0.value) }
    .joined(separator: ", ")
}

/// Sketches the only expression of a text.
func sketchOfExpression(_ text: String) -> String {
  let parsed = parse(text)
  guard parsed.diagnostics.isEmpty, parsed.statements.count == 1 else {
    return "\(parsed.statements.count) statements, \(mistakes(text))"
  }
  guard case .expression(let value) = parsed.statements[0].kind else { return "a statement" }
  return sketch(value)
}
