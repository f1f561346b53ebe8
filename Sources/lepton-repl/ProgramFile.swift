import LeptonFiles
import LeptonNotebook
import LeptonSession
import LeptonSyntax

/// A program that stands in a file.
struct ProgramFile {
  /// The file, as the user names it.
  var path: String
  /// The program.
  var text: String

  /// Reads a program.
  ///
  /// - Throws: `file/missing`, `file/permission`, `file/kind`, `file/size`, `file/text`, with a name
  ///   like it where there is one.
  init(_ path: String) throws(FileError) {
    // Its folder may be read as well: a name like it is looked for there.
    let broker = FileBroker(readable: [path, path + "/.."])
    do {
      text = try broker.readText(path, limit: SourceText.sizeLimit)
    } catch {
      var error = error
      let near = error.missing.flatMap { Spelling.nearest(to: $0.name, in: $0.others) }
      if let near { error.help = ["did you mean `\(near)`?"] }
      throw error
    }
    self.path = path
  }

  /// What the user has evaluated at each start: `lepton/init.lep` below `$XDG_CONFIG_HOME` or
  /// `~/.config`, and nowhere else; nothing if there is no such file, or if it cannot be read, which is
  /// told.
  static func ofTheUser(telling screen: Screen) -> ProgramFile? {
    let folder =
      Environment["XDG_CONFIG_HOME"] ?? Environment["HOME"].map { $0 + "/.config" }
    do throws(FileError) {
      guard let folder else { return nil }
      return try ifPresent(folder + "/lepton/init.lep")
    } catch {
      screen.show(.notice("your init.lep is not evaluated: \(error.message)"))
      return nil
    }
  }

  /// Reads a program; nothing if there is no such file.
  static func ifPresent(_ path: String) throws(FileError) -> ProgramFile? {
    do {
      return try ProgramFile(path)
    } catch {
      guard error.code == "file/missing" else { throw error }
      return nil
    }
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
