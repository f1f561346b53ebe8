/// Names for what stands more than once in a value and is one thing.
///
/// ```
/// dense_1 = dense(4)
/// dense_1 >> relu >> dense_1
/// ```
struct SharedNames {
  private var seen: [ObjectIdentifier: Int] = [:]
  /// What has an identity, in the order in which it can be made.
  private var order: [(composite: any Composite, name: String)] = []
  private var names: [ObjectIdentifier: String] = [:]

  /// Looks for what a value shares.
  init(in value: Value) {
    visit(value, depth: 0)
    var counts: [String: Int] = [:]
    order.removeAll { seen[ObjectIdentifier($0.composite)] == 1 }
    for (composite, name) in order {
      counts[name, default: 0] += 1
      names[ObjectIdentifier(composite)] = "\(name)_\(counts[name, default: 1])"
    }
  }

  private mutating func visit(_ value: Value, depth: Int) {
    guard depth < Value.nestingLimit else { return }
    switch value {
    case .list(let elements): for element in elements { visit(element, depth: depth + 1) }
    case .record(let record): for element in record.values { visit(element, depth: depth + 1) }
    default:
      guard let composite = value.composite else { return }
      let identity = ObjectIdentifier(composite)
      seen[identity, default: 0] += 1
      guard composite.sharedName == nil || seen[identity] == 1 else { return }
      for part in composite.parts { visit(part, depth: depth + 1) }
      if let name = composite.sharedName { order.append((composite, name)) }
    }
  }

  /// The name of a value that is shared.
  func name(of value: Value) -> String? {
    value.composite.flatMap { names[ObjectIdentifier($0)] }
  }

  /// The lines that give the names, each used only behind its own.
  func bindings(_ write: (any Composite) -> String) -> String {
    order.map { "\(names[ObjectIdentifier($0.composite)] ?? "") = \(write($0.composite))\n" }
      .joined()
  }
}

extension Value {
  /// The value as something that is written with other values in it.
  var composite: (any Composite)? {
    switch self {
    case .function(let function): function as? any Composite
    case .object(let object): object as? any Composite
    default: nil
    }
  }
}
