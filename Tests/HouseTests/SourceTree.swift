import Foundation

/// The files of the project, found from the place of this one.
enum SourceTree {
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// Everything in Swift, C and Lepton under a folder.
  static func files(under folder: String, _ extensions: Set<String> = ["swift", "c", "h", "lep"])
    -> [SourceFile]
  {
    let start = root.appendingPathComponent(folder)
    let paths =
      FileManager.default.enumerator(atPath: start.path)?.compactMap { $0 as? String } ?? []
    return paths.sorted().filter { extensions.contains(($0 as NSString).pathExtension) }
      .compactMap { SourceFile(folder + "/" + $0) }
  }

  /// The Swift files of the modules.
  static let swift = files(under: "Sources", ["swift"])

  /// The folders of the modules.
  static let modules: [String] = {
    let names = try? FileManager.default.contentsOfDirectory(atPath: root.path + "/Sources")
    return (names ?? []).filter { isFolder("Sources/" + $0) }.sorted()
  }()

  static func isFolder(_ path: String) -> Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: root.path + "/" + path, isDirectory: &isFolder)
      && isFolder.boolValue
  }

  static func text(_ path: String) -> String? {
    try? String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
  }
}

/// A file of the project.
struct SourceFile {
  /// Its path from the root.
  let path: String
  /// How many lines it has.
  let lineCount: Int
  /// Its text without comments and without what stands in quotes, line by line the same.
  let code: String

  init?(_ path: String) {
    guard let text = SourceTree.text(path) else { return nil }
    self.path = path
    lineCount = text.utf8.count { $0 == 0x0A }
    code = Bare.code(of: text)
  }

  /// The module it belongs to; empty outside of `Sources`.
  var module: String {
    let parts = path.split(separator: "/")
    return parts.count > 2 && parts[0] == "Sources" ? String(parts[1]) : ""
  }

  /// Whether it belongs to a program, which may print and exit.
  var isProgram: Bool { module.hasPrefix("lepton-") }

  /// The modules it imports.
  var imports: Set<String> {
    let pattern =
      #"^\s*(?:@\w+\s+)?(?:(?:public|package|internal|private)\s+)?import\s+(?:(?:struct|class|enum|func|var)\s+)?(\w+)"#
    return Set(code.matches(pattern).map { $0.groups[0] })
  }

  /// The places where its code matches a pattern, as `path:line: code`.
  func places(_ pattern: String) -> [String] {
    code.matches(pattern).map { "\(path):\($0.line): \($0.text)" }
  }
}

extension String {
  /// What a pattern finds; `^` and `$` stand for the ends of lines.
  ///
  /// ICU's patterns, because Swift's take minutes for all sources where nothing is optimised.
  func matches(_ pattern: String) -> [(line: Int, text: String, groups: [String])] {
    guard let expression = try? NSRegularExpression(pattern: pattern, options: .anchorsMatchLines)
    else { return [(0, "the pattern \(pattern) is none", [""])] }
    let text = self as NSString
    return expression.matches(in: self, range: NSRange(location: 0, length: text.length)).map {
      match in
      let before = text.substring(to: match.range.location)
      let groups = (1..<match.numberOfRanges).map { index in
        let range = match.range(at: index)
        return range.location == NSNotFound ? "" : text.substring(with: range)
      }
      let line = text.substring(with: text.lineRange(for: match.range))
      return (before.utf8.count { $0 == 0x0A } + 1, line, groups)
    }
  }
}

/// Swift without comments and texts, line by line the same; read byte by byte, because there is much.
private struct Bare {
  private let bytes: [UInt8]
  private var position = 0
  private var bare: [UInt8] = []

  static func code(of text: String) -> String {
    var bare = Bare(bytes: Array(text.utf8))
    bare.run()
    return String(decoding: bare.bare, as: UTF8.self)
  }

  private init(bytes: [UInt8]) {
    self.bytes = bytes
  }

  private mutating func run() {
    while position < bytes.count {
      switch bytes[position] {
      case UInt8(ascii: "/") where stands("//"): skip(to: "\n")
      case UInt8(ascii: "/") where stands("/*"): skip(past: "*/")
      case UInt8(ascii: "#") where beginsText, UInt8(ascii: "\""): skipText()
      case let byte:
        bare.append(byte)
        position += 1
      }
    }
  }

  private func stands(_ text: String) -> Bool {
    bytes[position...].starts(with: text.utf8)
  }

  /// Whether a row of `#` is followed by a quote.
  private var beginsText: Bool {
    bytes[position...].first { $0 != UInt8(ascii: "#") } == UInt8(ascii: "\"")
  }

  /// Steps over a text in quotes and leaves `""` in its place.
  private mutating func skipText() {
    let hashes = String(
      repeating: "#", count: bytes[position...].prefix { $0 == UInt8(ascii: "#") }.count)
    position += hashes.utf8.count
    let quote = stands("\"\"\"") ? "\"\"\"" : "\""
    position += quote.utf8.count
    bare += Array("\"\"".utf8)
    while position < bytes.count, !stands(quote + hashes) {
      if stands("\\" + hashes) { drop(1 + hashes.utf8.count) }
      drop(1)
    }
    position += quote.utf8.count + hashes.utf8.count
  }

  private mutating func skip(to end: String) {
    while position < bytes.count, !stands(end) { drop(1) }
  }

  private mutating func skip(past end: String) {
    skip(to: end)
    position += end.utf8.count
  }

  /// Drops bytes, but keeps the ends of lines.
  private mutating func drop(_ count: Int) {
    let end = min(position + count, bytes.count)
    bare += bytes[position..<end].filter { $0 == 0x0A }
    position = end
  }
}
