import LeptonSession
import LeptonSyntax

/// A notebook or a program in the house's layout.
///
/// Of a notebook the code of its cells is laid out; all else stays byte for byte, and so do the ends of
/// lines. Cells that never run and cells that must fail may hold what cannot be parsed; then they stay
/// as they are.
public struct FormattedFile: Sendable {
  /// The text, which is the given one where mistakes keep it from being laid out.
  public private(set) var bytes: [UInt8]
  /// The mistakes.
  public private(set) var failures: [Failure] = []

  /// Lays a file out.
  ///
  /// - Throws: `RunRefusal` for what is too large, binary or not UTF-8.
  public init(_ bytes: [UInt8], path: String, kind: SourceKind?) throws(RunRefusal) {
    self.bytes = bytes
    let source = try SourceText(decoding: bytes, name: path)
    var lines = RawLines(bytes)
    switch kind ?? SourceKind(ofNameless: source.text) {
    case .program: layOut(program: source.text, path, &lines)
    case .notebook: layOut(Notebook(parsing: source, name: path), &lines)
    }
    if failures.isEmpty { self.bytes = lines.bytes }
  }

  private mutating func layOut(program text: String, _ path: String, _ lines: inout RawLines) {
    let source = Source(name: path, text: text)
    if let text = formatted(source) { lines.replace(0..<lines.count, with: text, indent: "") }
  }

  private mutating func layOut(_ notebook: Notebook, _ lines: inout RawLines) {
    failures = notebook.failures.filter { $0.severity == .error }
    // From the last one up, so that the lines of those above keep their places.
    for cell in notebook.cells.reversed() {
      let source = Source(name: notebook.name, text: cell.code, firstLine: cell.line + 1)
      let mayBeOdd = cell.attributes.expectsFailure || !cell.attributes.isEvaluated
      guard !mayBeOdd || Parser.parse(source).diagnostics.isEmpty else { continue }
      guard let text = formatted(source), !text.makesAttributes(of: cell.code) else { continue }
      let first = notebook.lineInFile(cell.line)
      let count = cell.code.utf8.count { $0 == UInt8(ascii: "\n") }
      let indent = String(cell.text.prefix { $0 == " " })
      lines.replace(first..<first + count, with: text, indent: indent)
    }
    failures = failures.map { notebook.located($0, path: notebook.name) }
      .sorted { $0.place.line < $1.place.line }
  }

  /// The layout of a text; nothing where it is so already, or has mistakes, which are noted.
  private mutating func formatted(_ source: Source) -> String? {
    let parsed = Parser.parse(source)
    failures += parsed.diagnostics.map { Failure($0) }
    return Formatter.format(parsed).flatMap { $0 == source.text ? nil : $0 }
  }
}

extension String {
  /// Whether lines that were none before would be read as attributes of a cell.
  fileprivate func makesAttributes(of code: String) -> Bool {
    hasPrefix("#|") && !code.hasPrefix("#|")
  }
}

/// The lines of a file with the ends that they have.
private struct RawLines {
  private var lines: [(text: ArraySlice<UInt8>, end: ArraySlice<UInt8>)] = []

  init(_ bytes: [UInt8]) {
    var start = 0
    var index = 0
    while index < bytes.count {
      let isReturn = bytes[index] == UInt8(ascii: "\r")
      guard isReturn || bytes[index] == UInt8(ascii: "\n") else {
        index += 1
        continue
      }
      let isPair = isReturn && index + 1 < bytes.count && bytes[index + 1] == UInt8(ascii: "\n")
      let end = index + (isPair ? 2 : 1)
      lines.append((bytes[start..<index], bytes[index..<end]))
      start = end
      index = end
    }
    if start < bytes.count { lines.append((bytes[start...], [])) }
  }

  var count: Int { lines.count }

  var bytes: [UInt8] { lines.flatMap { $0.text + $0.end } }

  /// Puts the lines of a text in the place of others, with the end that the line above has.
  mutating func replace(_ range: Range<Int>, with text: String, indent: String) {
    let range = range.clamped(to: 0..<count)
    let model = lines[max(0, range.lowerBound - 1)..<count].first { !$0.end.isEmpty }
    let end = model?.end ?? [UInt8(ascii: "\n")]
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    let hasMark = range.lowerBound == 0 && lines.first?.text.starts(with: mark) == true
    var new = text.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map {
      (text: ArraySlice(($0.isEmpty ? "" : indent).utf8) + Array($0.utf8), end: end)
    }
    if hasMark, !new.isEmpty { new[0].text = ArraySlice(mark) + new[0].text }
    lines.replaceSubrange(range, with: new)
  }
}
