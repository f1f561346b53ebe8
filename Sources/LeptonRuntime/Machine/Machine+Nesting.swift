extension Machine {
  /// How deeply lists and records may be nested in each other.
  private static let nestingLimit = 1000

  /// Refuses a value that is nested too deeply to be compared, printed or given up safely.
  ///
  /// Only the first and the last elements are followed: that is where programs nest without end.
  func checkNesting(_ value: Value) throws {
    guard value.holdsValues else { return }
    for isLast in [false, true] {
      var depth = 0
      var inner = value
      while let next = inner.element(isLast: isLast) {
        depth += 1
        guard depth < Self.nestingLimit else { throw LanguageError.nestedWithoutEnd }
        guard next.holdsValues else { break }
        inner = next
      }
    }
  }

  /// Puts a value that may hold others into a register.
  func putNested(_ value: Value, _ place: UnsafeMutablePointer<Slot>) throws {
    try checkNesting(value)
    put(Slot(value), place)
  }
}

extension Value {
  /// Whether it is a list or record.
  fileprivate var holdsValues: Bool {
    switch self {
    case .list, .record: true
    default: false
    }
  }

  /// The first or the last of the values that a list or record holds.
  fileprivate func element(isLast: Bool) -> Value? {
    switch self {
    case .list(let elements): isLast ? elements.last : elements.first
    case .record(let record): isLast ? record.values.last : record.values.first
    default: nil
    }
  }
}
