import ArgumentParser
import Glibc
import LeptonNotebook

/// Proves the checks of a master.
struct SelftestCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "selftest",
    abstract: "Prove the checks of a master.",
    discussion:
      "Solutions pass, stubs do not, tries end as stated; the code is 3 where that is not so.")

  @Argument(help: "The master.", completion: .file())
  var master: String

  @Option(help: ArgumentHelp("How many threads compute.", valueName: "n"))
  var threads: Int?

  @Flag(name: .shortAndLong, help: "Say only what is not so.")
  var quiet = false
}

extension SelftestCommand: Launchable {
  func launch() -> Ending {
    let stream = StandardStream(STDOUT_FILENO)
    do throws(RunRefusal) {
      let key = try Lesson.notebook(master)
      _ = try Assignment(key)
      let test = SelfTest(
        key, options: AnswerLimits.options,
        start: Lesson.start(in: Places.folder(of: master), threads: threads))
      let findings = try test.findings { finding in
        if quiet, finding.problem == nil { return }
        let place = "\(master):\(finding.line): \(finding.what) of \(finding.exercise)"
        stream.say(finding.problem.map { "\(place): error[lesson/check]: \($0)" } ?? "\(place): ok")
      }
      return findings.allSatisfy { $0.problem == nil } ? .success : .expectationFailed
    } catch {
      StandardStream(STDERR_FILENO).say(error)
      return error.exit
    }
  }
}
