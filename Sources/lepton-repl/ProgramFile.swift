import Glibc
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

  /// The cells of a notebook, or the program as one cell.
  func cells(seed: Int) -> [Cell] {
    if path.hasSuffix(".lnb") || path.hasSuffix(".md") {
      return NotebookCells.cells(of: self, seed: seed)
    }
    return [cell(seed: seed)]
  }

  /// The program as one cell.
  func cell(seed: Int) -> Cell {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    let id = name.prefix { $0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" }
    return Cell(id: id.isEmpty ? "file" : String(id), file: path, text: text, seed: seed, entry: 0)
  }
}
