import Foundation
import LeptonDisplay
import LeptonFiles
import LeptonLibrary
import LeptonNotebook
import LeptonRuntime
import LeptonSession

/// What a program or a notebook tells whoever runs it: its failures, and all of it as text.
struct Messages: Sendable {
  /// The failures and warnings, in order.
  private(set) var failures: [Failure] = []
  /// Everything that was said, as `lepton-run` says it.
  private(set) var text = ""

  /// The folder whose files programs may read.
  private static let files: FileBroker = {
    let folder =
      #filePath.split(separator: "/").dropLast().reduce("") { $0 + "/" + $1 } + "/Gallery/files"
    return FileBroker(folder: folder, readable: [folder])
  }()

  /// Runs a program as one cell, or a notebook with all its cells, on a thread of its own: the clock
  /// that stops a cell needs one of those that tests share.
  init(of program: String, isNotebook: Bool = false) async throws {
    self = try await withCheckedThrowingContinuation { continuation in
      let thread = Thread {
        continuation.resume(
          with: Result { try Messages(running: program, isNotebook: isNotebook) })
      }
      thread.stackSize = 16 << 20
      thread.start()
    }
  }

  private init(running program: String, isNotebook: Bool) throws {
    let session = Interpreter(library: .standard(), files: Self.files)
    let name = isNotebook ? "notebook.lnb" : "program.lep"
    let source = try SourceText(decoding: Array(program.utf8), name: name)
    if isNotebook {
      try run(Notebook(parsing: source, name: name), in: session)
    } else {
      run(source, name: name, in: session)
    }
  }

  private mutating func run(_ source: SourceText, name: String, in session: Interpreter) {
    let run = ScriptRun(
      source, name: name, arguments: [], options: RunOptions(), session: session,
      control: RunControl(interrupt: session.interrupt))
    _ = run.run { if case .output(let output) = $0 { take(output) } }
  }

  private mutating func run(_ notebook: Notebook, in session: Interpreter) throws {
    let binding =
      notebook.isRunnable
      ? try ParameterBinding(notebook.frontMatter.parameters, given: ParameterSources())
      : ParameterBinding()
    var found: [Failure] = []
    let run = NotebookRun(
      notebook, parameters: binding, session: session,
      control: RunControl(interrupt: session.interrupt), report: MemorySink(),
      listener: { if case .failure(let failure) = $0 { found.append(failure) } })
    _ = run.run()
    found.forEach { take(.failure($0)) }
  }

  private mutating func take(_ output: Output) {
    if case .failure(let failure) = output { failures.append(failure) }
    text += (text.isEmpty ? "" : "\n") + TerminalRenderer(width: 100).text(of: output)
  }
}
