/// Cuts a text into pieces to be laid out.
///
/// It walks over the tree and over the tokens side by side: the tree says where lines may break, and
/// each word is taken from the text as it is written. Comments stay between the tokens between which
/// they stood; as a line ends behind each of them, it may end there.
struct LayoutWalk {
  private let bytes: [UInt8]
  let tokens: [Token]
  /// The index of the next token.
  var position = 0
  private(set) var pieces: [LayoutPiece] = []
  /// A comment at the end of a line, which goes behind the groups and the comma that end there.
  private var remark: LayoutPiece?
  /// Whether what comes next stands behind an opening bracket, where no empty line is kept.
  var isBehindOpener = true

  init(_ parsed: ParsedSource) {
    bytes = Array(parsed.source.text.utf8)
    tokens = parsed.tokens
    statements(parsed.statements)
    comments()
    flush()
  }

  // MARK: Pieces

  mutating func add(_ piece: LayoutPiece) {
    switch piece {
    case .end, .comma, .indent, .text(","): break
    default: flush()
    }
    pieces.append(piece)
  }

  private mutating func flush() {
    if let remark { pieces.append(remark) }
    remark = nil
  }

  /// Adds the pieces of a group.
  mutating func group(_ body: (inout LayoutWalk) -> Void) {
    add(.begin)
    body(&self)
    add(.end)
  }

  /// Adds pieces whose lines stand further to the right.
  mutating func indented(_ steps: Int = 1, _ body: (inout LayoutWalk) -> Void) {
    add(.indent(steps))
    body(&self)
    add(.indent(-steps))
  }

  // MARK: Tokens

  /// The kind of the next token that is no layout.
  var next: Token.Kind {
    var index = position
    while tokens[index].isTrivia { index += 1 }
    return tokens[index].kind
  }

  func isNext(_ symbol: Symbol) -> Bool { next == .symbol(symbol) }

  /// Whether a line ends before the next token.
  var isAtLineEnd: Bool {
    var index = position
    while tokens[index].isTrivia {
      if tokens[index].kind == .newline { return true }
      index += 1
    }
    return false
  }

  /// Adds the next token as it is written, an f-string as a whole.
  mutating func token() {
    comments()
    let start = position
    skipToken()
    add(word: text(of: start..<position))
  }

  /// Adds a word, and notes the comment behind it.
  mutating func add(word: String) {
    isBehindOpener = false
    add(.text(word))
    takeRemark()
  }

  /// The text of tokens as it is written.
  func text(of range: Range<Int>) -> String {
    guard let first = range.first, let last = range.last else { return "" }
    return String(
      decoding: bytes[tokens[first].span.start..<tokens[last].span.end], as: UTF8.self)
  }

  /// The pieces that a closure adds to a walk that begins at a token, and where it ends.
  func pieces(from start: Int, _ body: (inout LayoutWalk) -> Void) -> ([LayoutPiece], end: Int) {
    var walk = self
    walk.pieces = []
    walk.remark = nil
    walk.position = start
    walk.isBehindOpener = true
    body(&walk)
    return (walk.pieces, walk.position)
  }

  /// Adds so many tokens without spaces between them.
  mutating func tokens(_ count: Int) {
    for _ in 0..<count { token() }
  }

  /// Adds all tokens of a place without spaces between them.
  mutating func tokens(of span: Span) {
    while position < tokens.count - 1, tokens[position].span.start < span.end {
      token()
    }
  }

  /// Passes over the next token; its comments are kept.
  mutating func dropToken() {
    comments()
    skipToken()
    takeRemark()
  }

  private mutating func skipToken() {
    var depth = 0
    repeat {
      if tokens[position].kind == .interpolationStart { depth += 1 }
      if tokens[position].kind == .interpolationEnd { depth -= 1 }
      if tokens[position].kind == .end { return }
      position += 1
    } while depth > 0
  }

  // MARK: Comments

  /// Takes the comment that stands behind a token on its line.
  private mutating func takeRemark() {
    var index = position
    while tokens[index].kind == .space { index += 1 }
    guard tokens[index].kind == .comment else { return }
    let start = tokens[index].span.start
    let line = bytes[..<start].lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
    let before = String(decoding: bytes[line..<start], as: UTF8.self)
    let text = text(of: tokens[index])
    position = index + 1
    guard remark == nil else { return add(.comment(text)) }
    remark = .remark(text, column: displayWidth(of: before))
  }

  /// Adds the comments before the next token.
  mutating func comments(keepsBlank: Bool = false) {
    var lineEnds = 0
    while tokens[position].isTrivia {
      switch tokens[position].kind {
      case .newline: lineEnds += 1
      case .comment, .documentation:
        if lineEnds > 1, !isBehindOpener { add(.blankLine) }
        add(.comment(text(of: tokens[position])))
        isBehindOpener = false
        lineEnds = 0
      default: break
      }
      position += 1
    }
    if keepsBlank, lineEnds > 1, !isBehindOpener { add(.blankLine) }
  }

  /// The text of a comment, without spaces at its end.
  private func text(of comment: Token) -> String {
    var end = comment.span.end
    while bytes[end - 1] == UInt8(ascii: " ") || bytes[end - 1] == UInt8(ascii: "\t") { end -= 1 }
    return String(decoding: bytes[comment.span.start..<end], as: UTF8.self)
  }

  /// Whether a comment stands before the next token.
  var isBehindComment: Bool {
    let before = tokens[position...].prefix(while: \.isTrivia)
    return remark != nil || before.contains { $0.kind == .comment || $0.kind == .documentation }
  }

  /// Whether a comment stands between the next token and a place.
  func hasComment(before end: Int) -> Bool {
    tokens[position...].prefix { $0.span.start < end }
      .contains { $0.kind == .comment || $0.kind == .documentation }
  }

  /// Whether only one token stands between two places.
  func isClosed(from start: Int, to end: Int) -> Bool {
    let between = tokens[position...].drop { $0.span.start < start }.prefix { $0.span.start < end }
    return between.count { $0.kind != .space && $0.kind != .newline } == 1
  }

  /// How many columns the words of a place take, whatever the layout.
  func wordWidth(of span: Span) -> Int {
    tokens[position...].drop { $0.span.start < span.start }.prefix { $0.span.start < span.end }
      .reduce(0) { width, token in
        let isLayout = token.isTrivia || token.kind == .symbol(.comma)
        return isLayout ? width : width + token.span.end - token.span.start
      }
  }
}
