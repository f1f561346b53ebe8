import Glibc
import LeptonFiles
import LeptonNotebook
import LeptonSession

/// The lessons that come along, and any notebook with exercises that the user names.
enum LessonShelf {
  /// A lesson that was found.
  struct Entry {
    /// What it is called: its file's name, or its path if it is one of the user's own.
    var name: String
    /// Its file.
    var path: String

    /// The folder in which it lies.
    var folder: String { path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "." }
  }

  /// The lessons that come along, in order.
  static var entries: [Entry] {
    let folder = DataFolders.ofLessons().folders.first { access($0, R_OK) == 0 }
    guard let folder else { return [] }
    return PathCompletion.names(in: folder).filter { $0.hasSuffix(".lnb") }.map {
      Entry(name: String($0.dropLast(4)), path: "\(folder)/\($0)")
    }
  }

  /// Finds a lesson by its name, `1-tensors`, or a part of it, `1` or `tensors`; else by its path.
  static func find(_ name: String) -> Entry? {
    if name.hasSuffix(".lnb"), let path = realpath(name, nil) {
      defer { free(path) }
      return Entry(name: name, path: String(cString: path))
    }
    return entries.first { entry in
      entry.name == name || entry.name.hasPrefix(name + "-") || entry.name.hasSuffix("-" + name)
    }
  }

  /// The lessons whose names begin so, each with its title and what has been earned.
  static func completions(of text: String) -> [Completion] {
    entries.filter { $0.name.hasPrefix(text) }.map { entry in
      let notebook = try? notebook(of: entry)
      let (earned, all) = LessonPoints.count(LessonRecord(of: entry), notebook?.exercises ?? [])
      return Completion(
        text: entry.name, replaces: text.utf8.count,
        summary: "\(notebook?.frontMatter.title ?? "") · \(Points.text(earned, of: all))")
    }
  }

  /// Reads the notebook of a lesson.
  static func notebook(of entry: Entry) throws(RunRefusal) -> Notebook {
    let program: ProgramFile
    do throws(FileError) {
      program = try ProgramFile(entry.path)
    } catch {
      throw RunRefusal(.usage, error.message, help: error.help)
    }
    let text = try SourceText(decoding: Array(program.text.utf8), name: entry.name)
    let notebook = Notebook(parsing: text, name: entry.name)
    guard notebook.isRunnable else {
      throw RunRefusal(
        .unreadable, "\(entry.name) has mistakes",
        help: ["lepton-run check \(entry.path) tells which"])
    }
    guard !notebook.exercises.isEmpty else {
      throw RunRefusal(
        .usage, "\(entry.name) has no exercises", help: ["load(\"\(entry.name)\") runs its cells"])
    }
    return notebook
  }
}
