import ArgumentParser
import Glibc
import LeptonFiles
import LeptonNotebook

/// Makes the notebook for those who learn.
struct AssignCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "assign",
    abstract: "Make the students' notebook of a master.",
    discussion: """
      Solutions, hidden checks and tries are left out. `lepton-run help teaching` tells how a lesson is \
      written.
      """)

  @Argument(help: "The master.", completion: .file())
  var master: String

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("Write to this file instead of standard output.", valueName: "file"),
    completion: .file())
  var output: String?
}

extension AssignCommand: Launchable {
  func launch() -> Ending {
    do throws(RunRefusal) {
      let text = try Assignment(Lesson.notebook(master)).text
      guard let output, output != "-" else {
        try StandardStream(STDOUT_FILENO).writeOrRefuse(text)
        return .success
      }
      do throws(FileError) { try AtomicWriter.write(text, to: output) } catch {
        throw RunRefusal(.notWritten, "error[\(error.code)]: \(error.message)", help: error.help)
      }
      return .success
    } catch {
      StandardStream(STDERR_FILENO).say(error)
      return error.exit
    }
  }
}
