import CPlatform
import Glibc

/// The user's editor, for an entry that outgrows the line, and pager, for what outgrows the screen.
enum ExternalProgram {
  /// Lets the user edit a text; nothing if there is no editor or it fails.
  static func edit(_ text: String) -> String? {
    let folder = Environment["TMPDIR"] ?? "/tmp"
    return withFile(of: text, ending: ".lep", in: folder) { path, quoted in
      guard lepton_shell("${VISUAL:-${EDITOR:-vi}} \(quoted)") == 0 else { return nil }
      return (try? ProgramFile(path)).map { String($0.text.trimmed) }
    }
  }

  /// Shows a text screen by screen.
  ///
  /// - Returns: Whether that went well.
  static func page(_ text: String) -> Bool {
    let folder = Environment["TMPDIR"] ?? "/tmp"
    return withFile(of: text, ending: ".txt", in: folder) { _, quoted in
      lepton_shell("${PAGER:-less} \(quoted)") == 0 ? true : nil
    } ?? false
  }

  /// Does something with a file that holds a text, for the user alone, and then takes it away.
  private static func withFile<Result>(
    of text: String, ending: String, in folder: String,
    _ body: (_ path: String, _ quoted: String) -> Result?
  ) -> Result? {
    var name = Array("\(folder)/lepton-XXXXXX\(ending)".utf8CString)
    let file = mkstemps(&name, Int32(ending.utf8.count))
    guard file >= 0 else { return nil }
    let path = String(decoding: name.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    defer { unlink(path) }
    let isWritten = StandardStream(file).write(text + "\n")
    close(file)
    guard isWritten else { return nil }
    return body(path, "'" + path.replacing("'", with: "'\\''") + "'")
  }
}
