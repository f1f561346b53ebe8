import Glibc

/// The entries of earlier sessions and of this one, in a file that parallel sessions share.
///
/// An entry is one line: the seconds since 1970, a tab, and the entry, in which a line end is written
/// `\n` and a backslash `\\`. A line is appended whole, under a lock, at once: a crash loses nothing,
/// and sessions do not write into each other's lines. What cannot be read as text is passed over.
struct History {
  /// How many entries are recalled.
  private static let limit = 10_000
  /// How many bytes of the file's end are read to find them.
  private static let readLimit = 64 << 20

  /// An entry of the past.
  struct Entry {
    /// The seconds since 1970 when it was entered; nothing where that is not known.
    var seconds: Int?
    /// What was entered.
    var text: String
  }

  /// The file, or nothing where there is no place for it.
  let path: String?
  /// Whether every entry so far could be written to it.
  private(set) var isWritable = true
  private var last: String?

  /// Finds the file: `$LEPTON_HISTORY`, else `lepton/history` below `$XDG_STATE_HOME` or
  /// `~/.local/state`; none if nothing is to be kept.
  init(isKept: Bool) {
    let state =
      Environment["XDG_STATE_HOME"] ?? Environment["HOME"].map { $0 + "/.local/state" }
    path = isKept ? Environment["LEPTON_HISTORY"] ?? state.map { $0 + "/lepton/history" } : nil
  }

  /// Reads the entries, oldest first; a file that has grown to twice of what is read is shortened.
  func entries() -> [Entry] {
    guard let path, let bytes = HistoryFile.end(of: path, limit: History.readLimit) else {
      return []
    }
    let lines = bytes.split(separator: UInt8(ascii: "\n"))
    if lines.count > 2 * History.limit { HistoryFile.keep(last: History.limit, of: path) }
    return lines.suffix(History.limit).compactMap(History.entry)
  }

  /// Appends an entry, unless it is blank, begins with a blank, or repeats the one before.
  ///
  /// - Returns: Whether it is to be recalled.
  mutating func append(_ entry: String) -> Bool {
    guard let first = entry.first, !first.isWhitespace, entry != last else { return false }
    last = entry
    if let path {
      let line = "\(time(nil))\t\(History.encoded(entry))\n"
      isWritable = HistoryFile.append(line, to: path) && isWritable
    }
    return true
  }

  private static func entry(_ line: ArraySlice<UInt8>) -> Entry? {
    let number = line.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    let rest = line[number.endIndex...]
    guard rest.first == UInt8(ascii: "\t"),
      let seconds = Int(String(decoding: number, as: UTF8.self))
    else { return decoded(line).map { Entry(seconds: nil, text: $0) } }
    return decoded(rest.dropFirst()).map { Entry(seconds: seconds, text: $0) }
  }

  private static func encoded(_ entry: String) -> String {
    entry.reduce(into: "") { text, character in
      switch character {
      case "\\": text += "\\\\"
      case "\n", "\r\n", "\r": text += "\\n"
      default: text.append(character)
      }
    }
  }

  /// The text that was written so; nothing if it is none.
  ///
  /// Bytes are looked at, because a history may hold a pasted megabyte or two.
  private static func decoded(_ line: ArraySlice<UInt8>) -> String? {
    let backslash = UInt8(ascii: "\\")
    guard line.contains(backslash) else { return String(validating: line, as: UTF8.self) }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(line.count)
    var isEscaped = false
    for byte in line {
      if isEscaped {
        bytes.append(byte == UInt8(ascii: "n") ? UInt8(ascii: "\n") : byte)
        isEscaped = false
      } else if byte == backslash {
        isEscaped = true
      } else {
        bytes.append(byte)
      }
    }
    return String(validating: bytes, as: UTF8.self)
  }
}
