import LeptonSyntax

/// The pieces of a code and how a terminal shows each, with the brackets at the cursor marked.
struct CodePaint {
  /// A text longer than that is shown in one colour, so that each key stays quick.
  private static let longest = 40_000

  /// The pieces, in order; together they are the text.
  private(set) var pieces: [(text: Substring, style: String)] = []

  /// Takes a code apart; `cursor` is an offset in UTF-8, and so are the places of `marks`, which are no
  /// part of the code.
  init(
    _ code: String, cursor: Int, colours: TerminalRenderer.Colours, marks: [Range<Int>] = []
  ) {
    guard code.utf8.count <= Self.longest else {
      pieces = [(code[...], "")]
      return
    }
    let tokens = Lexer.tokens(of: Source(name: "", text: code))
    let brackets = BracketPairs(tokens)
    let hasColours = colours != .none
    let paired = hasColours ? brackets.marked(at: cursor) : []
    var start = code.startIndex
    for (index, token) in tokens.enumerated() where token.span.end > token.span.start {
      let end = code.utf8.index(start, offsetBy: token.span.end - token.span.start)
      let style =
        if paired.contains(index) {
          "1;7"
        } else if hasColours, marks.contains(where: { $0.contains(token.span.start) }) {
          Self.style(of: .keyword(.fn))
        } else if hasColours {
          brackets.stray.contains(index) ? "31" : Self.style(of: token.kind)
        } else {
          ""
        }
      pieces.append((code[start..<end], style))
      start = end
    }
  }

  private static func style(of kind: Token.Kind) -> String {
    switch kind {
    case .comment, .documentation: "90"
    case .keyword: "35"
    case .integer, .float: "36"
    case .string, .interpolationStart, .text, .interpolationEnd: "32"
    case .holeStart, .holeEnd, .format: "33"
    case .foreign, .invalid: "4;31"
    case .space, .newline, .identifier, .symbol, .end: ""
    }
  }
}

/// Which brackets of a code belong together.
private struct BracketPairs {
  /// Closing brackets that close nothing, as indices of tokens.
  private(set) var stray: Set<Int> = []
  private var partners: [Int: Int] = [:]
  private let tokens: [Token]

  init(_ tokens: [Token]) {
    self.tokens = tokens
    var open: [(index: Int, closer: Symbol)] = []
    for (index, token) in tokens.enumerated() {
      guard case .symbol(let symbol) = token.kind else { continue }
      if let closer = Self.closers[symbol] {
        open.append((index, closer))
      } else if Self.closers.values.contains(symbol) {
        if let last = open.last, last.closer == symbol {
          partners[index] = last.index
          partners[last.index] = index
          open.removeLast()
        } else {
          stray.insert(index)
        }
      }
    }
  }

  private static let closers: [Symbol: Symbol] = [
    .leftParenthesis: .rightParenthesis, .leftBracket: .rightBracket, .leftBrace: .rightBrace,
  ]

  /// The bracket before the cursor, else the one under it, and its partner.
  func marked(at cursor: Int) -> [Int] {
    let near = partners.keys.filter {
      tokens[$0].span.end == cursor || tokens[$0].span.start == cursor
    }
    guard let index = near.min(), let partner = partners[index] else { return [] }
    return [index, partner]
  }
}
