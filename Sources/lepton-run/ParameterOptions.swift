import ArgumentParser
import Glibc
import LeptonNotebook

/// What the command line says about the parameters of a notebook.
struct ParameterOptions: ParsableArguments, Sendable {
  @Option(
    name: [.customShort("p"), .customLong("param")], parsing: .singleValue,
    help: ArgumentHelp("Set a parameter of the notebook.", valueName: "name=value"))
  var parameters: [String] = []

  @Option(
    name: [.customShort("f"), .customLong("params")], parsing: .singleValue,
    help: ArgumentHelp(
      "Take parameters from a YAML file; LEPTON_PARAM_NAME in the environment sets one, too.",
      valueName: "file"), completion: .file())
  var files: [String] = []

  @Option(
    name: .customLong("sweep"), parsing: .singleValue,
    help: ArgumentHelp(
      "Run with each of several values, in every combination; the report is a table of the runs.",
      valueName: "name=a,b,…"))
  var sweeps: [String] = []

  /// Whether nothing is said.
  var isEmpty: Bool { parameters.isEmpty && files.isEmpty && sweeps.isEmpty }

  /// Gathers everything that was said; `point` are further settings, as `name=value`.
  func sources(at point: [String] = []) throws(RunRefusal) -> ParameterSources {
    var read: [ParameterFile] = []
    for file in files { read.append(try ParameterFile(Reader.read(file).text, name: file)) }
    return ParameterSources(
      commandLine: parameters + point, files: read, environment: Self.environment)
  }

  /// The variables of the environment that set parameters.
  private static var environment: [String: String] {
    var result: [String: String] = [:]
    var next = environ
    while let entry = next.pointee {
      let parts = String(cString: entry).split(
        separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      if parts.count == 2, parts[0].hasPrefix("LEPTON_PARAM_") {
        result[String(parts[0])] = String(parts[1])
      }
      next += 1
    }
    return result
  }
}
