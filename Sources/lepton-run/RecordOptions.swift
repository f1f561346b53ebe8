import ArgumentParser

/// What the command line says about the files that tell other programs how a run went.
struct RecordOptions: ParsableArguments, Sendable {
  @Option(
    help: ArgumentHelp("Write metrics and cells to this file, as JSON.", valueName: "file"),
    completion: .file())
  var results: String?

  @Option(
    help: ArgumentHelp("Write every check to this file, as JUnit XML.", valueName: "file"),
    completion: .file())
  var junit: String?

  @Option(
    help: ArgumentHelp("Show failures beside the lines of a change.", valueName: "where"))
  var annotations: Annotations?

  @Option(
    help: ArgumentHelp(
      "Compare metrics and cells with results that were written before.", valueName: "file"),
    completion: .file())
  var baseline: String?

  @Flag(help: "Compare with what is expected and never rewrite a source; the default.")
  var check = false

  @Flag(help: "Rewrite the `expect` fences that were missed: only what differs in them.")
  var accept = false

  @Flag(help: "Fill the `expect` fences that are empty.")
  var acceptNew = false

  @Flag(help: "Write the notebook with mended `expect` fences beside it, as NOTEBOOK.corrected.")
  var corrected = false

  /// The files that it writes beside the report.
  var files: [String?] { [results, junit] }

  /// Where annotations are shown.
  enum Annotations: String, ExpressibleByArgument, CaseIterable, Sendable { case github }

  /// Whether nothing is said.
  var isEmpty: Bool { results == nil && isEmptyButForResults }

  /// Whether nothing is said that only a single run can give.
  var isEmptyButForResults: Bool {
    junit == nil && annotations == nil && baseline == nil && !accept && !acceptNew && !corrected
  }

  func validate() throws {
    if check, accept || acceptNew {
      throw ValidationError("--check and --accept exclude each other.")
    }
  }
}
