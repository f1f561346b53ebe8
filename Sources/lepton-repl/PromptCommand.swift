import ArgumentParser
import Glibc
import LeptonFiles
import LeptonLink
import LeptonSession

/// The command line of `lepton-repl`.
struct PromptCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lepton-repl",
    abstract: "Evaluates Lepton, line by line at a terminal or all that comes from a pipe.",
    discussion: """
      At the prompt: Tab completes, Up recalls what begins like the line, Ctrl-R searches, ?word helps, \
      Ctrl-C clears the entry or stops what runs, Ctrl-D leaves. Entries are kept in $LEPTON_HISTORY, \
      else in $XDG_STATE_HOME/lepton/history. $XDG_CONFIG_HOME/lepton/init.lep is evaluated first. \
      Keys are those of your inputrc, where the application is called lepton.

      From a pipe, and with -e, only results are printed; the first error ends it with status 1.
      """,
    version: "lepton 0.1.0")

  @Option(
    name: .customShort("e"), parsing: .unconditionalSingleValue,
    help: ArgumentHelp("Evaluate this text instead of the input.", valueName: "text"))
  var expressions: [String] = []

  @Option(
    name: .customShort("i"),
    help: ArgumentHelp("Evaluate this file first.", valueName: "file"))
  var file: String?

  @Flag(name: .shortAndLong, help: "Say nothing at the start.")
  var quiet = false

  @Flag(name: .customLong("no-init"), help: "Do not evaluate your init.lep at the start.")
  var skipsInit = false

  @Flag(name: .customLong("no-history"), help: "Keep no entries for later.")
  var skipsHistory = false

  @Option(help: ArgumentHelp("The seed of chance.", valueName: "n"))
  var seed = 0

  @Option(
    help: ArgumentHelp("How many threads compute; as many as there are processors.", valueName: "n")
  )
  var threads: Int?

  /// The statuses with which the program ends.
  enum Status: Int32 {
    case success = 0
    case failed = 1
    case notWritten = 6
    case internalFault = 70
    case interrupted = 130
    case terminated = 143
  }

  func validate() throws {
    if let threads, !(1...1024).contains(threads) {
      throw ValidationError("The number of threads is from 1 to 1024, not \(threads).")
    }
  }

  /// Evaluates what there is to evaluate.
  @MainActor
  func launch() -> Status {
    let options = WorkerOptions(
      readableRoots: ["."], writableRoots: ["."], threads: threads ?? 0)
    let isInteractive =
      expressions.isEmpty && isatty(STDIN_FILENO) != 0 && isatty(STDOUT_FILENO) != 0
    do {
      let first = try file.map { (path) throws(FileError) in try ProgramFile(path) }
      let bench = try Workbench(options: options, screen: Screen(isInteractive: isInteractive))
      guard isInteractive else {
        return Batch(bench, seed: seed).run(first: first, expressions)
      }
      let programs = [skipsInit ? nil : ProgramFile.ofTheUser(telling: bench.screen), first]
        .compactMap { $0 }
      var prompt = Prompt(
        bench,
        .init(seed: seed, isQuiet: quiet, keepsHistory: !skipsHistory, programs: programs))
      return prompt.run()
    } catch let error as FileError {
      let text = "error[\(error.code)]: " + ([error.message] + error.help).joined(separator: "; ")
      StandardStream(STDERR_FILENO).write("lepton-repl: \(text)\n")
      return .failed
    } catch {
      StandardStream(STDERR_FILENO).write("lepton-repl: \(Workbench.sentence(about: error))\n")
      return .internalFault
    }
  }
}
