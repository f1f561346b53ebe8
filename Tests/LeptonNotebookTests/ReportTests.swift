import LeptonJSON
import LeptonNotebook
import LeptonSession
import Testing

/// Chance that is the same in every run of the tests.
private struct Dice: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return state ^ (state >> 29)
  }
}

private let prose = [
  "text\n", "\n", "# H\n", "Two\nlines\n---\n", "- item\n", "- item\n\n  more\n", "> quote\n",
  "<div>\n", "</div>\n\n", "```python\nx\n```\n", "````md\n```lepton\na\n```\n````\n",
  "    indented\n", "| a | b |\n|---|---|\n| 1 | 2 |\n", "<!-- a comment -->\n", "Title\n=====\n",
  "```lepton\n", "<!--\n", "<pre>\n", "$x$ *y* `z`\n", "no line end",
]
private let programs = [
  "x = 1", "y = x\nprint y", "print `ticks` <b> | and ```", "fail a/b", "x = 2\nfail c/d", "die",
  "table", "chart", "record m 0.5", "record n 1.5\nexpect true", "expect false", "wrong", "value 3",
  "",
]
private let attributes = [
  "", " #a", " raises", " skip=\"why\"", " output=hide", " bad", " eval=false",
]
private let heads = [
  "", "---\ntitle: x\n---\n", "---\nparams:\n  lr: 0.5\n  name: \"a|b\"\n---\n",
  "---\nmetrics:\n  m: {min: 1}\n---\n", "---\nseed: x\n---\n",
]

private func randomNotebook(_ dice: inout Dice) -> String {
  var text = heads.randomElement(using: &dice) ?? ""
  for _ in 0..<Int.random(in: 0...8, using: &dice) {
    switch Int.random(in: 0...5, using: &dice) {
    case 0...2:
      let attribute = attributes.randomElement(using: &dice) ?? ""
      text += "```lepton\(attribute)\n\(programs.randomElement(using: &dice) ?? "")\n```\n"
    case 3: text += "\n```expect\n3\n```\n"
    default: text += prose.randomElement(using: &dice) ?? ""
    }
  }
  return text
}

@Suite struct Reports {
  @Test(arguments: 1...40 as ClosedRange<UInt64>)
  func `running a report gives the report, and it holds the notebook`(seed: UInt64) throws {
    var dice = Dice(state: seed)
    for _ in 0..<50 {
      let source = randomNotebook(&dice)
      let first = try FakeRun(source)
      let second = try FakeRun(first.report)
      #expect(second.report == first.report, "\(source)")
      #expect(second.result.exit == first.result.exit, "\(source)")
      #expect(second.session.ran.map(\.text) == first.session.ran.map(\.text))
      #expect(without(first.report) == source || without(first.report) == source + "\n")
    }
  }

  /// The notebook that a report was made of.
  private func without(_ report: String) -> String {
    let notebook = Notebook(parsing: report, name: "n.lnb")
    return notebook.frontMatter.text
      + notebook.blocks.map { block in
        switch block {
        case .prose(let text): text
        case .cell(let cell): cell.text
        case .expectation(let expectation): expectation.text
        case .parameterPlace: ""
        case .hint(let hint): hint.text
        }
      }.joined()
  }

  @Test func `prose reaches the report byte for byte and outputs stand behind their cells`() throws
  {
    let run = try FakeRun("# A  \n\n*x* \n```lepton #a\nprint one\nvalue 2\n```\nend")
    #expect(
      run.report == """
        # A  \n
        *x*\u{20}
        ```lepton #a
        print one
        value 2
        ```

        <!-- lepton:out -->

        ```text
        one
        2
        ```

        <!-- lepton:end -->
        end
        """)
  }

  @Test func `parameters stand behind the first heading`() throws {
    let run = try FakeRun(
      "---\nparams:\n  lr: {default: 0.5, help: the step}\n  n: 3\n---\n# H\ntext\n"
        + notebook("|x = lr"), given: ["n=4"])
    let expected = "# H\n\n<!-- lepton:parameters -->\n\n"
    #expect(run.report.contains(expected))
    #expect(run.report.contains("<!-- lepton:end -->\ntext\n"))
    #expect(run.report.contains("| lr"))
    #expect(run.report.contains("the step"))
    #expect(run.report.contains("given"))
  }

  @Test func `where all is well there is no summary`() throws {
    #expect(try !FakeRun(notebook("|print x")).report.contains("Summary"))
  }

  @Test func `the summary tells what did not pass, the metrics and the expectations`() throws {
    let report = try FakeRun(
      "---\nmetrics:\n  m: {min: 0.9}\n---\n"
        + notebook("#a|fail shape/inner", "#b|record m 0.5\nexpect false", "|expect true")
    ).report
    let summary = report.split(separator: "## Summary").last.map(String.init) ?? ""
    #expect(summary.contains("shape/inner"))
    #expect(summary.contains("0.5"))
    #expect(summary.contains("≥ 0.9"))
    #expect(summary.contains("**1 of 2 expectations do not hold**: line 11."))
  }

  @Test func `pictures are files that are named after their cell`() throws {
    let run = try FakeRun(notebook("#plot a|chart".replacing("#plot a", with: "#plot"), "|chart"))
    #expect(run.pictures.keys.sorted() == ["n.out/cell-2-1.svg", "n.out/plot-1.svg"])
    #expect(run.report.contains("(n.out/plot-1.svg)"))
  }

  @Test func `hidden outputs are shown when the cell fails`() throws {
    let run = try FakeRun(notebook("output=hide|print one", "output=hide|print two\nfail a/b"))
    #expect(!run.report.contains("\none\n"))
    #expect(run.report.contains("\ntwo\n"))
  }

  @Test func `the results tell metrics, cells and parameters`() throws {
    let run = try FakeRun(
      "---\nparams:\n  lr: 0.5\n---\n"
        + notebook("#a|record m 0.25\nrecord n nan\nrecord m 0.75", "#b|fail a/b"))
    let json = try Results(run.result).json()
    #expect(json["metrics"] == ["m": 0.75, "n": "nan"])
    #expect(json["parameters"] == ["lr": 0.5])
    #expect(json["cells"]?[0] == ["id": "a", "status": "passed", "line": 5])
    #expect(json["cells"]?[1]?["status"] == "failed")
    #expect(json["cells"]?[1]?["error"]?["code"] == "a/b")
    #expect(json["cells"]?[1]?["error"]?["line"] == 12)
  }

  @Test func `a report as JSON holds what each cell gave`() throws {
    let run = try FakeRun(notebook("|print one\nvalue 2\ntable\nexpect false"))
    let outputs = try Results(run.result).json(withOutputs: true)["cells"]?[0]?["outputs"]
    #expect(outputs?[0] == ["kind": "text", "text": "one"])
    #expect(outputs?[1]?["kind"] == "value" && outputs?[1]?["text"] == "2")
    #expect(outputs?[2]?["rows"] == [[0.5]])
    #expect(outputs?[2]?["columns"]?[0]?["format"] == "general")
    #expect(outputs?[3]?["holds"] == false)
  }

  @Test(
    "The folder for pictures is named after the notebook",
    arguments: [
      ("notebooks/mnist.lnb", "mnist.out"), ("a.lnb.md", "a.out"), ("a.md", "a.out"),
      ("-", "notebook.out"),
      ("stdin", "stdin.out"), (".lnb", ".lnb.out"), ("x", "x.out"),
    ])
  func folderNames(path: String, name: String) {
    #expect(PictureStore.folderName(for: path) == name)
  }
}
