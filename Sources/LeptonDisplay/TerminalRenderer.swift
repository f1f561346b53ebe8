import LeptonSession
import LeptonSyntax

/// Writes outputs for a terminal.
///
/// Nothing that a program printed can command the terminal: control characters are shown, not sent.
public struct TerminalRenderer: Sendable {
  /// What colours the terminal can show.
  public enum Colours: Sendable {
    /// None: `NO_COLOR`, a pipe, `TERM=dumb`.
    case none
    /// 256 colours.
    case palette
    /// 24 bits for each point.
    case full
  }

  /// How many columns there are.
  public var width: Int
  /// What colours may be used.
  public var colours: Colours
  /// Whether lines of text that are too long are broken between words.
  public var foldsText: Bool

  /// Makes a renderer for a terminal.
  public init(width: Int = 80, colours: Colours = .none, foldsText: Bool = false) {
    self.width = max(20, width)
    self.colours = colours
    self.foldsText = foldsText
  }

  /// Writes an output, without a line end after the last line.
  public func text(of output: Output) -> String {
    switch output {
    case .text(let text): self.text(of: text)
    case .value(let value): Escaping.visible(value.text, keepingLineEnds: true)
    case .tensor(let tensor): text(of: tensor)
    case .table(let table): TerminalTable(table, width: width, ink: ink).text
    case .chart(let chart): TerminalChart(chart, width: width, ink: ink).text
    case .heatmap(let map): TerminalHeatmap(map, width: width, colours: colours).text
    case .diagram(let diagram): TerminalDiagram(diagram, width: width, ink: ink).text
    case .images(let grid): TerminalImages(grid, width: width, colours: colours).text
    case .failure(let failure):
      FailureText.text(of: failure, ink: ink, width: width, foldsText: foldsText)
    case .notice(let text): note(text)
    case .elapsed(let seconds): ink(.faint, "took " + NumberText.text(of: seconds, .duration))
    case .record(let metric): text(of: metric)
    case .verdict(let verdict): text(of: verdict)
    case .wish(let wish): note(wish.refusal)
    }
  }

  private var ink: Ink { Ink(colours: colours) }

  private func text(of text: String) -> String {
    let text = Escaping.visible(text, keepingLineEnds: true)
    return foldsText ? Paragraph.broken(text, to: width) : text
  }

  private func note(_ text: String) -> String {
    let (mark, text) = ("note: ", Escaping.visible(text))
    guard foldsText else { return ink(.faint, mark + text) }
    let indent = mark.count
    return ink(
      .faint, mark + Paragraph.folded(text, to: width, after: indent, indent: indent))
  }

  private func text(of tensor: TensorValue) -> String {
    let shape = tensor.shape.map { "\($0)" }.joined(separator: ", ")
    let text = Escaping.visible(tensor.text, keepingLineEnds: true)
    return text + "\n" + ink(.faint, "# \(Escaping.visible(tensor.elementType)) [\(shape)]")
  }

  private func text(of metric: Metric) -> String {
    "\(ink(.heading, Escaping.visible(metric.name))) = \(NumberText.text(of: metric))"
  }

  private func text(of verdict: Verdict) -> String {
    let text = VerdictText.lines(verdict)
    return ink(
      verdict.holds ? .good : .error, foldsText ? Paragraph.broken(text, to: width) : text)
  }
}
