import LeptonSession
import LeptonSyntax

/// Writes outputs as GitHub-flavoured Markdown.
///
/// Whatever a program prints stands in a fence that it cannot close or in text whose marks are
/// escaped; no raw HTML is ever written.
public enum MarkdownRenderer {
  /// Writes an output as blocks of Markdown, without a line end after the last line.
  ///
  /// - Parameter keep: Keeps a picture and gives the link to it: `mnist.out/train-1.svg`.
  public static func markdown(
    of output: Output, keep: (Picture) throws -> String
  ) rethrows -> String {
    switch output {
    case .text(let text): fenced(text)
    case .value(let value): fenced(value.text)
    case .tensor(let tensor): markdown(of: tensor)
    case .table(let table): markdown(of: table)
    case .chart(let chart): try link(to: ChartSVG.picture(of: chart), keep)
    case .heatmap(let map): try link(to: HeatmapSVG.picture(of: map), keep)
    case .diagram(let diagram): try link(to: DiagramSVG.picture(of: diagram), keep)
    case .images(let grid): try link(to: ImagesSVG.picture(of: grid), keep)
    case .failure(let failure): fenced(FailureText.plain(failure))
    case .notice(let text): "> Note: \(escaped(text))"
    case .elapsed(let seconds): "> Took \(NumberText.text(of: seconds, .duration))"
    case .record(let metric): "**\(escaped(metric.name))** = \(NumberText.text(of: metric))"
    case .verdict(let verdict): markdown(of: verdict)
    case .wish(let wish): "> Note: \(wish.refusal)"
    }
  }

  /// Writes a table, its title above it in bold.
  public static func markdown(of table: Table) -> String {
    let layout = TableLayout(table, text: escaped)
    guard !layout.headings.isEmpty else { return title(table.title) + "*empty table*" }
    let widths = layout.widths.map { max($0, 3) }
    func row(_ texts: [String]) -> String {
      var line = "|"
      for column in texts.indices {
        line += " "
        line += Layout.padded(texts[column], to: widths[column], right: layout.isRight[column])
        line += " |"
      }
      return line
    }
    let rule = widths.indices.map { column in
      let dashes = String(repeating: "-", count: widths[column] - 1)
      return layout.isRight[column] ? dashes + ":" : ":" + dashes
    }
    let lines = [row(layout.headings), row(rule)] + layout.rows.map(row)
    let remark = layout.remark.map { "\n\n\($0)" } ?? ""
    return title(table.title) + lines.joined(separator: "\n") + remark
  }

  /// Puts a text between fences longer than any run of backticks in it.
  public static func fenced(_ text: String, info: String = "text") -> String {
    let content = Escaping.visible(text, keepingLineEnds: true)
    let fence = String(repeating: "`", count: max(3, longestRun(of: "`", in: content) + 1))
    let end = content.isEmpty || content.hasSuffix("\n") ? "" : "\n"
    return "\(fence)\(info)\n\(content)\(end)\(fence)"
  }

  /// Escapes a text so that it stands as it is inside a paragraph or a cell of a table, on one line.
  public static func escaped(_ text: String) -> String { Escaping.markdown(text) }

  /// Writes a text as code within a line, whatever backticks it holds.
  public static func code(_ text: String) -> String {
    let content = Escaping.visible(text)
    let marks = String(repeating: "`", count: longestRun(of: "`", in: content) + 1)
    let needsBlank = content.hasPrefix("`") || content.hasSuffix("`") || content.isEmpty
    return needsBlank ? "\(marks) \(content) \(marks)" : marks + content + marks
  }

  private static func markdown(of tensor: TensorValue) -> String { fenced(tensor.shownText) }

  private static func markdown(of verdict: Verdict) -> String {
    verdict.holds ? "✓ \(code(verdict.condition))" : fenced(VerdictText.lines(verdict))
  }

  private static func link(
    to picture: Picture, _ keep: (Picture) throws -> String
  ) rethrows -> String {
    "![\(escaped(picture.alternative))](\(Escaping.linkTarget(try keep(picture))))"
  }

  private static func title(_ title: String) -> String {
    title.isEmpty ? "" : "**\(escaped(title))**\n\n"
  }

  /// Counts in scalars, as CommonMark does: a combining accent makes no other mark of a backtick.
  private static func longestRun(of mark: Unicode.Scalar, in text: String) -> Int {
    var longest = 0
    var current = 0
    for scalar in text.unicodeScalars {
      current = scalar == mark ? current + 1 : 0
      longest = max(longest, current)
    }
    return longest
  }
}
