extension Machine {
  /// How deeply lists and records may be nested in each other.
  private static let nestingLimit = 1000

  /// Refuses a value that is nested too deeply to be compared, printed or given up safely.
  ///
  /// Only the first and the last elements are followed: that is where programs nest without end.
  func checkNesting(_ value: Value) throws {
    for follow in [\Value.firstElement, \Value.lastElement] {
      var depth = 0
      var inner = value[keyPath: follow]
      while let value = inner {
        depth += 1
        guard depth < Self.nestingLimit else { throw LanguageError.nestedWithoutEnd }
        inner = value[keyPath: follow]
      }
    }
  }

  /// Puts a value that may hold others into a register.
  func putNested(_ value: Value, _ place: UnsafeMutablePointer<Slot>) throws {
    if value.firstElement != nil { try checkNesting(value) }
    put(Slot(value), place)
  }
}

extension Value {
  /// The first of the values that a list or record holds.
  fileprivate var firstElement: Value? {
    switch self {
    case .list(let elements): elements.first
    case .record(let record): record.values.first
    default: nil
    }
  }

  /// The last of the values that a list or record holds.
  fileprivate var lastElement: Value? {
    switch self {
    case .list(let elements): elements.last
    case .record(let record): record.values.last
    default: nil
    }
  }
}
