import LeptonRuntime
import LeptonTensor

extension Value {
  /// Whether the value comes before another: numbers by size, strings by code points, lists by their
  /// first elements that differ.
  ///
  /// - Throws: `type/order` if the two have no order, `limit/nesting`.
  func precedes(_ other: Value) throws -> Bool { try order(to: other) < 0 }

  /// Below 0 if the value comes before another, above 0 if it comes behind it.
  ///
  /// - Throws: `type/order` if the two have no order, `limit/nesting`.
  func order(to other: Value, depth: Int = 0) throws -> Int {
    guard depth < ValueKey.depthLimit else { throw ValueKey.tooDeep }
    switch (self, other) {
    case (.int(let a), .int(let b)): return a < b ? -1 : a > b ? 1 : 0
    case (.string(let a), .string(let b)): return Comparison.order(a, b)
    case (.list(let a), .list(let b)):
      for (one, next) in zip(a, b) {
        let order = try one.order(to: next, depth: depth + 1)
        if order != 0 { return order }
      }
      return a.count - b.count
    default: break
    }
    guard let a = orderedNumber, let b = other.orderedNumber else {
      throw LanguageError(
        "type/order", "\(typeDescription) and \(other.typeDescription) have no order",
        help: ["numbers can be ordered, strings, and lists of these"])
    }
    if a.isNaN || b.isNaN { return (a.isNaN ? 1 : 0) - (b.isNaN ? 1 : 0) }
    return a < b ? -1 : a > b ? 1 : 0
  }

  /// The number that the value is, a tensor of one element included.
  private var orderedNumber: Double? {
    switch self {
    case .int(let int): Double(int)
    case .float(let float): float
    case .bool(let bool): bool ? 1 : 0
    case .tensor(let tensor) where tensor.shape.count == 1: try? tensor.item()
    default: nil
    }
  }
}

/// What makes two values the same, so that they can be counted and grouped in constant time.
///
/// Numbers are the same if they are equal, whatever their type, and tensors without axes are numbers;
/// `nan` is the same as `nan`.
enum ValueKey: Hashable {
  case nothing
  case bool(Bool)
  case int(Int)
  case float(Double)
  case notANumber
  case string([UInt8])
  case list([ValueKey])
  case record([String: ValueKey])
  case tensor(ElementType, [Int], [ValueKey])
  case other(Identity)

  /// How deeply lists and records may be nested.
  static let depthLimit = 500
  /// The error of what is nested more deeply.
  static let tooDeep = LanguageError(
    "limit/nesting", "this value is nested too deeply to be compared")

  /// Takes what matters of a value; `isStrict` tells a tensor without axes from a number.
  ///
  /// - Throws: `trace/read` for a tensor whose elements are not known yet, `limit/nesting`.
  init(_ value: Value, isStrict: Bool = false, depth: Int = 0) throws {
    guard depth < Self.depthLimit else { throw Self.tooDeep }
    switch value {
    case .nothing: self = .nothing
    case .bool(let bool): self = .bool(bool)
    case .int(let int): self = .int(int)
    case .float(let float): self = ValueKey(float)
    case .string(let string): self = .string(Array(string.utf8))
    case .list(let elements):
      self = .list(
        try elements.map { try ValueKey($0, isStrict: isStrict, depth: depth + 1) })
    case .record(let record):
      let keys = try record.values.map {
        try ValueKey($0, isStrict: isStrict, depth: depth + 1)
      }
      self = .record(Dictionary(uniqueKeysWithValues: zip(record.names, keys)))
    case .tensor(let tensor) where tensor.shape.rank == 0 && !isStrict:
      self = try ValueKey(number: tensor)
    case .tensor(let tensor):
      self = .tensor(
        tensor.elementType, tensor.shape.sizes, try tensor.scalars().map { try ValueKey($0) })
    case .function, .object: self = .other(Identity(value: value))
    }
  }

  /// A tensor without axes as a number: that of a float32 one is the number that its text reads as.
  private init(number tensor: Tensor) throws {
    guard tensor.elementType == .float32 else {
      self = try ValueKey(tensor.scalar)
      return
    }
    let number = Float(try tensor.item())
    self = ValueKey(Double(number.description) ?? Double(number))
  }

  private init(_ float: Double) {
    if float.isNaN {
      self = .notANumber
    } else {
      self = Int(exactly: float).map(ValueKey.int) ?? .float(float)
    }
  }

  /// A function or an object: the same one, or one that says it is the same.
  struct Identity: Hashable {
    let value: Value

    static func == (a: Identity, b: Identity) -> Bool {
      switch (a.value, b.value) {
      case (.function(let f), .function(let g)): isSame(f, g)
      case (.object(let x), .object(let y)): x.isSame(as: y)
      default: false
      }
    }

    func hash(into hasher: inout Hasher) { hasher.combine(value.typeName) }

    /// Compositions are compared stage by stage; where a layer was made is a part of it.
    private static func isSame(_ f: any Callable, _ g: any Callable) -> Bool {
      if f === g { return true }
      if let f = f as? Composition, let g = g as? Composition {
        return f.stages.map(Identity.init) == g.stages.map(Identity.init)
      }
      return (f as? Closure)?.origin == (g as? Closure)?.origin && f.source == g.source
    }
  }
}
