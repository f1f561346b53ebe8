import Glibc
import LeptonFiles
import LeptonNotebook

/// Writes what tells other programs how a run went, and what it corrects in the notebook.
struct RunRecords {
  private let options: RecordOptions
  /// The path of the notebook, as the user gave it.
  private let path: String
  private let display: ProgressDisplay

  init(_ options: RecordOptions, path: String, display: ProgressDisplay) {
    self.options = options
    self.path = path
    self.display = display
  }

  /// Writes all that is asked for; what cannot be written is told and changes the code.
  func write(_ result: inout RunResult) {
    if let file = options.baseline { compare(&result, with: file) }
    if let file = options.results {
      result.add(display.attempt { try Results(result).write(to: file) })
    }
    if let file = options.junit {
      result.add(display.attempt { try JUnitReport([(path, result)]).write(to: file) })
    }
    if options.annotations == .github {
      let lines = GitHubAnnotations(result, path: path).lines
      display.clear()
      for line in lines { StandardStream(STDERR_FILENO).say(line) }
    }
    correct(&result)
  }

  private func compare(_ result: inout RunResult, with file: String) {
    do throws(RunRefusal) {
      let bounds = result.notebook.frontMatter.metrics
      let comparison = try ResultsComparison(
        before: Reader.bytes(file), named: file, after: results(of: result), named: path
      ) { name in bounds.first { $0.name == name }?.tolerance ?? Tolerance() }
      guard !comparison.holds else { return }
      display.say("\(path): error[run/baseline]: the results are not those of \(file)")
      display.say(comparison.markdown)
      result.add(.expectationFailed)
    } catch {
      display.say(error.message, help: error.help)
      result.add(error.exit)
    }
  }

  private func results(of result: RunResult) throws(RunRefusal) -> [UInt8] {
    do { return try Results(result).bytes() } catch {
      throw RunRefusal(.notWritten, error.message)
    }
  }

  /// Mends the `expect` fences of the notebook, if that is asked for.
  func correct(_ result: inout RunResult) {
    guard options.accept || options.acceptNew || options.corrected else { return }
    let corrections = Corrections(result, extent: options.acceptNew ? .empty : .missed)
    guard corrections.count > 0 else { return }
    let target = options.corrected ? path + ".corrected" : path
    let exit = display.attempt {
      try AtomicWriter.write(corrections.applied(to: Reader.bytes(path)), to: target)
    }
    result.add(exit)
    guard exit == .success else { return }
    display.say(
      "\(target): \(corrections.count) `expect` fence\(corrections.count == 1 ? "" : "s") mended")
    if !options.corrected { result.accept(corrections) }
  }
}
