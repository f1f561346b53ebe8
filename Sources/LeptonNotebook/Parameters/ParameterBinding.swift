import LeptonSyntax

/// The values with which a notebook is run.
public struct ParameterBinding: Sendable {
  /// A parameter with the value it has in this run.
  public struct Entry: Sendable, Hashable {
    /// The parameter.
    public var parameter: Parameter
    /// Its value.
    public var value: ParameterValue
    /// Who said so.
    public var origin: ParameterOrigin
  }

  /// The parameters in the order of their declaration.
  public let entries: [Entry]
  /// Whether their values are not decided yet.
  private var isUndecided = false

  /// Binds no parameters.
  public init() { entries = [] }

  /// Binds parameters whose values a run will decide.
  init(undecided parameters: [Parameter]) {
    entries = parameters.map {
      Entry(parameter: $0, value: $0.defaultValue ?? .list([]), origin: .declaration)
    }
    isUndecided = true
  }

  /// Binds declared parameters to what a user gave: the command line wins over files, a later file
  /// over an earlier one, and files over the environment.
  ///
  /// - Throws: `RunRefusal` with the exit code for wrong usage.
  public init(_ parameters: [Parameter], given: ParameterSources) throws(RunRefusal) {
    var values: [String: (ParameterValue, ParameterOrigin)] = [:]
    for parameter in parameters {
      guard let text = given.environment[parameter.environmentName] else { continue }
      let value = try Self.value(
        ParameterValue(text, as: parameter.type), of: "`\(text)`", for: parameter)
      values[parameter.name] = (value, .environment)
    }
    for file in given.files {
      for member in file.members {
        let parameter = try Self.parameter(member.key, among: parameters)
        let value = try Self.value(
          ParameterValue(member.value, as: parameter.type),
          of: "what stands in \(file.name):\(member.place.line)", for: parameter)
        values[parameter.name] = (value, .file(file.name))
      }
    }
    for (name, text) in try given.assignments() {
      let parameter = try Self.parameter(name, among: parameters)
      let value = try Self.value(
        ParameterValue(text, as: parameter.type), of: "`\(text)`", for: parameter)
      values[name] = (value, .given)
    }
    var entries: [Entry] = []
    for parameter in parameters { entries.append(try Self.entry(parameter, values)) }
    self.entries = entries
  }

  /// The Lepton that defines the parameters.
  public var source: String {
    if isUndecided { return Self.undecided(entries.map(\.parameter.name)) }
    return entries.map { "\($0.parameter.name) = \($0.value.source)\n" }.joined()
  }

  /// The Lepton after which names may have any value.
  static func undecided(_ names: [String]) -> String {
    "for \(names.joined(separator: ", ")) in [] { }\n"
  }

  private static func entry(
    _ parameter: Parameter, _ values: [String: (ParameterValue, ParameterOrigin)]
  ) throws(RunRefusal) -> Entry {
    if let (value, origin) = values[parameter.name] {
      return Entry(parameter: parameter, value: value, origin: origin)
    }
    guard let value = parameter.defaultValue else {
      throw RunRefusal(
        .usage, "parameter `\(parameter.name)` has no default and was not given",
        help: ["give it: -p \(parameter.name)=VALUE, \(parameter.type.words)"])
    }
    return Entry(parameter: parameter, value: value, origin: .declaration)
  }

  private static func parameter(_ name: String, among parameters: [Parameter]) throws(RunRefusal)
    -> Parameter
  {
    if let parameter = parameters.first(where: { $0.name == name }) { return parameter }
    let names = parameters.map(\.name)
    let nearest = Spelling.nearest(to: name, in: names).map { "did you mean `\($0)`?" }
    let all = names.isEmpty ? "it has none" : "it has \(names.joined(separator: ", "))"
    throw RunRefusal(.usage, "the notebook has no parameter `\(name)`", help: [nearest ?? all])
  }

  private static func value(
    _ value: ParameterValue?, of what: String, for parameter: Parameter
  ) throws(RunRefusal) -> ParameterValue {
    guard let value else {
      throw RunRefusal(
        .usage, "parameter `\(parameter.name)` must be \(parameter.type.words), not \(what)",
        help: parameter.help.isEmpty ? [] : [parameter.help])
    }
    if let problem = parameter.problem(with: value) {
      throw RunRefusal(.usage, "parameter `\(parameter.name)`: \(problem)")
    }
    return value
  }
}
