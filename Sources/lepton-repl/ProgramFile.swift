import Glibc
import LeptonNotebook
import LeptonSession

/// A program that stands in a file.
struct ProgramFile {
  /// The file, as the user names it.
  var path: String
  /// The program.
  var text: String

  /// Reads a program; nothing if the file cannot be read or is no text.
  init?(_ path: String) {
    guard let bytes = HistoryFile.contents(of: path, limit: .max),
      let text = String(validating: bytes, as: UTF8.self)
    else { return nil }
    (self.path, self.text) = (path, text)
  }

  /// What the user has evaluated at each start: `lepton/init.lep` below `$XDG_CONFIG_HOME` or
  /// `~/.config`, and nowhere else.
  static var ofTheUser: ProgramFile? {
    let folder =
      Environment["XDG_CONFIG_HOME"] ?? Environment["HOME"].map { $0 + "/.config" }
    return folder.flatMap { ProgramFile($0 + "/lepton/init.lep") }
  }

  /// The cells of a notebook, behind one that defines its parameters, or the program as one cell.
  ///
  /// - Returns: Nothing for a notebook that cannot be run, after it was told why.
  func cells(seed: Int, on bench: Workbench) -> [Cell]? {
    guard kind == .notebook else { return [cell(seed: seed)] }
    do throws(RunRefusal) {
      let source = try SourceText(decoding: Array(text.utf8), name: path)
      let notebook = Notebook(parsing: source, name: path)
      let binding = try ParameterBinding(notebook.frontMatter.parameters, given: ParameterSources())
      let prepared = bench.ask { try PreparedNotebook(notebook, binding, seed: seed, by: $0) }
      for failure in notebook.failures + (prepared?.failures ?? []) {
        bench.screen.show(.failure(failure))
      }
      guard let prepared, prepared.holds, notebook.isRunnable else { return nil }
      return prepared.cells
    } catch {
      bench.screen.show(.notice(([error.message] + error.help).joined(separator: "; ")))
      return nil
    }
  }

  private var kind: SourceKind {
    let isTold = [".lnb", ".md", ".lep"].contains { path.hasSuffix($0) }
    return isTold ? SourceKind(of: path, text: text) : SourceKind(ofNameless: text)
  }

  /// The program as one cell.
  private func cell(seed: Int) -> Cell {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    let id = name.prefix { $0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" }
    return Cell(id: id.isEmpty ? "file" : String(id), file: path, text: text, seed: seed, entry: 0)
  }
}
