import LeptonSyntax

/// Writes prose in Markdown for a terminal: headings, lists, quotations, code.
///
/// It is meant for what an author wrote to be read, and shows what it does not know as it stands.
public struct TerminalProse {
  private let width: Int
  private let colours: TerminalRenderer.Colours
  private var lines: [String] = []
  private var paragraph: [Substring] = []
  /// What stands before the first line of the paragraph, and before the others.
  private var margins = (first: "", others: "")

  /// Writes a text in lines of a width.
  public static func text(
    of markdown: String, width: Int, colours: TerminalRenderer.Colours
  ) -> String {
    var prose = TerminalProse(width: width, colours: colours)
    prose.read(Escaping.visible(markdown, keepingLineEnds: true))
    return prose.lines.joined(separator: "\n")
  }

  private init(width: Int, colours: TerminalRenderer.Colours) {
    self.width = max(20, min(width, 90))
    self.colours = colours
  }

  private mutating func read(_ markdown: String) {
    var fence: (ticks: Substring, language: Substring)?
    var code: [Substring] = []
    for line in markdown.split(separator: "\n", omittingEmptySubsequences: false) {
      if let mark = fence {
        if line.drop(while: { $0 == " " }) == mark.ticks {
          put(mark.language == "math" ? formula(code) : code)
          fence = nil
        } else {
          code.append(line)
        }
      } else if line.hasPrefix("```") {
        endParagraph()
        let ticks = line.prefix { $0 == "`" }
        (fence, code) = ((ticks, line.dropFirst(ticks.count)), [])
      } else {
        take(line)
      }
    }
    if fence != nil { put(code) }
    endParagraph()
    while lines.last?.isEmpty == true { lines.removeLast() }
  }

  private mutating func take(_ line: Substring) {
    let text = line.drop { $0 == " " }
    let indent = String(repeating: " ", count: line.count - text.count)
    if text.isEmpty {
      endParagraph()
      if lines.last?.isEmpty == false { lines.append("") }
    } else if text.first == "#" {
      endParagraph()
      let heading = text.drop { $0 == "#" }.drop { $0 == " " }
      lines.append(Ink(colours: colours)(.heading, String(heading)))
    } else if text.hasPrefix("> ") {
      endParagraph()
      margins = ("  ", "    ")
      paragraph = [text.dropFirst(2)]
    } else if let mark = Self.listMark(of: text) {
      endParagraph()
      margins = (indent + mark, indent + String(repeating: " ", count: mark.count))
      paragraph = [text.dropFirst(mark.count)]
    } else if text.first == "|" {
      endParagraph()
      lines.append(String(line))
    } else {
      paragraph.append(text)
    }
  }

  /// The mark of an item of a list, with the blank behind it.
  private static func listMark(of text: Substring) -> String? {
    if text.hasPrefix("* ") || text.hasPrefix("- ") { return String(text.prefix(2)) }
    let number = text.prefix { $0.isNumber }
    return !number.isEmpty && text[number.endIndex...].hasPrefix(". ") ? "\(number). " : nil
  }

  /// The lines of a fence that holds a formula.
  private func formula(_ lines: [Substring]) -> [Substring] {
    Formula(tex: lines.joined(separator: "\n")).map { [$0.line[...]] } ?? lines
  }

  private mutating func put(_ code: [Substring]) {
    let text = code.joined(separator: "\n")
    let painted = CodePaint(text, cursor: -1, colours: colours).pieces.map { piece in
      piece.style.isEmpty ? String(piece.text) : "\u{1B}[\(piece.style)m\(piece.text)\u{1B}[0m"
    }
    lines += painted.joined().split(separator: "\n", omittingEmptySubsequences: false).map {
      "    " + $0
    }
  }

  private mutating func endParagraph() {
    defer { (paragraph, margins) = ([], ("", "")) }
    guard !paragraph.isEmpty else { return }
    let words = InlineText(paragraph.joined(separator: " "), colours: colours).words
    var (line, column) = (margins.first, margins.first.count)
    var isEmpty = true
    for word in words {
      if !isEmpty, column + 1 + word.columns > width {
        lines.append(line)
        (line, column, isEmpty) = (margins.others, margins.others.count, true)
      }
      line += (isEmpty ? "" : " ") + word.text
      column += (isEmpty ? 0 : 1) + word.columns
      isEmpty = false
    }
    lines.append(line)
  }
}

/// The words of a paragraph, with the colours that its marks stand for.
private struct InlineText {
  /// A word, and how many columns it takes.
  private(set) var words: [(text: String, columns: Int)] = []
  private let colours: TerminalRenderer.Colours
  private var word = ""
  private var columns = 0
  private var style = ""

  init(_ text: String, colours: TerminalRenderer.Colours) {
    self.colours = colours
    var rest = Substring(text)
    while let first = rest.first {
      if let (sign, length) = Self.escape(at: rest) {
        put(sign, style: style)
        rest = rest.dropFirst(length)
      } else if first == "`", let end = rest.dropFirst().firstIndex(of: "`") {
        put(colours == .none ? rest[...end] : rest[..<end].dropFirst(), style: "36")
        rest = rest[end...].dropFirst()
      } else if first == "$", let mark = FormulaMark(at: rest) {
        put(
          (Formula(tex: String(mark.tex))?.line ?? rest[..<mark.end].description)[...], style: "3")
        rest = rest[mark.end...]
      } else if rest.hasPrefix("**"), style == "1" || rest.dropFirst(2).contains("**") {
        style = style.isEmpty ? "1" : ""
        rest = rest.dropFirst(2)
      } else if first == "*", style == "3" || isEmphasis(rest) {
        style = style.isEmpty ? "3" : ""
        rest = rest.dropFirst()
      } else if first == "[", let link = Self.link(at: rest) {
        put(link.text, style: style)
        rest = link.rest
      } else {
        put(rest.prefix(1), style: style)
        rest = rest.dropFirst()
      }
    }
    endWord()
  }

  /// Whether a star begins something that another one ends.
  private func isEmphasis(_ rest: Substring) -> Bool {
    let text = rest.dropFirst()
    return text.first.map { !$0.isWhitespace } == true && text.contains("*")
  }

  /// A sign that stands for itself, and how many characters write it.
  private static func escape(at text: Substring) -> (sign: Substring, length: Int)? {
    if text.first == "\\", let next = text.dropFirst().first, next.isPunctuation || next.isSymbol {
      return (text.dropFirst().prefix(1), 2)
    }
    for (name, sign) in [("&lt;", "<"), ("&amp;", "&")] where text.hasPrefix(name) {
      return (sign[...], name.count)
    }
    return nil
  }

  private static func link(at text: Substring) -> (text: Substring, rest: Substring)? {
    guard let middle = text.firstRange(of: "]("),
      let end = text[middle.upperBound...].firstIndex(of: ")")
    else { return nil }
    return (text[..<middle.lowerBound].dropFirst(), text[end...].dropFirst())
  }

  private mutating func put(_ text: Substring, style: String) {
    for part in text.split(separator: " ", omittingEmptySubsequences: false).enumerated() {
      if part.offset > 0 { endWord() }
      let isPlain = style.isEmpty || colours == .none || part.element.isEmpty
      word += isPlain ? String(part.element) : "\u{1B}[\(style)m\(part.element)\u{1B}[0m"
      columns += displayWidth(of: part.element)
    }
  }

  private mutating func endWord() {
    if columns > 0 { words.append((word, columns)) }
    (word, columns) = ("", 0)
  }
}
