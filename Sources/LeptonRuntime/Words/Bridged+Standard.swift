import LeptonTensor

extension Bool: Bridged {
  /// A truth value.
  public static var typeDescription: String { "true or false" }
  /// Takes a bool.
  public static func bridging(_ value: Value) throws -> Bool {
    if case .bool(let bool) = value { return bool }
    throw mismatch(value)
  }
  /// The value of the language.
  public var value: Value { .bool(self) }
}

extension Int: Bridged {
  /// An integer.
  public static var typeDescription: String { "an integer" }
  /// Takes an int, or a float that is whole.
  public static func bridging(_ value: Value) throws -> Int {
    switch value {
    case .int(let int): return int
    case .float(let float): if let int = Int(exactly: float) { return int }
    default: break
    }
    throw mismatch(value)
  }
  /// The value of the language.
  public var value: Value { .int(self) }
}

extension Double: Bridged {
  /// A number.
  public static var typeDescription: String { "a number" }
  /// Takes a float or an int.
  public static func bridging(_ value: Value) throws -> Double {
    switch value {
    case .int(let int): Double(int)
    case .float(let float): float
    default: throw mismatch(value)
    }
  }
  /// The value of the language.
  public var value: Value { .float(self) }
}

extension String: Bridged {
  /// A string.
  public static var typeDescription: String { "a string" }
  /// Takes a string.
  public static func bridging(_ value: Value) throws -> String {
    if case .string(let string) = value { return string }
    throw mismatch(value)
  }
  /// The value of the language.
  public var value: Value { .string(self) }
}

extension Record: Bridged {
  /// A record.
  public static var typeDescription: String { "a record" }
  /// Takes a record.
  public static func bridging(_ value: Value) throws -> Record {
    if case .record(let record) = value { return record }
    throw mismatch(value)
  }
  /// The value of the language.
  public var value: Value { .record(self) }
}

extension Array: Bridged where Element: Bridged {
  /// A list.
  public static var typeDescription: String {
    Element.self == Value.self
      ? "a list" : "a list, each element of which is \(Element.typeDescription)"
  }
  /// Takes a list whose elements all are of the type.
  public static func bridging(_ value: Value) throws -> [Element] {
    guard case .list(let elements) = value else { throw mismatch(value) }
    return try elements.map(Element.bridging)
  }
  /// The value of the language.
  public var value: Value { .list(map(\.value)) }
}

extension Optional: Bridged where Wrapped: Bridged {
  /// The type, or nothing.
  public static var typeDescription: String { "\(Wrapped.typeDescription) or nothing" }
  /// Takes `nothing` or a value of the type.
  public static func bridging(_ value: Value) throws -> Wrapped? {
    if case .nothing = value { return nil }
    return try Wrapped.bridging(value)
  }
  /// The value of the language.
  public var value: Value { self?.value ?? .nothing }
}

extension Tensor: Bridged {
  /// A tensor.
  public static var typeDescription: String { "a tensor" }
  /// Takes a tensor, a number, or a rectangular list of numbers.
  public static func bridging(_ value: Value) throws -> Tensor {
    if case .tensor(let tensor) = value { return tensor }
    throw mismatch(value)
  }
  /// The value of the language.
  public var value: Value { .tensor(self) }
}
