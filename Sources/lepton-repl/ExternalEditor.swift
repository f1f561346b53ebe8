import CPlatform
import Glibc

/// The user's editor, for an entry that outgrows the line.
enum ExternalEditor {
  /// Lets the user edit a text; nothing if there is no editor or it fails.
  static func edit(_ text: String) -> String? {
    let folder = Environment["TMPDIR"] ?? "/tmp"
    var name = Array("\(folder)/lepton-XXXXXX.lep".utf8CString)
    let file = mkstemps(&name, 4)
    guard file >= 0 else { return nil }
    let path = String(decoding: name.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    defer { unlink(path) }
    let isWritten = StandardStream(file).write(text + "\n")
    close(file)
    let quoted = "'" + path.replacing("'", with: "'\\''") + "'"
    guard isWritten, lepton_shell("${VISUAL:-${EDITOR:-vi}} \(quoted)") == 0 else { return nil }
    return ProgramFile(path).map { String($0.text.trimmed) }
  }
}
