import LeptonSession

/// Writes outputs as GitHub-flavoured Markdown.
public enum MarkdownRenderer {
  /// Writes an output as blocks of Markdown, without a line end after the last line.
  ///
  /// - Parameter keep: Keeps a picture and gives the link to it: `mnist.out/train-1.svg`.
  public static func markdown(
    of output: Output, keep: (Picture) throws -> String
  ) rethrows -> String { "" }

  /// Writes a table, its title above it in bold.
  public static func markdown(of table: Table) -> String { "" }

  /// Puts a text between fences longer than any run of backticks in it.
  public static func fenced(_ text: String, info: String = "text") -> String { "" }

  /// Escapes a text so that it stands as it is inside a paragraph or a cell of a table, on one line.
  public static func escaped(_ text: String) -> String { "" }
}
