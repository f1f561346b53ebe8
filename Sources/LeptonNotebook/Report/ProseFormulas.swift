import LeptonDisplay

/// The formulas in the prose of a report, taken out of it before Markdown is read.
///
/// Markdown would take their underscores for emphasis and their backslashes for escapes. In the place
/// of each stands its number between two characters that the report does not contain; where Markdown
/// finds no prose there after all, as in code, the source is put back.
struct ProseFormulas {
  /// The report with numbers in the place of formulas.
  private(set) var text = ""
  private var formulas: [(source: String, html: String)] = []
  private let sign: Character

  /// Takes the formulas out of a report.
  init(of report: String) {
    sign = Self.unused(in: report)
    guard report.utf8.contains(UInt8(ascii: "$")) else {
      text = report
      return
    }
    var fence: Substring?
    var rest = Substring(report)
    while !rest.isEmpty {
      let end = rest.utf8.firstIndex(of: UInt8(ascii: "\n"))
      let line = rest[..<(end.map { rest.utf8.index(after: $0) } ?? rest.endIndex)]
      let body = line.drop { $0 == " " || $0 == "\t" || $0 == ">" }
      if let open = fence {
        if Self.closes(body, open) { fence = nil }
      } else if let marks = Self.fence(of: body) {
        fence = marks
      } else if line.utf8.contains(UInt8(ascii: "$")) {
        takeProse(&rest, margin: line[..<body.startIndex])
        continue
      }
      text += line
      rest = rest[line.endIndex...]
    }
  }

  /// Whether there are any.
  var isEmpty: Bool { formulas.isEmpty }

  /// A text of the Markdown with the sources of the formulas in their places.
  func restored(_ text: String) -> String { replacing(in: text, by: \.source) }

  /// The page that was made of the Markdown with the formulas in their places.
  func html(of page: String) -> String { replacing(in: page, by: \.html) }

  private func replacing(
    in text: String, by part: KeyPath<(source: String, html: String), String>
  ) -> String {
    guard !isEmpty else { return text }
    let parts = text.split(separator: sign, omittingEmptySubsequences: false)
    return parts.enumerated().map { index, words in
      guard !index.isMultiple(of: 2) else { return words }
      let number = Int(words).flatMap { formulas.indices.contains($0) ? $0 : nil }
      return number.map { formulas[$0][keyPath: part][...] } ?? ""
    }.joined()
  }

  /// The formula of a fence of the language `math` as HTML; nothing where it is not understood.
  static func html(ofFence tex: String) -> String? {
    let tex = tex.trimmed
    return Formula(tex: tex).map { "<p>\($0.mathML(tex: tex, isDisplayed: true))</p>\n" }
  }

  // Finding them.

  /// A character for private use that a text does not contain.
  private static func unused(in text: String) -> Character {
    let used = Set(text.unicodeScalars.lazy.filter { (0xE000...0xF8FF).contains($0.value) })
    let free = (UInt32(0xE000)...0xF8FF).lazy.compactMap(Unicode.Scalar.init).first {
      !used.contains($0)
    }
    return Character(free ?? "\u{FFFF}")
  }

  /// The marks that open a fence, in a list or a quotation, too.
  private static func fence(of line: Substring) -> Substring? {
    let body = line.drop { "-*+.) ".contains($0) || ($0.isASCII && $0.isNumber) }
    guard let mark = body.first, mark == "`" || mark == "~" else { return nil }
    let marks = body.prefix { $0 == mark }
    let rest = body[marks.endIndex...]
    return marks.count >= 3 && !(mark == "`" && rest.contains("`")) ? marks : nil
  }

  private static func closes(_ line: Substring, _ marks: Substring) -> Bool {
    line.hasPrefix(marks) && line.allSatisfy { $0 == marks.first || $0.isWhitespace }
  }

  /// Takes the formulas out of a line of prose; a formula goes on over as many lines as it likes.
  ///
  /// - Parameter margin: What stands before the line because it is indented or quoted.
  private mutating func takeProse(_ rest: inout Substring, margin: Substring) {
    var previous: Character = " "
    while let character = rest.first {
      switch character {
      case "\n":
        text.append(rest.removeFirst())
        return
      case "\\":
        text += rest.prefix(2)
        rest = rest.dropFirst(2)
      case "`":
        let code = Self.code(at: rest)
        text += code
        rest = rest[code.endIndex...]
      case "$" where !(previous.isLetter):
        let source = take(formulaAt: rest, margin: margin)
        text += source.isEmpty ? "$" : "\(sign)\(formulas.count - 1)\(sign)"
        rest = source.isEmpty ? rest.dropFirst() : rest[source.endIndex...]
      default: text.append(rest.removeFirst())
      }
      previous = character
    }
  }

  /// Keeps the formula that begins here; its source, which is empty where none does.
  private mutating func take(formulaAt text: Substring, margin: Substring) -> Substring {
    guard let mark = FormulaMark(at: text) else { return text.prefix(0) }
    let source = Self.without(margin, text[..<mark.end])
    let tex = Self.without(margin, mark.tex)
    let html =
      Formula(tex: tex)?.mathML(tex: tex.trimmed, isDisplayed: mark.isDisplayed)
      ?? "<code>\(Escaping.xml(source, keepingLineEnds: true))</code>"
    formulas.append((source, html))
    return text[..<mark.end]
  }

  /// A formula of several lines without what stands before each of them.
  private static func without(_ margin: Substring, _ text: Substring) -> String {
    guard !margin.isEmpty, text.contains("\n") else { return String(text) }
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    return lines.enumerated().map { index, line in
      index == 0 ? line : line.dropFirst(zip(line, margin).prefix { $0 == $1 || $0 == " " }.count)
    }.joined(separator: "\n")
  }

  /// Code in prose, as far as it is worth looking for its end; else its opening marks.
  private static func code(at text: Substring) -> Substring {
    let marks = text.prefix { $0 == "`" }
    var rest = text[marks.endIndex...].prefix(FormulaMark.sizeLimit)
    while let next = rest.firstIndex(of: "`") {
      let closing = rest[next...].prefix { $0 == "`" }
      if closing.count == marks.count { return text[..<closing.endIndex] }
      rest = rest[closing.endIndex...]
    }
    return marks
  }
}
