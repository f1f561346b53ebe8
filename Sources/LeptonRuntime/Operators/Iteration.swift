import LeptonTensor

/// How `for` goes through a value.
public enum Iteration {
  /// A value that `element(at:of:)` understands: strings become lists of their characters, records
  /// lists of names and values.
  public static func sequence(of value: Value) throws -> Value {
    switch value {
    case .list: return value
    case .string(let text): return .list(text.unicodeScalars.map { .string(String($0)) })
    case .record(let record):
      return .list(zip(record.names, record.values).map { .list([.string($0), $1]) })
    case .object(let object) where object.count != nil: return value
    case .tensor(let tensor) where tensor.shape.rank > 0: return value
    default: throw LanguageError.notSequence(value)
    }
  }

  /// How many elements a sequence has.
  public static func count(of sequence: Value) -> Int {
    switch sequence {
    case .list(let elements): elements.count
    case .tensor(let tensor): tensor.shape.sizes.first ?? 0
    case .object(let object): object.count ?? 0
    default: 0
    }
  }

  /// The element of a sequence at a position; `nil` behind the last.
  public static func element(at position: Int, of value: Value) throws -> Value? {
    switch value {
    case .list(let elements): position < elements.count ? elements[position] : nil
    case .tensor(let tensor):
      position < tensor.shape[0] ? .tensor(try tensor.element(at: position)) : nil
    case .object(let object):
      position < object.count ?? 0 ? try object.element(at: position) : nil
    default: nil
    }
  }

  /// All elements of a value that can be gone through, as `for` would give them.
  public static func elements(of value: Value) throws -> [Value] {
    if case .object(let range as IntegerRange) = value { return try range.elements }
    let sequence = try sequence(of: value)
    if case .list(let elements) = sequence { return elements }
    if case .object(let object as any ListLike) = sequence { return object.elements }
    var elements: [Value] = []
    while let element = try element(at: elements.count, of: sequence) { elements.append(element) }
    return elements
  }

  /// The parts of an element that several names take apart.
  static func parts(of value: Value, count: Int) throws -> [Value] {
    let parts = try elements(of: value)
    guard parts.count == count else { throw LanguageError.parts(count, parts.count) }
    return parts
  }
}
