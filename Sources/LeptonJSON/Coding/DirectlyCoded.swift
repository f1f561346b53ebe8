/// A value whose JSON is made without containers.
protocol DirectlyCoded {
  /// Its JSON; nil where it has none.
  var json: JSON? { get }
  /// The value that the JSON stands for; nil where it stands for none.
  init?(json: JSON)
  /// What the JSON must be, for messages: `a whole number`.
  static var expectation: String { get }
}

extension JSON: DirectlyCoded {
  var json: JSON? { self }
  init?(json: JSON) { self = json }
  static var expectation: String { "a value" }
}

extension Bool: DirectlyCoded {
  var json: JSON? { .bool(self) }
  init?(json: JSON) {
    guard let value = json.boolValue else { return nil }
    self = value
  }
  static var expectation: String { "true or false" }
}

extension String: DirectlyCoded {
  var json: JSON? { .string(self) }
  init?(json: JSON) {
    guard let value = json.stringValue else { return nil }
    self = value
  }
  static var expectation: String { "a text" }
}

extension Double: DirectlyCoded {
  var json: JSON? {
    if isFinite { return .double(self) }
    return .string(isNaN ? "nan" : self > 0 ? "inf" : "-inf")
  }

  init?(json: JSON) {
    switch json {
    case .string("nan"): self = .nan
    case .string("inf"): self = .infinity
    case .string("-inf"): self = -.infinity
    default:
      guard let value = json.doubleValue else { return nil }
      self = value
    }
  }

  static var expectation: String { "a number" }
}

extension Float: DirectlyCoded {
  var json: JSON? { Double(self).json }

  init?(json: JSON) {
    guard let value = Double(json: json) else { return nil }
    self = Float(value)
    if isInfinite, value.isFinite { return nil }
  }

  static var expectation: String { "a number of 32 bits" }
}

extension DirectlyCoded where Self: FixedWidthInteger {
  var json: JSON? { Int(exactly: self).map(JSON.int) }

  init?(json: JSON) {
    guard let value = json.intValue else { return nil }
    self.init(exactly: value)
  }

  static var expectation: String { "a whole number from \(Self.min) to \(Self.max)" }
}

extension Int: DirectlyCoded {}
extension Int8: DirectlyCoded {}
extension Int16: DirectlyCoded {}
extension Int32: DirectlyCoded {}
extension Int64: DirectlyCoded {}
extension UInt: DirectlyCoded {}
extension UInt8: DirectlyCoded {}
extension UInt16: DirectlyCoded {}
extension UInt32: DirectlyCoded {}
extension UInt64: DirectlyCoded {}

extension Array: DirectlyCoded where Element: DirectlyCoded {
  var json: JSON? {
    if Element.self == UInt8.self, let bytes = self as? [UInt8] {
      return .string(Base64.text(of: bytes))
    }
    var elements: [JSON] = []
    elements.reserveCapacity(count)
    for element in self {
      guard let json = element.json else { return nil }
      elements.append(json)
    }
    return .array(elements)
  }

  init?(json: JSON) {
    if Element.self == UInt8.self {
      guard let text = json.stringValue, let bytes = Base64.bytes(of: text) as? Self else {
        return nil
      }
      self = bytes
      return
    }
    guard let elements = json.arrayValue else { return nil }
    self.init()
    reserveCapacity(elements.count)
    for element in elements {
      guard let value = Element(json: element) else { return nil }
      append(value)
    }
  }

  static var expectation: String {
    if Element.self == UInt8.self { return "bytes in Base64" }
    return "an array, each element \(Element.expectation)"
  }
}

/// A dictionary that is an object in JSON, whose members have no order of their own.
protocol NamedValues {}
extension Dictionary: NamedValues where Key == String {}
