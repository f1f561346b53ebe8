import ArgumentParser
import LeptonNotebook

/// The whole command line.
struct CommandLineRoot: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lepton-run",
    abstract: "Runs, checks and formats Lepton notebooks and programs.",
    usage: """
      lepton-run [<options>] <notebook> ...  > report.md
      lepton-run [<options>] <program> [<argument> ...]
      """,
    version: "lepton 0.1.0",
    subcommands: [
      RunCommand.self, CheckCommand.self, FormatCommand.self, CompareCommand.self,
      ConvertCommand.self, ExplainCommand.self, DataCommand.self, WatchCommand.self,
      AssignCommand.self,
      SelftestCommand.self, GradeCommand.self, HelpCommand.self,
    ],
    defaultSubcommand: RunCommand.self)
}

/// What the program ends with; the parser of command lines has an `ExitCode`, too.
typealias Ending = LeptonNotebook.ExitCode

/// A command that can be launched.
protocol Launchable: ParsableCommand {
  /// Does what the command line asks for; gives the code to end with.
  func launch() -> Ending
}

extension CommandLineRoot {
  /// Reads a command line.
  static func read(_ arguments: [String]) throws -> any Launchable {
    if let script = Completions.script(for: arguments) { throw CleanExit.message(script) }
    let end = RunCommand.endOfOwn(arguments)
    guard var run = try parseAsRoot(Array(arguments[..<end])) as? RunCommand else {
      return try launchable(arguments)
    }
    if end < arguments.count {
      run.arguments = Array(arguments[end...].dropFirst(arguments[end] == "--" ? 1 : 0))
    }
    return run
  }

  private static func launchable(_ arguments: [String]) throws -> any Launchable {
    var command = try parseAsRoot(arguments)
    if let command = command as? any Launchable { return command }
    // Help is a command, too, and answers by throwing.
    try command.run()
    throw CleanExit.helpRequest()
  }
}
