import LeptonDisplay
import LeptonSession
import Testing

@Suite("No text breaks the place it is shown in")
struct EscapingPropertyTests {
  /// Texts of everything that has a meaning somewhere.
  private static func texts(_ count: Int) -> [String] {
    let pieces = [
      "|", "\\", "\n", "\r\n", "`", "```", "*", "_", "<b>", "&amp;", "&", "\"", "'", "]]>", "-->",
      "\u{1B}]0;x\u{7}", "\u{9B}31m", "\u{0}", "\u{202E}", "\u{2028}", "\t", "a", "日", "é", " ",
      "#", "- ", "1. ", "$x$", "[x](y)", "~~", "\u{E0041}", "\u{FFFE}",
    ]
    var random = Dice(state: 0x9E37_79B9_7F4A_7C15)
    return (0..<count).map { _ in
      (0..<Int.random(in: 0...12, using: &random)).map { _ in
        pieces[Int.random(in: 0..<pieces.count, using: &random)]
      }.joined()
    }
  }

  /// Counts the cells of a table's row as GFM does: by the pipes that no backslash stands before.
  private func cells(of line: Substring) -> Int {
    var count = 0
    var isEscaped = false
    for scalar in line.unicodeScalars {
      if isEscaped {
        isEscaped = false
      } else if scalar == "\\" {
        isEscaped = true
      } else if scalar == "|" {
        count += 1
      }
    }
    return count - 1
  }

  private func isQuiet(_ text: String, besides allowed: Set<Unicode.Scalar> = ["\n"]) -> Bool {
    text.unicodeScalars.allSatisfy {
      allowed.contains($0)
        || ($0.properties.generalCategory != .control && !$0.properties.isBidiControl)
    }
  }

  @Test("A table keeps its rows and columns")
  func tables() {
    for text in EscapingPropertyTests.texts(500) {
      let table = Table(
        title: text, columns: [.init(text), .init("b")],
        rows: [[.text(text), .text("x")], [.int(1), .text(text)]])
      let markdown = MarkdownRenderer.markdown(of: table)
      let lines = markdown.split(separator: "\n").filter { $0.hasPrefix("| ") }
      #expect(lines.count == 4, "\(text.debugDescription)")
      #expect(lines.allSatisfy { cells(of: $0) == 2 }, "\(text.debugDescription)")
      #expect(isQuiet(markdown))
      let terminal = TerminalRenderer(width: 40).text(of: .table(table))
      #expect(isQuiet(terminal))
      #expect(terminal.split(separator: "\n", omittingEmptySubsequences: false).count <= 5)
    }
  }

  @Test("A picture stays well-formed, with no element but its own")
  func pictures() {
    for text in EscapingPropertyTests.texts(200) {
      let chart = Chart(
        title: text, xLabel: text, yLabel: text,
        series: [.init(name: text, x: [1, 2], y: [1, 2]), .init(name: text, x: [1], y: [.nan])])
      let grid = ImageGrid(
        title: text,
        images: [.init(width: 1, height: 1, channels: 1, pixels: [7], caption: text)])
      for svg in [ChartSVG.picture(of: chart).svg, ImagesSVG.picture(of: grid).svg] {
        let names = svg.split(separator: "<").dropFirst().map {
          $0.prefix { $0.isLetter || $0 == "/" }
        }
        let known: Set<Substring> = [
          "svg", "/svg", "title", "/title", "desc", "/desc", "style", "/style", "rect", "path",
          "circle", "text", "/text", "image",
        ]
        #expect(names.allSatisfy(known.contains), "\(text.debugDescription)")
        #expect(isQuiet(svg))
        #expect(!svg.contains("&amp;amp;amp;"))
      }
    }
  }

  @Test("A terminal gets no command from a program")
  func terminal() {
    for text in EscapingPropertyTests.texts(300) {
      let place = Failure.Place(
        file: text, line: 1, column: 2, length: 3, text: text, label: text)
      let failure = Failure(
        code: "a/b", message: text, place: place, notes: [place], help: [text],
        trace: [.init(function: text, place: place)])
      let outputs: [Output] = [
        .text(text), .value(ValueText(text, type: "string")), .failure(failure), .notice(text),
        .record(Metric(name: text, value: 1, isInteger: true)),
        .verdict(
          Verdict(
            holds: false, condition: text, operands: [.init(source: text, value: text)],
            message: text, line: 1)),
        .tensor(TensorValue(elementType: text, shape: [1], elements: [], text: text)),
        .chart(Chart(title: text, xLabel: text, series: [.init(name: text, x: [1], y: [1])])),
        .images(
          ImageGrid(
            title: text,
            images: [.init(width: 1, height: 1, channels: 1, pixels: [7], caption: text)])),
      ]
      for output in outputs {
        #expect(isQuiet(TerminalRenderer(width: 60).text(of: output)))
        let markdown = MarkdownRenderer.markdown(of: output) { _ in "x.svg" }
        #expect(isQuiet(markdown))
      }
      let progress = Progress(task: text, done: 1, total: 2, unit: text, seconds: 1)
      #expect(isQuiet(ProgressText.line(progress, width: 80), besides: []))
    }
  }
}
