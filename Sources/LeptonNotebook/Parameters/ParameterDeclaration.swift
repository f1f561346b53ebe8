/// Reads how a parameter is declared: `lr: {type: float, default: 0.5, min: 1e-6}` or `lr: 0.5`.
struct ParameterDeclaration {
  static let keys = ["type", "default", "min", "max", "choices", "help", "required"]

  /// Why a declaration will not do.
  struct Problem: Error {
    var message: String
    var place: YAMLValue.Place?
  }

  private let member: YAMLValue.Member
  private let parts: [YAMLValue.Member]?

  init(_ member: YAMLValue.Member) {
    self.member = member
    if case .mapping(let parts) = member.value.content { self.parts = parts } else { parts = nil }
  }

  func parameter() throws(Problem) -> Parameter {
    guard parts != nil else { return try inferred(from: member.value) }
    var parameter = try typed()
    if let minimum = part("min") { parameter.minimum = try number(minimum) }
    if let maximum = part("max") { parameter.maximum = try number(maximum) }
    if let help = part("help") { parameter.help = help.value.words ?? "" }
    if let choices = part("choices") { parameter.choices = try list(choices, of: parameter.type) }
    guard let standard = part("default") else { return parameter }
    guard let value = ParameterValue(standard.value, as: parameter.type) else {
      throw Problem(message: "its default must be \(parameter.type.words)", place: standard.place)
    }
    if let problem = parameter.problem(with: value) {
      throw Problem(message: "its default \(problem)", place: standard.place)
    }
    parameter.defaultValue = value
    return parameter
  }

  private func typed() throws(Problem) -> Parameter {
    if let name = part("type") {
      guard let words = name.value.words, let type = ParameterType(named: words) else {
        throw Problem(
          message: "its type must be int, float, bool, string, enum, path, duration or list[type]",
          place: name.place)
      }
      return Parameter(name: member.key, type: type, line: member.place.line + 1)
    }
    guard let standard = part("default") ?? part("choices") else {
      throw Problem(message: "it needs a `type` or a `default`", place: nil)
    }
    var parameter = try inferred(from: standard.value)
    if standard.key == "choices", case .list(let element) = parameter.type {
      parameter.type = element
    }
    parameter.defaultValue = nil
    return parameter
  }

  private func inferred(from value: YAMLValue) throws(Problem) -> Parameter {
    guard let type = ParameterType(of: value), let standard = ParameterValue(value, as: type) else {
      throw Problem(
        message: "its value must be a number, a text, true or false, or a list of these",
        place: value.place)
    }
    return Parameter(
      name: member.key, type: type, defaultValue: standard, line: member.place.line + 1)
  }

  private func number(_ part: YAMLValue.Member) throws(Problem) -> Double {
    guard let number = part.value.number else {
      throw Problem(message: "`\(part.key)` must be a number", place: part.place)
    }
    return number
  }

  private func list(_ part: YAMLValue.Member, of type: ParameterType) throws(Problem)
    -> [ParameterValue]
  {
    guard case .list(let values)? = ParameterValue(part.value, as: .list(type)), !values.isEmpty
    else {
      throw Problem(
        message: "`choices` must be a list, each element \(type.words)", place: part.place)
    }
    return values
  }

  private func part(_ key: String) -> YAMLValue.Member? { parts?.first { $0.key == key } }
}

extension ParameterType {
  /// The type of a value that stands alone.
  init?(of value: YAMLValue) {
    switch value.content {
    case .bool: self = .bool
    case .int: self = .int
    case .float: self = .float
    case .text: self = .string
    case .list(let elements):
      let types = Set(elements.compactMap { ParameterType(of: $0) })
      if types == [.int, .float] { self = .list(.float); return }
      guard let type = types.first, types.count == 1 else { return nil }
      self = .list(type)
    case .nothing, .mapping: return nil
    }
  }
}

extension ParameterValue {
  /// Takes a value of the front matter as a type.
  init?(_ value: YAMLValue, as type: ParameterType) {
    switch (type, value.content) {
    case (.int, .int(let number)): self = .int(number)
    case (.float, _): guard let number = value.number else { return nil }; self = .float(number)
    case (.bool, .bool(let flag)): self = .bool(flag)
    case (.string, _), (.path, _):
      guard let words = value.words else { return nil }
      self = .string(words)
    case (.duration, _):
      guard let seconds = value.seconds else { return nil }; self = .float(seconds)
    case (.list(let element), .list(let values)):
      let elements = values.compactMap { ParameterValue($0, as: element) }
      guard elements.count == values.count else { return nil }
      self = .list(elements)
    default: return nil
    }
  }

  /// Reads a value that a user gave on the command line, as a type.
  package init?(_ text: String, as type: ParameterType) {
    switch type {
    case .int: guard let number = Int(text) else { return nil }; self = .int(number)
    case .float: guard let number = Double(text) else { return nil }; self = .float(number)
    case .bool:
      guard let flag = Bool(text) else { return nil }
      self = .bool(flag)
    case .string, .path: self = .string(text)
    case .duration:
      guard let seconds = Double.seconds(text) else { return nil }; self = .float(seconds)
    case .list(let element):
      let inside =
        text.hasPrefix("[") && text.hasSuffix("]") ? text.dropFirst().dropLast() : text[...]
      let parts =
        inside.trimmed.isEmpty ? [] : inside.split(separator: ",", omittingEmptySubsequences: false)
      let elements = parts.compactMap { ParameterValue($0.trimmed, as: element) }
      guard elements.count == parts.count else { return nil }
      self = .list(elements)
    }
  }
}
