/// The grammar of the language, as a table.
///
/// `[x]` may be missing, `{x}` repeats, `'x'` stands for itself; a name in capitals is a token.
/// The printed reference reads it, and a test holds it against the tokens.
public enum Grammar {
  /// What one name of the grammar stands for.
  public struct Production: Sendable {
    /// The name.
    public let name: String
    /// What it stands for; `|` stands between alternatives.
    public let rule: String
    /// What the rule does not say, if anything.
    public let remark: String

    init(_ name: String, _ rule: String, _ remark: String = "") {
      self.name = name
      self.rule = rule
      self.remark = remark
    }
  }

  /// Where an end of a line means nothing, and other things that no production says.
  public static let layout = """
    NEWLINE is one or more ends of lines. Between `(` and `)`, `[` and `]`, and in a record, ends of \
    lines mean nothing; they mean nothing behind an operator, a comma, `=` and `->` either, and \
    before a line that begins with `>>` or with `.` and a name. Spaces and comments (`#` to the end \
    of the line) stand anywhere.
    """

  /// Every production, from the whole to its parts.
  public static let productions = statements + functions + expressions + tokens

  /// What a program is made of.
  private static let statements = [
    Production(
      "program", "{ statement ( NEWLINE | ';' ) | NEWLINE }", "the last end may be missing"),
    Production("block", "'{' program '}'"),
    Production(
      "statement",
      """
      target '=' expression
      | 'fn' NAME parameters [ '->' pattern ] ( block | '=' body )
      | 'for' names 'in' expression block
      | 'while' expression block
      | 'break' | 'continue' | 'return' [expression]
      | 'import' ( STRING | NAME )
      | 'expect' expression [ ',' expression ]
      | 'record' NAME '=' expression
      | expression
      """),
    Production("target", "NAME { '.' NAME | '[' subscripts ']' }"),
    Production("names", "NAME { ',' NAME }"),
  ]

  /// How functions are written, and the headings of words.
  private static let functions = [
    Production("parameters", "'(' [ parameter { ',' parameter } [','] ] ')'"),
    Production("parameter", "NAME [ ':' pattern ] [ '=' expression ]"),
    Production("pattern", "'[' [ size { ',' size } [','] ] ']'"),
    Production("size", "INTEGER | NAME | '...'"),
    Production("function", "( NAME | parameters ) '->' body"),
    Production("body", "block | expression", "a record if `}` or `name:` follows `{`"),
    Production(
      "heading", "NAME [ '(' [ slot { ',' slot } ] ')' ]", "how a word of the library is called"),
    Production("slot", "NAME '...' | NAME [ '=' expression ] | '...'"),
  ]

  /// How values are written.
  private static let expressions = [
    Production("expression", "operand { infix operand }", "by the precedences below"),
    Production("operand", "( '-' | 'not' ) operand | primary { postfix }"),
    Production(
      "postfix",
      "'(' [ argument { ',' argument } [','] ] ')' | '[' subscripts ']' | '.' NAME"),
    Production("argument", "[ NAME '=' ] expression"),
    Production("subscripts", "subscript { ',' subscript } [',']"),
    Production(
      "subscript",
      "'...' | expression | [expression] ':' [expression] [ ':' [expression] ]"),
    Production(
      "primary",
      """
      NAME | INTEGER | FLOAT | STRING | F-STRING
      | 'true' | 'false' | 'nothing' | 'inf' | 'nan'
      | '(' expression ')' | list | record | function | 'layer' function
      | conditional | 'try' block 'catch' NAME block
      """),
    Production(
      "list",
      """
      '[' [ expression { ',' expression } [','] ] ']'
      | '[' expression 'for' names 'in' expression [ 'if' expression ] ']'
      """),
    Production("record", "'{' [ field { ',' field } [','] ] '}'"),
    Production("field", "( NAME | STRING ) ':' expression"),
    Production("conditional", "'if' expression block [ 'else' ( block | conditional ) ]"),
  ]

  /// How the tokens are spelt.
  private static let tokens = [
    Production("NAME", "letter { letter | digit | '_' }", "`_` counts as a letter; any script"),
    Production(
      "INTEGER", "digits | '0x' hexadecimal digits", "64 bits; `_` may stand between digits"),
    Production(
      "FLOAT", "digits '.' [digits] [exponent] | '.' digits [exponent] | digits exponent",
      "64 bits; an exponent is `e`, a sign that may be missing, and digits"),
    Production(
      "STRING", "'\"' characters '\"' | '\"\"\"' lines '\"\"\"'",
      #"escapes: `\"` `\'` `\\` `\n` `\t` `\xNN` `\uNNNN` `\UNNNNNNNN`"#),
    Production(
      "F-STRING", "'f' STRING", "`{expression}` or `{expression:format}` is a hole, `{{` a brace"),
  ]

  /// The operators that stand between two operands, by how tightly they bind, loosest first.
  public static let operators: [[String]] = {
    let kinds =
      Symbol.allCases.map { (Token.Kind.symbol($0), $0.rawValue) }
      + Keyword.allCases.map { (Token.Kind.keyword($0), $0.rawValue) }
    let infixes = kinds.compactMap { kind, text in
      Infix(kind).map { (rank: $0.precedence.rawValue, text: text) }
    }
    return Set(infixes.map(\.rank)).sorted().map { rank in
      infixes.filter { $0.rank == rank }.map(\.text)
    }
  }()
}
