import ArgumentParser
import LeptonNotebook

/// Runs a notebook or a program: what happens where no other command is named.
struct RunCommand: ParsableCommand, Sendable {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Run notebooks and write their reports; run a program.",
    usage: """
      lepton-run [<options>] <notebook> ...
      lepton-run [<options>] <program> [--] [<argument> ...]
      """,
    discussion: """
      The report goes to standard output, progress and messages go to standard error. A file that \
      ends in .lep, or begins with #!, is a program; what stands behind its name is the program's. A file called like a command \
      is reached as ./check.
      """)

  @Argument(
    help: ArgumentHelp("Notebooks (.lnb, .lnb.md), or one program (.lep); - is standard input."),
    completion: .file())
  var notebooks: [String]

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      "Write the report to this file; of several notebooks, or where it ends in /, the reports into this folder.",
      valueName: "file"), completion: .file())
  var output: String?

  @Option(
    help: ArgumentHelp(
      "The form of the report; by default that of the file's ending.",
      valueName: "form"))
  var format: ReportForm?

  @OptionGroup(title: "Parameters") var given: ParameterOptions

  @OptionGroup(title: "Continuous integration") var records: RecordOptions

  @Option(help: ArgumentHelp("The seed of chance, instead of the notebook's.", valueName: "n"))
  var seed: Int?

  @Option(help: ArgumentHelp("How many threads compute; 0 means all processors.", valueName: "n"))
  var threads: Int?

  @OptionGroup(title: "Limits") var limits: LimitOptions

  @Option(
    help: ArgumentHelp(
      "What runs behind a cell that failed: independent (what does not need it), stop or continue.",
      valueName: "how"))
  var onError: FailurePolicy?

  @Flag(help: "Cut training to one step and compare nothing: does everything run at all?")
  var smoke = false

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("How many notebooks, or runs of a sweep, go on at once.", valueName: "n"))
  var jobs = 1

  @Option(
    name: .customLong("repeat"),
    help: ArgumentHelp("Run so often; all reports must be the same.", valueName: "n"))
  var repetitions = 1

  @Flag(
    help: """
      Take from the last run what cannot have changed: a cell whose code, names, parameters, seed and files \
      are the same. What is kept stands beside the pictures, in cells.cache.
      """)
  var cache = false

  @Flag(help: "Put pictures into the report instead of beside it.")
  var embed = false

  @Flag(help: "Tell how long things took; the report then differs from run to run.")
  var timings = false

  @OptionGroup
  var readable: ReadOptions

  @Option(
    name: .customLong("allow-write"), parsing: .singleValue,
    help: ArgumentHelp("Let the notebook write this file or folder.", valueName: "path"),
    completion: .file())
  var writable: [String] = []

  @Option(
    help: ArgumentHelp("How progress is shown.", valueName: "how"))
  var progress = ProgressStyle.auto

  @Flag(name: .shortAndLong, help: "Show no progress and no warnings.")
  var quiet = false

  /// What a program finds in `arguments`.
  ///
  /// `CommandLineRoot` cuts it off: the parser takes no second list, and its debug build says so.
  @Option(name: .customLong("program-argument"), help: .private)
  var arguments: [String] = []

  func validate() throws {
    try records.validate()
    guard (1...100).contains(repetitions) else {
      throw ValidationError("--repeat must be 1 to 100.")
    }
    if let threads, !(0...1024).contains(threads) {
      throw ValidationError("--threads must be 0 to 1024.")
    }
    guard (1...64).contains(jobs) else { throw ValidationError("--jobs must be 1 to 64.") }
    try limits.validate()
    guard !limits.untrusted || (writable.isEmpty && !cache) else {
      throw ValidationError("--untrusted takes neither --allow-write nor --cache.")
    }
  }
}

extension RunCommand: Launchable {
  func launch() -> Ending {
    let isBatch = notebooks.count > 1 || (output?.hasSuffix("/") == true && !isProgram)
    return isBatch ? BatchLaunch(self).run() : Launch(self, path: notebooks[0]).run()
  }

  /// Where a program's own arguments begin: behind the shortest beginning of a command line that by
  /// itself asks to run a program; where none does, at `--`.
  static func endOfOwn(_ arguments: [String]) -> Int {
    let ends = arguments.indices.dropLast().filter { !arguments[$0].hasPrefix("-") }.map { $0 + 1 }
    return ends.first { end in
      let command = try? CommandLineRoot.parseAsRoot(Array(arguments[..<end])) as? RunCommand
      return command?.isProgram == true
    } ?? arguments.firstIndex(of: "--") ?? arguments.count
  }

  /// Whether it runs a program, and no notebook.
  var isProgram: Bool {
    guard let notebook = notebooks.first, notebooks.count == 1 else { return false }
    return SourceKind(of: notebook, text: notebook == "-" ? "" : Reader.beginning(of: notebook))
      == .program
  }
}

/// The form of a report.
enum ReportForm: String, ExpressibleByArgument, CaseIterable, Sendable {
  case md, html, ipynb, json

  /// The form that the ending of a file's name tells.
  init?(ofFile name: String?) {
    guard let ending = name?.split(separator: ".").last else { return nil }
    self.init(rawValue: ending == "htm" ? "html" : String(ending))
  }
}

/// How progress is shown.
enum ProgressStyle: String, ExpressibleByArgument, CaseIterable, Sendable {
  case auto, bar, plain, json, none
}

extension FailurePolicy: ExpressibleByArgument {}
