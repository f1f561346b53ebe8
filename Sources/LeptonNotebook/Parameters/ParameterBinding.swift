import LeptonSyntax

/// The values with which a notebook is run.
public struct ParameterBinding: Sendable {
  /// A parameter with the value it has in this run.
  public struct Entry: Sendable, Hashable {
    /// The parameter.
    public var parameter: Parameter
    /// Its value.
    public var value: ParameterValue
    /// Whether the user gave it.
    public var isGiven: Bool
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
      Entry(parameter: $0, value: $0.defaultValue ?? .list([]), isGiven: false)
    }
    isUndecided = true
  }

  /// Binds declared parameters to what a user gave as `name=value`.
  ///
  /// - Throws: `RunRefusal` with the exit code for wrong usage.
  public init(_ parameters: [Parameter], given: [String]) throws(RunRefusal) {
    var values: [String: ParameterValue] = [:]
    for text in given {
      let (name, spelling) = try Self.split(text)
      guard let parameter = parameters.first(where: { $0.name == name }) else {
        throw Self.unknown(name, parameters)
      }
      values[name] = try Self.value(spelling, for: parameter)
    }
    var entries: [Entry] = []
    for parameter in parameters {
      let given = values[parameter.name]
      guard let value = given ?? parameter.defaultValue else {
        throw RunRefusal(
          .usage, "parameter `\(parameter.name)` has no default and was not given",
          help: ["give it: -p \(parameter.name)=VALUE, \(parameter.type.words)"])
      }
      entries.append(Entry(parameter: parameter, value: value, isGiven: given != nil))
    }
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

  private static func split(_ text: String) throws(RunRefusal) -> (String, String) {
    guard let equals = text.firstIndex(of: "="), equals > text.startIndex else {
      throw RunRefusal(.usage, "`-p \(text)` is not of the form name=value")
    }
    return (String(text[..<equals]), String(text[text.index(after: equals)...]))
  }

  private static func unknown(_ name: String, _ parameters: [Parameter]) -> RunRefusal {
    let names = parameters.map(\.name)
    let nearest = Spelling.nearest(to: name, in: names).map { "did you mean `\($0)`?" }
    let all = names.isEmpty ? "it has none" : "it has \(names.joined(separator: ", "))"
    return RunRefusal(.usage, "the notebook has no parameter `\(name)`", help: [nearest ?? all])
  }

  private static func value(_ text: String, for parameter: Parameter) throws(RunRefusal)
    -> ParameterValue
  {
    guard let value = ParameterValue(text, as: parameter.type) else {
      throw RunRefusal(
        .usage, "parameter `\(parameter.name)` must be \(parameter.type.words), not `\(text)`",
        help: parameter.help.isEmpty ? [] : [parameter.help])
    }
    if let problem = parameter.problem(with: value) {
      throw RunRefusal(.usage, "parameter `\(parameter.name)`: \(problem)")
    }
    return value
  }
}
