import LeptonTensor

extension Bool: Bridged {
  /// A truth value.
  public static var typeDescription: String { "true or false" }
  /// `true` and `false`.
  public static var literals: LiteralTypes { .bool }
  /// Takes a bool.
  public static func bridging(_ value: Value) throws -> Bool {
    if case .bool(let bool) = value { return bool }
    if let number = try value.onlyElement { return number != 0 }
    throw mismatch(value)
  }
  /// The value of the language.
  public var value: Value { .bool(self) }
}

extension Int: Bridged {
  /// An integer.
  public static var typeDescription: String { "an integer" }
  /// Numbers: an integer may be written `10.0`.
  public static var literals: LiteralTypes { .number }
  /// Takes an int, a float that is whole, or a tensor of one whole element.
  public static func bridging(_ value: Value) throws -> Int {
    switch value {
    case .int(let int): return int
    case .float(let float): if let int = Int(exactly: float) { return int }
    default: if let int = try value.onlyElement.flatMap(Int.init(exactly:)) { return int }
    }
    var mistake = mismatch(value)
    if case .float = value {
      mistake.help = ["`//` divides to an integer, `int(x)` cuts the fraction off"]
    }
    throw mistake
  }
  /// The value of the language.
  public var value: Value { .int(self) }
}

extension Double: Bridged {
  /// A number.
  public static var typeDescription: String { "a number" }
  /// Numbers.
  public static var literals: LiteralTypes { .number }
  /// Takes a float, an int, or a tensor of one element.
  public static func bridging(_ value: Value) throws -> Double {
    switch value {
    case .int(let int): return Double(int)
    case .float(let float): return float
    default:
      guard let number = try value.onlyElement else { throw mismatch(value) }
      return number
    }
  }
  /// The value of the language.
  public var value: Value { .float(self) }
}

extension String: Bridged {
  /// A string.
  public static var typeDescription: String { "a string" }
  /// Texts.
  public static var literals: LiteralTypes { .string }
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
  /// Records.
  public static var literals: LiteralTypes { .record }
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
  /// Lists.
  public static var literals: LiteralTypes { .list }
  /// Takes a list, a range or a column whose elements all are of the type.
  public static func bridging(_ value: Value) throws -> [Element] {
    switch value {
    case .list(let elements):
      if Element.self == Value.self { return unsafeBitCast(elements, to: [Element].self) }
      return try elements.map(Element.bridging)
    case .object(let range as IntegerRange):
      return try range.elements.map(Element.bridging)
    case .object(let sequence as any ListLike):
      return try sequence.elements.map(Element.bridging)
    default: throw mismatch(value)
    }
  }
  /// The value of the language.
  public var value: Value {
    if Element.self == Value.self { return .list(unsafeBitCast(self, to: [Value].self)) }
    return .list(map { $0.value })
  }
}

extension Optional: Bridged where Wrapped: Bridged {
  /// The type, or nothing.
  public static var typeDescription: String { "\(Wrapped.typeDescription) or nothing" }
  /// `nothing`, and what the type takes.
  public static var literals: LiteralTypes { Wrapped.literals.union(.nothing) }
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
  public static var typeDescription: String { "a tensor, or a list of numbers" }
  /// Numbers, `true` and `false`, lists.
  public static var literals: LiteralTypes { [.number, .bool, .list] }
  /// Takes a tensor, a number, or a rectangular list of numbers.
  public static func bridging(_ value: Value) throws -> Tensor {
    if let tensor = try value.asTensor() { return tensor }
    guard let stray = value.strayInTensor else { throw mismatch(value) }
    throw LanguageError(
      "type/argument",
      "expected \(typeDescription), and in this list stands \(stray.typeDescription)")
  }
  /// The value of the language.
  public var value: Value { .tensor(self) }
}

extension Value {
  /// What keeps a list from being a tensor.
  fileprivate var strayInTensor: Value? {
    guard case .list(let elements) = self else { return nil }
    for element in elements {
      switch element {
      case .int, .float, .bool, .tensor: continue
      case .list: if let stray = element.strayInTensor { return stray }
      default: return element
      }
    }
    return nil
  }

  /// The element of a tensor without axes, which is accepted wherever a number is.
  fileprivate var onlyElement: Double? {
    get throws {
      guard case .tensor(let tensor) = self, tensor.shape.rank == 0 else { return nil }
      return try tensor.item()
    }
  }
}
