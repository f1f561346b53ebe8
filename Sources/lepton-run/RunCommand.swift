import ArgumentParser
import LeptonNotebook

/// The command line.
struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lepton-run",
    abstract: "Runs a notebook and writes its report as Markdown.",
    discussion: """
      The report goes to standard output, progress and messages go to standard error. \
      A file that ends in .lep is a plain program.

      Exit codes: 0 all holds, 1 a cell failed, 2 usage, 3 an expectation or metric does not hold, \
      4 the notebook cannot be parsed or has mistakes, 5 nothing to run, 6 not written, \
      70 our own fault, 124 time limit, 130 and 143 interrupted.
      """,
    version: "lepton 0.1.0")

  @Argument(
    help: ArgumentHelp("The notebook (.lnb, .lnb.md) or program (.lep); - is standard input."))
  var notebook: String

  @Option(
    name: .shortAndLong, help: ArgumentHelp("Write the report to this file.", valueName: "file"))
  var output: String?

  @Option(help: ArgumentHelp("Write metrics and cells to this file, as JSON.", valueName: "file"))
  var results: String?

  @Option(
    name: [.customShort("p"), .customLong("param")], parsing: .singleValue,
    help: ArgumentHelp("Set a parameter of the notebook.", valueName: "name=value"))
  var parameters: [String] = []

  @Option(help: ArgumentHelp("The seed of chance, instead of the notebook's.", valueName: "n"))
  var seed: Int?

  @Option(help: ArgumentHelp("How many threads compute; 0 means all processors.", valueName: "n"))
  var threads: Int?

  @Option(help: ArgumentHelp("Stop a cell after this time: 90, 60s, 2m.", valueName: "time"))
  var timeout: String?

  @Option(
    name: .customLong("repeat"),
    help: ArgumentHelp("Run so often; all reports must be the same.", valueName: "n"))
  var repetitions = 1

  @Flag(help: "Put pictures into the report instead of beside it.")
  var embed = false

  @Flag(help: "Tell how long things took; the report then differs from run to run.")
  var timings = false

  @Option(
    name: .customLong("allow-read"), parsing: .singleValue,
    help: ArgumentHelp("Let the notebook read this file or folder, too.", valueName: "path"))
  var readable: [String] = []

  @Option(
    name: .customLong("allow-write"), parsing: .singleValue,
    help: ArgumentHelp("Let the notebook write this file or folder.", valueName: "path"))
  var writable: [String] = []

  @Flag(help: "Compare with what is expected and never rewrite a source; the default.")
  var check = false

  @Option(help: ArgumentHelp("How progress is shown: auto, bar, plain or none.", valueName: "how"))
  var progress = ProgressStyle.auto

  @Flag(name: .shortAndLong, help: "Show no progress and no warnings.")
  var quiet = false

  @Argument(parsing: .postTerminator, help: ArgumentHelp("What a program finds in `arguments`."))
  var arguments: [String] = []

  func validate() throws {
    guard (1...100).contains(repetitions) else {
      throw ValidationError("--repeat must be 1 to 100.")
    }
    if let threads, !(0...1024).contains(threads) {
      throw ValidationError("--threads must be 0 to 1024.")
    }
    if let timeout, Double.seconds(timeout) == nil {
      throw ValidationError("--timeout must be a length of time, such as 90, 60s or 2m.")
    }
    if !arguments.isEmpty, !notebook.hasSuffix(".lep") {
      throw ValidationError(
        "Only a program (.lep) takes arguments; set parameters with -p name=value.")
    }
  }

  /// Runs what the command line asks for; gives the code to end with.
  func launch() -> Int32 { Launch(self).run().rawValue }
}

/// How progress is shown.
enum ProgressStyle: String, ExpressibleByArgument {
  case auto, bar, plain, none
}
