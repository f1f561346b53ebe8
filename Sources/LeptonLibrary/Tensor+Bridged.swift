import LeptonRuntime
import LeptonTensor

// What words that work on tensors take beside tensors.

/// A number or a tensor among the arguments of a word: numbers stay numbers, lists become tensors.
enum Numeric: Bridged {
  case int(Int)
  case float(Double)
  case tensor(Tensor)

  static var typeDescription: String { "a number or a tensor" }
  static var literals: LiteralTypes { Tensor.literals }

  static func bridging(_ value: Value) throws -> Numeric {
    switch value {
    case .bool(let bool): return .int(bool ? 1 : 0)
    case .int(let int): return .int(int)
    case .float(let float): return .float(float)
    default: break
    }
    guard let tensor = try value.asTensor() else { throw mismatch(value) }
    return .tensor(tensor)
  }

  var value: Value {
    switch self {
    case .int(let int): .int(int)
    case .float(let float): .float(float)
    case .tensor(let tensor): .tensor(tensor)
    }
  }

  /// The operand of the engine's arithmetic, in which a number is weak.
  var operand: any TensorOperand {
    switch self {
    case .int(let int): int
    case .float(let float): float
    case .tensor(let tensor): tensor
    }
  }

  /// The number, unless it is a tensor.
  var number: Double? {
    switch self {
    case .int(let int): Double(int)
    case .float(let float): float
    case .tensor: nil
    }
  }
}

/// One axis or several: `0`, `-1`, `[0, 2]`.
struct Axes: Bridged {
  let list: [Int]

  static var typeDescription: String { "an axis or a list of axes" }
  static var literals: LiteralTypes { [.number, .list] }

  static func bridging(_ value: Value) throws -> Axes {
    if case .list = value { return Axes(list: try [Int].bridging(value)) }
    guard let axis = try? Int.bridging(value) else { throw mismatch(value) }
    return Axes(list: [axis])
  }

  var value: Value { list.value }
}

/// The sizes of a tensor: `3`, `[28, 28]`.
struct Sizes: Bridged {
  let list: [Int]

  static var typeDescription: String { "a size or a list of sizes" }
  static var literals: LiteralTypes { [.number, .list] }

  static func bridging(_ value: Value) throws -> Sizes {
    switch value {
    case .list, .tensor: return Sizes(list: try integers(of: value))
    default: break
    }
    guard let size = try? Int.bridging(value) else { throw mismatch(value) }
    return Sizes(list: [size])
  }

  /// The sizes that stand as several arguments, or as one list.
  static func collecting(_ values: [Value]) throws -> Sizes {
    if values.count == 1, let only = values.first { return try bridging(only) }
    return Sizes(list: try values.map(Int.bridging))
  }

  private static func integers(of value: Value) throws -> [Int] {
    guard case .tensor(let tensor) = value else { return try [Int].bridging(value) }
    guard tensor.shape.rank <= 1, tensor.elementType.isInteger else { throw mismatch(value) }
    return try tensor.elements(as: Int.self)
  }

  var value: Value { list.value }
}

extension ElementType: Bridged {
  /// The name of an element type, or the word of that name.
  public static var typeDescription: String { "an element type" }

  /// Takes `float32`, the word, or `"float32"`, its name.
  public static func bridging(_ value: Value) throws -> ElementType {
    let name: String
    switch value {
    case .string(let string): name = string
    case .function(let function): name = function.name
    case .int:
      var mistake = mismatch(value)
      mistake.help = ["sizes stand in one list: [3, 4]"]
      throw mistake
    default: throw mismatch(value)
    }
    guard let type = ElementType(rawValue: name) else {
      throw LanguageError(
        "type/element", "\(name) is not an element type",
        help: ["element types are " + allCases.map(\.rawValue).joined(separator: ", ")])
    }
    return type
  }

  /// The name.
  public var value: Value { .string(rawValue) }
}
