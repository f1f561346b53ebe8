import ArgumentParser
import Glibc
import LeptonFiles
import LeptonLink
import LeptonNotebook
import LeptonSession

/// Checks files without running them.
struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Tell every mistake that can be seen before a run.",
    discussion: """
      Notebooks and programs are read, and nothing runs. Errors stop a run: syntax, names, calls that \
      do not fit. Warnings do not: values that go nowhere, code that is never reached, shapes and \
      types that cannot be. The code is 0, or 4 if there is an error. A file may have \
      up to \(SourceText.sizeLimit >> 20) MiB.
      """)

  @OptionGroup var input: SourceFiles

  @Flag(help: "End with 4 for warnings, too.")
  var strict = false

  @Option(help: ArgumentHelp("How findings are written.", valueName: "form"))
  var format = Form.text

  /// How findings are written.
  enum Form: String, ExpressibleByArgument, CaseIterable {
    case text, json, github
  }
}

extension CheckCommand: Launchable {
  func launch() -> Ending {
    do throws(RunRefusal) {
      // What the files import is looked into, too.
      let folders = Set(
        input.files.map { Places.absolute($0 == "-" ? "." : Places.folder(of: $0)) })
      let worker = try WorkerClient.started(
        WorkerOptions(folder: Places.absolute("."), readableRoots: folders.sorted()))
      defer { worker.close() }
      return try check(by: worker)
    } catch {
      StandardStream(STDERR_FILENO).say(error)
      return error.exit
    }
  }

  private func check(by worker: WorkerClient) throws(RunRefusal) -> Ending {
    var codes: [Ending] = []
    var checks: [FileCheck] = []
    for file in input.files {
      do throws(RunRefusal) {
        checks.append(try check(file, by: worker))
      } catch {
        StandardStream(STDERR_FILENO).say(error)
        codes.append(error.exit)
      }
    }
    let report = CheckReport(checks)
    if !checks.isEmpty { try write(report) }
    let fails = report.errorCount > 0 || strict && report.warningCount > 0
    return Ending.combining(codes + [fails ? .unreadable : .success])
  }

  private func check(_ file: String, by worker: WorkerClient) throws(RunRefusal) -> FileCheck {
    let source = try Reader.read(file)
    do {
      return try FileCheck(
        source, path: input.name(of: file), kind: input.kind(of: file, text: source.text),
        by: worker)
    } catch {
      throw RunRefusal(.internalFault, "\(file): error[run/worker]: the worker died of this file")
    }
  }

  private func write(_ report: CheckReport) throws(RunRefusal) {
    do {
      try StandardStream(STDOUT_FILENO).write(text(of: report))
    } catch let error as FileError {
      if error.code != StandardStream.closedPipe { throw RunRefusal(.notWritten, error.message) }
    } catch {
      throw RunRefusal(.internalFault, "error[run/output]: a finding cannot be written")
    }
  }

  private func text(of report: CheckReport) throws -> String {
    switch format {
    case .text: report.text
    case .json: try report.json()
    case .github: report.annotations
    }
  }
}

extension StandardStream {
  /// Says why something was refused.
  func say(_ refusal: RunRefusal) {
    say(([refusal.message] + refusal.help.map { "  = help: \($0)" }).joined(separator: "\n"))
  }
}
