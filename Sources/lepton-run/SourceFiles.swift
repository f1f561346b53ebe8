import ArgumentParser
import LeptonNotebook

/// The files that a command is about.
struct SourceFiles: ParsableArguments {
  @Argument(
    help: ArgumentHelp("Notebooks (.lnb) and programs (.lep); - is standard input."),
    completion: .file())
  var files: [String]

  @Option(
    help: ArgumentHelp(
      "The name of standard input, whose ending says what it is.", valueName: "name"))
  var stdinName: String?

  func validate() throws {
    guard files.count(where: { $0 == "-" }) < 2 else {
      throw ValidationError("Standard input can be read only once.")
    }
  }

  /// What messages call a file.
  func name(of file: String) -> String { file == "-" ? stdinName ?? "stdin" : file }

  /// What a file is.
  func kind(of file: String, text: String) -> SourceKind {
    guard file == "-" else { return SourceKind(of: file, text: text) }
    return stdinName.map { SourceKind(of: $0, text: text) } ?? SourceKind(ofNameless: text)
  }
}
