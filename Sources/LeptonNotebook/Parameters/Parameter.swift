import LeptonSyntax

/// Something a user may set when a notebook is run.
public struct Parameter: Sendable, Hashable {
  /// The name by which cells read it.
  public var name: String
  /// What it may be.
  public var type: ParameterType
  /// What it is if nobody says otherwise; nothing where somebody must.
  public var defaultValue: ParameterValue?
  /// The smallest number that will do.
  public var minimum: Double?
  /// The largest number that will do.
  public var maximum: Double?
  /// The values it may have; any if empty.
  public var choices: [ParameterValue] = []
  /// One sentence about it.
  public var help = ""
  /// The line on which it stands, from 1.
  public var line: Int

  /// Whether a text can be a name in the language.
  package static func isName(_ text: String) -> Bool {
    guard let first = text.unicodeScalars.first, first == "_" || first.properties.isXIDStart else {
      return false
    }
    return text.unicodeScalars.allSatisfy { $0 == "_" || $0.properties.isXIDContinue }
  }

  /// Tells what is wrong with a value, or nothing.
  package func problem(with value: ParameterValue) -> String? {
    if !choices.isEmpty, !choices.contains(value) {
      return "\(value.source) is not one of \(choices.map(\.source).joined(separator: ", "))"
    }
    guard let number = value.number else { return nil }
    if let minimum, !(number >= minimum) {
      return "\(value.source) is below its minimum \(bound(minimum))"
    }
    if let maximum, !(number <= maximum) {
      return "\(value.source) is above its maximum \(bound(maximum))"
    }
    return nil
  }
}

extension Parameter {
  /// A bound as its author would write it.
  private func bound(_ number: Double) -> String {
    let whole = type == .int ? Int(exactly: number) : nil
    return whole.map { "\($0)" } ?? ParameterValue.text(of: number)
  }
}

/// What a parameter may be.
public indirect enum ParameterType: Sendable, Hashable {
  case int, float, bool, string, path, duration
  case list(ParameterType)

  /// Finds a type by the name that authors write: `int`, `list[float]`.
  package init?(named name: String) {
    let names: [String: ParameterType] = [
      "int": .int, "float": .float, "bool": .bool, "string": .string, "enum": .string,
      "path": .path, "duration": .duration,
    ]
    if let type = names[name] {
      self = type
    } else if name.hasPrefix("list["), name.hasSuffix("]"),
      let element = names[String(name.dropFirst(5).dropLast())]
    {
      self = .list(element)
    } else {
      return nil
    }
  }

  /// The type in words.
  package var words: String {
    switch self {
    case .int: "a whole number"
    case .float: "a number"
    case .bool: "true or false"
    case .string: "a text"
    case .path: "a path"
    case .duration: "a length of time, such as 60s"
    case .list(let element): "a list, each element \(element.words)"
    }
  }
}

/// The value of a parameter.
public indirect enum ParameterValue: Sendable, Hashable {
  case int(Int)
  case float(Double)
  case bool(Bool)
  case string(String)
  case list([ParameterValue])

  /// The Lepton that makes it.
  public var source: String {
    switch self {
    case .int(let number): String(number)
    case .float(let number): Self.text(of: number)
    case .bool(let flag): String(flag)
    case .string(let text): text.quoted
    case .list(let elements): "[\(elements.map(\.source).joined(separator: ", "))]"
    }
  }

  /// The number it is.
  package var number: Double? {
    switch self {
    case .int(let number): Double(number)
    case .float(let number): number
    default: nil
    }
  }

  /// A number as the language writes it.
  static func text(of number: Double) -> String {
    if number.isNaN { return "nan" }
    return number.isInfinite ? (number < 0 ? "-inf" : "inf") : number.description
  }
}
