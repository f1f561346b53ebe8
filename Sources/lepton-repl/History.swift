import Glibc

/// The entries of earlier sessions and of this one, in a file that parallel sessions share.
///
/// An entry is one line, in which a line end is written `\n` and a backslash `\\`. A line is appended
/// whole, under a lock, at once: a crash loses nothing, and sessions do not write into each other's
/// lines. What cannot be read as text is passed over.
struct History {
  /// How many entries are recalled.
  private static let limit = 10_000

  /// The file, or nothing where there is no place for it.
  let path: String?
  private var last: String?

  /// Finds the file: `$LEPTON_HISTORY`, else `lepton/history` below `$XDG_STATE_HOME` or
  /// `~/.local/state`.
  init() {
    let state =
      Environment["XDG_STATE_HOME"] ?? Environment["HOME"].map { $0 + "/.local/state" }
    path = Environment["LEPTON_HISTORY"] ?? state.map { $0 + "/lepton/history" }
  }

  /// Reads the entries, oldest first.
  func entries() -> [String] {
    guard let path, let bytes = History.contents(of: path) else { return [] }
    let lines = bytes.split(separator: UInt8(ascii: "\n")).suffix(History.limit)
    return lines.compactMap { String(validating: $0, as: UTF8.self).map(History.decoded) }
  }

  /// Appends an entry, unless it is blank, begins with a blank, or repeats the one before.
  ///
  /// - Returns: Whether it is to be recalled.
  mutating func append(_ entry: String) -> Bool {
    guard let first = entry.first, !first.isWhitespace, entry != last else { return false }
    last = entry
    if let path { History.append(History.encoded(entry) + "\n", to: path) }
    return true
  }

  static func encoded(_ entry: String) -> String {
    entry.reduce(into: "") { text, character in
      switch character {
      case "\\": text += "\\\\"
      case "\n", "\r\n": text += "\\n"
      default: text.append(character)
      }
    }
  }

  static func decoded(_ line: String) -> String {
    var text = ""
    var isEscaped = false
    for character in line {
      if isEscaped {
        text.append(character == "n" ? "\n" : character)
        isEscaped = false
      } else if character == "\\" {
        isEscaped = true
      } else {
        text.append(character)
      }
    }
    return text
  }

  private static func append(_ line: String, to path: String) {
    makeFolders(of: path)
    let file = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o600)
    guard file >= 0 else { return }
    defer { close(file) }
    flock(file, LOCK_EX)
    StandardStream(file).write(line)
  }

  private static func makeFolders(of path: String) {
    var folder = ""
    for part in path.split(separator: "/", omittingEmptySubsequences: false).dropLast() {
      folder += part + "/"
      mkdir(folder, 0o700)
    }
  }

  private static func contents(of path: String) -> [UInt8]? {
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while case let count = read(file, &buffer, buffer.count), count > 0, bytes.count < 64 << 20 {
      bytes += buffer[..<count]
    }
    return bytes
  }
}
