import LeptonSyntax
import LeptonTensor

/// A format in an f-string: `[[fill]align][sign][#][0][width][grouping][.precision][type]`, as in Python.
///
/// A width counts columns of the screen: a wide East Asian character takes two.
public struct TextFormat {
  /// What fills up to the width, and where: `<` behind, `>` before, `^` around, `=` behind the sign.
  var fill: Character = " "
  var align: Character?
  /// What stands before a number that is not negative: nothing for `-`.
  var sign: Character = "-"
  /// `#`: whether `0x`, `0o`, `0b` stand before digits of another base, and floats keep point and zeros.
  var isAlternate = false
  /// Whether zeros fill up to the width, behind the sign of a number.
  var isZeroFilled = false
  var width = 0
  /// What stands between groups of digits.
  var grouping: Character?
  var precision: Int?
  var type: Character?
  /// Whether it asks for nothing.
  private let isEmpty: Bool
  /// How many digits stand behind the point, where it asks for that alone: `.3f`.
  private(set) var plainPlaces: Int?

  /// The widest a format may ask for.
  private static let limit = 10_000
  private static let wholeTypes = "dxXobc"
  private static let fractionTypes = "fFeEgG%"

  /// Reads a format.
  ///
  /// - Throws: `value/format` if it cannot be understood.
  public init(_ format: String) throws {
    isEmpty = format.isEmpty
    var rest = Array(format)[...]
    let hasFill = rest.count > 1 && "<>^=".contains(rest[rest.startIndex + 1])
    if hasFill { fill = rest.removeFirst() }
    align = rest.take(oneOf: "<>^=")
    sign = rest.take(oneOf: "+- ") ?? "-"
    isAlternate = rest.take(oneOf: "#") != nil
    let hasZero = !hasFill && rest.take(oneOf: "0") != nil
    if hasZero { fill = "0" }
    isZeroFilled = fill == "0" && (align == "=" || (hasZero && align == nil))
    width = try Self.number(&rest) ?? 0
    grouping = rest.take(oneOf: ",_")
    if rest.take(oneOf: ".") != nil {
      guard let digits = try Self.number(&rest) else { throw Self.invalid(format) }
      precision = digits
    }
    type = rest.take(oneOf: Self.wholeTypes + Self.fractionTypes + "s")
    guard rest.isEmpty else { throw Self.invalid(format) }
    if type == "f", let precision, format == ".\(precision)f" { plainPlaces = precision }
  }

  private static func number(_ rest: inout ArraySlice<Character>) throws -> Int? {
    let digits = rest.prefix { $0.isASCII && $0.isNumber }
    guard !digits.isEmpty else { return nil }
    rest.removeFirst(digits.count)
    guard let number = Int(String(digits)), number <= limit else { throw invalid(String(digits)) }
    return number
  }

  private static func invalid(_ format: String) -> LanguageError {
    LanguageError(
      "value/format", "the format `\(format)` cannot be understood",
      help: [
        "`.3f`, `.2e`, `.1%`, `>8`, `08.3f`, `,`, `x`, `b` are formats",
        "it is [fill][<>^=][+][#][0][width][,_][.digits][d f e g % x o b c s]",
      ])
  }

  /// Writes a value; the elements of a list or a tensor one by one if the format is for numbers.
  public func apply(to value: Value) throws -> String { try apply(to: value, depth: 0) }

  private func apply(to value: Value, depth: Int) throws -> String {
    switch value {
    case .int(let int): return try number(int)
    case .float(let float): return try number(float)
    case .bool(let bool) where isForNumbers: return try number(bool ? 1 : 0)
    case .tensor(let tensor) where tensor.shape.rank == 0 && !isEmpty:
      return try apply(to: number(of: tensor), depth: depth)
    case .tensor(let tensor) where isForNumbers || precision != nil:
      return try list(Iteration.elements(of: .tensor(tensor)), depth)
    case .list(let elements) where isForNumbers || precision != nil:
      return try list(elements, depth)
    case .object(let object as any ListLike) where isForNumbers || precision != nil:
      return try list(object.elements, depth)
    default:
      guard !isForNumbers else { throw Self.notNumber(value) }
      guard let precision else { return padded(value.text) }
      return padded(String(String.UnicodeScalarView(value.text.unicodeScalars.prefix(precision))))
    }
  }

  /// The number that a tensor without axes is; that of a float32 one reads as it prints where no digits
  /// are counted.
  private func number(of tensor: Tensor) throws -> Value {
    guard precision == nil, tensor.elementType == .float32, let text = tensor.numeral,
      let number = Double(text)
    else { return try tensor.scalar }
    return .float(number)
  }

  private func list(_ elements: [Value], _ depth: Int) throws -> String {
    guard depth < Value.nestingLimit else { throw LanguageError.tooNested }
    return "[" + (try elements.map { try apply(to: $0, depth: depth + 1) }).joined(separator: ", ")
      + "]"
  }

  /// Whether its type is one of numbers.
  private var isForNumbers: Bool { type.map { $0 != "s" } ?? false }

  private func number(_ int: Int) throws -> String {
    switch type {
    case "s": return padded(String(int))
    case "c": return padded(try character(int))
    case let type? where Self.fractionTypes.contains(type): return try number(Double(int))
    default: return filled(NumberParts(int, self))
    }
  }

  private func number(_ float: Double) throws -> String {
    switch type {
    case "s": return padded(ValueWriter.number(float))
    case let type? where Self.wholeTypes.contains(type):
      guard let int = Int(exactly: float) else {
        throw LanguageError(
          "value/format", "the format `\(type)` is for integers, and this is a float",
          help: ["`.0f` rounds to the nearest integer, `.2f` shows two digits"])
      }
      return try number(int)
    default: return filled(NumberParts(float, self))
    }
  }

  private func character(_ int: Int) throws -> String {
    guard let code = UInt32(exactly: int), let scalar = Unicode.Scalar(code) else {
      throw LanguageError("value/format", "\(int) is not the number of a character")
    }
    return String(Character(scalar))
  }

  private static func notNumber(_ value: Value) -> LanguageError {
    LanguageError(
      "value/format", "the format is for a number, and this is \(value.typeDescription)",
      help: ["`>10`, `<10` and `^10` place a text of any kind"])
  }

  /// A number up to the width.
  private func filled(_ number: NumberParts) -> String {
    guard isZeroFilled else { return padded(number.text, align: ">", sign: number.sign) }
    return number.filled(with: "0", to: width).text
  }

  /// A text up to the width.
  private func padded(_ text: String, align otherwise: Character = "<", sign: String = "") -> String
  {
    if width == 0 { return text }
    let missing = width - displayWidth(of: text)
    guard missing > 0 else { return text }
    let step = max(1, displayWidth(of: String(fill)))
    func fills(_ count: Int) -> String {
      String(repeating: fill, count: count / step) + String(repeating: " ", count: count % step)
    }
    switch align ?? otherwise {
    case "<": return text + fills(missing)
    case "^": return fills(missing / 2) + text + fills(missing - missing / 2)
    case "=": return sign + fills(missing) + text.dropFirst(sign.count)
    default: return fills(missing) + text
    }
  }
}

extension ArraySlice<Character> {
  /// Takes the first character if it is one of some.
  fileprivate mutating func take(oneOf characters: String) -> Character? {
    guard let first, characters.contains(first) else { return nil }
    return removeFirst()
  }
}
