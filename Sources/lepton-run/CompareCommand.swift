import ArgumentParser
import Glibc
import LeptonFiles
import LeptonNotebook

/// Compares two files of results.
struct CompareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Compare the results of two runs.",
    discussion: """
      The table tells before, after and change. Both files were written by --results, of one notebook, of \
      several, or of a sweep. The code is 3 if \
      a metric moved further than the tolerance allows or is gone, or if a cell passed before and does \
      not pass now.
      """)

  @Argument(help: "The results of the earlier run.", completion: .file())
  var before: String

  @Argument(help: "The results of the later run.", completion: .file())
  var after: String

  @Option(help: ArgumentHelp("How far a metric may move, as a share of it.", valueName: "number"))
  var rtol: Double?

  @Option(help: ArgumentHelp("How far a metric may move.", valueName: "number"))
  var atol: Double?

  func validate() throws {
    for bound in [rtol, atol].compactMap(\.self) where !(bound >= 0 && bound.isFinite) {
      throw ValidationError("--rtol and --atol must be numbers that are not negative.")
    }
  }
}

extension CompareCommand: Launchable {
  func launch() -> Ending {
    do throws(RunRefusal) {
      let comparison = try ResultsComparison(
        before: Reader.bytes(before), named: before, after: Reader.bytes(after), named: after
      ) { _ in Tolerance(relative: rtol, absolute: atol) }
      try StandardStream(STDOUT_FILENO).writeOrRefuse(comparison.markdown)
      return comparison.holds ? .success : .expectationFailed
    } catch {
      StandardStream(STDERR_FILENO).say(error)
      return error.exit
    }
  }
}
