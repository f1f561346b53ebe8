/// Who said what a parameter is.
public enum ParameterOrigin: Sendable, Hashable {
  /// Its declaration, as the default.
  case declaration
  /// The environment.
  case environment
  /// A file that the user named.
  case file(String)
  /// The command line.
  case given

  /// A word for the report.
  var word: String {
    switch self {
    case .declaration: "default"
    case .environment: "environment"
    case .file(let name): name
    case .given: "given"
    }
  }
}

/// Where the values of parameters may come from.
public struct ParameterSources: Sendable {
  /// What stands on the command line, each as `name=value`.
  public var commandLine: [String]
  /// What files say, in the order in which the user named them.
  public var files: [ParameterFile]
  /// Variables of the environment; `LEPTON_PARAM_LR` is the parameter `lr`.
  public var environment: [String: String]

  /// Gathers what was said.
  public init(
    commandLine: [String] = [], files: [ParameterFile] = [], environment: [String: String] = [:]
  ) {
    self.commandLine = commandLine
    self.files = files
    self.environment = environment
  }

  /// The command line's, as name and spelling.
  func assignments() throws(RunRefusal) -> [(name: String, text: String)] {
    var result: [(String, String)] = []
    for text in commandLine { result.append(try Self.assignment(text, option: "-p")) }
    return result
  }

  /// Cuts `name=value` in two.
  static func assignment(_ text: String, option: String) throws(RunRefusal) -> (String, String) {
    guard let equals = text.firstIndex(of: "="), equals > text.startIndex else {
      throw RunRefusal(.usage, "`\(option) \(text)` is not of the form name=value")
    }
    return (String(text[..<equals]), String(text[text.index(after: equals)...]))
  }
}

/// A file of parameters: a YAML mapping of names to values.
public struct ParameterFile: Sendable {
  /// The file's name, as the user gave it.
  let name: String
  /// What it says.
  let members: [YAMLValue.Member]

  /// Reads a file.
  ///
  /// - Throws: `RunRefusal` if it is no such mapping.
  public init(_ text: String, name: String) throws(RunRefusal) {
    self.name = name
    let value: YAMLValue
    do { value = try YAMLValue(parsing: text) } catch {
      throw RunRefusal(
        .usage, "\(name):\(error.place.line):\(error.place.column): \(error.mistake.message)")
    }
    switch value.content {
    case .nothing: members = []
    case .mapping(let members): self.members = members
    default:
      throw RunRefusal(
        .usage, "\(name): a file of parameters holds a line `name: value` for each")
    }
  }
}

extension Parameter {
  /// The variable of the environment that sets it: `LEPTON_PARAM_LR`.
  var environmentName: String { "LEPTON_PARAM_" + name.uppercased() }
}
