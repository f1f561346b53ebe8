import ArgumentParser
import Glibc
import LeptonDisplay
import LeptonLink
import LeptonNotebook
import LeptonSession

/// Shows the page about a code of a message.
struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Explain the code of a message.",
    discussion: """
      A message has a code, as in `error[shape/inner]`; `lepton-run explain shape/inner` is the page \
      about it, with a wrong and a right program, `lepton-run explain shape` lists an area, \
      `lepton-run explain` lists all codes.
      """)

  @Argument(help: "The code: shape/inner.")
  var code = ""
}

extension ExplainCommand: Launchable {
  func launch() -> Ending {
    do throws(RunRefusal) {
      let worker = try WorkerClient.started(WorkerOptions())
      defer { worker.close() }
      return try explain(by: worker)
    } catch {
      StandardStream(STDERR_FILENO).say(error)
      return error.exit
    }
  }

  private func explain(by worker: WorkerClient) throws(RunRefusal) -> Ending {
    let output = StandardStream(STDOUT_FILENO)
    let renderer = TerminalRenderer(width: output.isTerminal ? output.width : 100)
    var text = ""
    var ending = Ending.success
    let call = Cell(
      id: "explain", file: "", text: "explain(\(ParameterValue.string(code).source))")
    do {
      _ = try worker.run(call) { event in
        switch event {
        case .output(.failure(let failure)):
          ending = .usage
          StandardStream(STDERR_FILENO)
            .say(([failure.message] + failure.help).joined(separator: "\n  "))
        case .output(let output): text += renderer.text(of: output) + "\n"
        case .progress, .heartbeat, .volatile: break
        }
      }
    } catch {
      throw RunRefusal(.internalFault, "error[run/worker]: the worker cannot be reached")
    }
    try output.writeOrRefuse(text)
    return ending
  }
}
