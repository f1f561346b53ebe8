import CMarkGFM

/// What stands at the top level of a Markdown document, of the things that matter to a notebook.
///
/// libcmark-gfm decides what is a fence, so that a notebook is cut exactly as CommonMark says; only
/// the last lines of headings and comments, where the library's answers are unreliable, are found here.
package struct MarkdownOutline {
  /// A block at the top level; lines count from 0.
  package enum Block: Equatable {
    /// A fenced code block.
    case fence(Fence)
    /// A heading, and its lines.
    case heading(Range<Int>)
    /// A block of HTML that begins at a line and is this, without spaces around it.
    case html(line: Int, text: String)

    /// Its first line.
    var line: Int {
      switch self {
      case .fence(let fence): fence.lines.lowerBound
      case .heading(let lines): lines.lowerBound
      case .html(let line, _): line
      }
    }
  }

  /// A fenced code block.
  package struct Fence: Equatable {
    /// Its lines, with those of the fences.
    package var lines: Range<Int>
    /// The info string as it is written.
    package var info: String
    /// The column of the info string, from 0, in code points.
    package var infoColumn: Int
    /// What stands between the fences.
    package var content: String
    /// Whether there is a closing fence.
    package var isClosed: Bool

    /// The first word of the info string.
    package var language: Substring {
      info.prefix { $0 != " " && $0 != "\t" }
    }
  }

  /// The blocks, in order.
  package private(set) var blocks: [Block] = []

  /// The lines of the fences, in order.
  var fences: [Range<Int>] {
    blocks.compactMap { if case .fence(let fence) = $0 { fence.lines } else { nil } }
  }

  /// Finds the blocks of a document.
  package init(of table: LineTable) {
    let document = InlineMarks.hidden(in: table.text).withUnsafeBufferPointer { bytes in
      bytes.withMemoryRebound(to: CChar.self) {
        cmark_parse_document($0.baseAddress, $0.count, CMARK_OPT_DEFAULT)
      }
    }
    guard let document else { return }
    defer { cmark_node_free(document) }
    var node = cmark_node_first_child(document)
    while let current = node {
      if let block = Self.block(current, in: table) { blocks.append(block) }
      node = cmark_node_next(current)
    }
  }

  private static func block(_ node: OpaquePointer, in table: LineTable) -> Block? {
    let start = Int(cmark_node_get_start_line(node)) - 1
    let end = Int(cmark_node_get_end_line(node))
    switch cmark_node_get_type(node) {
    case CMARK_NODE_CODE_BLOCK: return fence(node, lines: start..<max(start + 1, end), in: table)
    case CMARK_NODE_HEADING: return .heading(start..<endOfHeading(start, end, in: table))
    case CMARK_NODE_HTML_BLOCK:
      let literal = cmark_node_get_literal(node).map { String(cString: $0) } ?? ""
      return .html(line: start, text: literal.trimmed)
    default: return nil
    }
  }

  private static func fence(
    _ node: OpaquePointer, lines: Range<Int>, in table: LineTable
  ) -> Block? {
    var length: Int32 = 0
    var offset: Int32 = 0
    var character: CChar = 0
    guard cmark_node_get_fenced(node, &length, &offset, &character) != 0 else { return nil }
    let marker = UInt8(bitPattern: character)
    let opening = table[lines.lowerBound].utf8
    let indent = opening.prefix { $0 == UInt8(ascii: " ") }.count
    let run = opening.dropFirst(indent).prefix { $0 == marker }.count
    let rest = opening.dropFirst(indent + run)
    let blanks = rest.prefix { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }.count
    let isClosed =
      lines.count > 1 && closes(table[lines.upperBound - 1], marker, atLeast: Int(length))
    return .fence(
      Fence(
        lines: lines, info: (String(rest) ?? "").trimmed, infoColumn: indent + run + blanks,
        content: content(of: lines, indent: indent, isClosed: isClosed, in: table),
        isClosed: isClosed)
    )
  }

  private static func content(
    of lines: Range<Int>, indent: Int, isClosed: Bool, in table: LineTable
  ) -> String {
    let inside =
      (lines.lowerBound + 1)..<max(lines.lowerBound + 1, lines.upperBound - (isClosed ? 1 : 0))
    guard indent > 0 else {
      let content = table[inside]
      return content.isEmpty || content.utf8.last == UInt8(ascii: "\n") ? content : content + "\n"
    }
    return inside.map { without(indent, table[$0]) + "\n" }.joined()
  }

  /// A line without as many columns of its indentation as the opening fence has.
  private static func without(_ indent: Int, _ line: Substring) -> String {
    var column = 0
    var rest = line
    while column < indent, let first = rest.utf8.first {
      if first == UInt8(ascii: " ") {
        column += 1
      } else if first == UInt8(ascii: "\t") {
        column += 4 - column % 4
      } else {
        break
      }
      rest = rest.dropFirst()
    }
    return String(repeating: " ", count: max(0, column - indent)) + rest
  }

  private static func closes(_ line: Substring, _ marker: UInt8, atLeast length: Int) -> Bool {
    let indent = line.utf8.prefix { $0 == UInt8(ascii: " ") }.count
    let run = line.utf8.dropFirst(indent).prefix { $0 == marker }.count
    let rest = line.utf8.dropFirst(indent + run)
    return indent < 4 && run >= length
      && rest.allSatisfy { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
  }

  /// The library counts a line too many for a heading that is underlined.
  private static func endOfHeading(_ start: Int, _ end: Int, in table: LineTable) -> Int {
    guard end > start + 1 else { return start + 1 }
    for line in (start + 1)..<min(end, table.count) {
      let underline = String(table[line]).trimmed.utf8
      guard let first = underline.first, first == UInt8(ascii: "=") || first == UInt8(ascii: "-")
      else { continue }
      if underline.allSatisfy({ $0 == first }) { return line + 1 }
    }
    return min(end, table.count)
  }
}

extension StringProtocol {
  /// The text without white space at its ends.
  var trimmed: String {
    var rest = Substring(self)
    while let first = rest.first, first.isWhitespace { rest.removeFirst() }
    while let last = rest.last, last.isWhitespace { rest.removeLast() }
    return String(rest)
  }
}
