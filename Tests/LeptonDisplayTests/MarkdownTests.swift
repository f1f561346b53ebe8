import LeptonDisplay
import LeptonSession
import Testing

@Suite("Markdown")
struct MarkdownTests {
  @Test("A table: numbers to the right, marks escaped, columns of one width in the source")
  func table() {
    let table = Table(
      title: "Models", columns: [.init("model"), .init("accuracy", .percent(digits: 1))],
      rows: [[.text("a|b"), .float(0.98)], [.text("日本"), .missing]])
    #expect(
      MarkdownRenderer.markdown(of: table) == """
        **Models**

        | model | accuracy |
        | :---- | -------: |
        | a\\|b  |   98.0 % |
        | 日本  |          |
        """)
  }

  @Test("A long table is shown by its beginning and its end")
  func longTable() {
    let table = Table(columns: [.init("n")], rows: (0..<200).map { [.int($0)] })
    let lines = MarkdownRenderer.markdown(of: table).split(separator: "\n")
    #expect(lines.count == 2 + 10 + 1 + 10 + 1)
    #expect(lines[12] == "|   … |")
    #expect(lines[22] == "| 199 |")
    #expect(lines.last == "200 rows, of which 20 are shown")
  }

  @Test("A table without columns and rows of the wrong length do not trap")
  func oddTables() {
    #expect(MarkdownRenderer.markdown(of: Table(columns: [], rows: [])) == "*empty table*")
    let ragged = Table(columns: [.init("a"), .init("b")], rows: [[.int(1)], []])
    #expect(MarkdownRenderer.markdown(of: ragged).split(separator: "\n").count == 4)
  }

  @Test(
    "A fence outgrows what it holds",
    arguments: [
      "plain", "```", "a\n````\nb", "`\u{301}```\u{301}`", "", "ends with a line end\n", "~~~",
    ])
  func fences(text: String) {
    let lines = MarkdownRenderer.fenced(text).split(
      separator: "\n", omittingEmptySubsequences: false)
    let fence = String(lines.last ?? "")
    #expect(fence.allSatisfy { $0 == "`" } && fence.count >= 3)
    #expect(lines.first == "\(fence)text")
    for line in lines.dropFirst().dropLast() {
      let run = line.unicodeScalars.drop { $0 == " " }.prefix { $0 == "`" }
      #expect(run.count < fence.count)
    }
  }

  @Test(
    "Texts look as they are",
    arguments: [
      ("accuracy_best", "accuracy_best"), ("_private", "\\_private"), ("98.5 %", "98.5 %"),
      ("-0.5", "-0.5"), ("- item", "\\- item"), ("1. first", "1\\. first"), ("# no", "\\# no"),
      ("<script>", "&lt;script>"), ("R&D", "R&amp;D"), ("a & b", "a & b"),
      ("two\nlines", "two lines"),
      ("\u{1B}[31m", "\\\\x1b\\[31m"), ("\u{202E}", "\\\\u202e"), ("![x](y)", "!\\[x\\](y)"),
      ("https://x.y", "https:\\//x.y"),
      ("www.x.y", "www\\.x.y"), ("  - deep", "\\- deep"),
    ])
  func escaped(text: String, markdown: String) {
    #expect(MarkdownRenderer.escaped(text) == markdown)
  }

  @Test("Code within a line survives any backticks")
  func code() {
    #expect(MarkdownRenderer.code("a > b") == "`a > b`")
    #expect(MarkdownRenderer.code("`") == "`` ` ``")
    #expect(MarkdownRenderer.code("") == "`  `")
  }

  @Test("Pictures are kept by whoever asks, and linked with their alternative")
  func pictures() {
    let chart = Chart(title: "Loss [log]", series: [.init(name: "a", x: [1, 2], y: [3, 4])])
    var kept: [Picture] = []
    let text = MarkdownRenderer.markdown(of: .chart(chart)) {
      kept.append($0)
      return "my nb.out/loss (1).svg"
    }
    #expect(text == "![Loss \\[log\\]: a from 3 to 4.](my%20nb.out/loss%20%281%29.svg)")
    #expect(kept.count == 1)
  }

  @Test("Failures, records, verdicts, notices and tensors")
  func others() {
    func markdown(_ output: Output) -> String { MarkdownRenderer.markdown(of: output) { _ in "" } }
    let metric = Metric(name: "accuracy", value: 0.97812, isInteger: false)
    #expect(markdown(.record(metric)) == "**accuracy** = 0.97812")
    let held = Verdict(holds: true, condition: "acc > 0.9", operands: [], line: 3)
    #expect(markdown(.verdict(held)) == "✓ `acc > 0.9`")
    let broken = Verdict(
      holds: false, condition: "acc > 0.9", operands: [.init(source: "acc", value: "0.5")],
      message: "too low", line: 3)
    #expect(
      markdown(.verdict(broken)) == "```text\n✗ expect acc > 0.9\n    acc = 0.5\n    too low\n```")
    #expect(markdown(.notice("stopped *early*")) == "> Note: stopped \\*early\\*")
    let tensor = TensorValue(
      elementType: "int64", shape: [2], elements: [1, 2], text: "tensor([1, 2])")
    #expect(markdown(.tensor(tensor)) == "```text\ntensor([1, 2])\n# int64 [2]\n```")
  }
}
