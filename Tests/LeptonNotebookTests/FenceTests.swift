import LeptonNotebook
import Testing

/// The code of the cells, and the text a notebook keeps.
private func cells(_ text: String) -> [String] {
  Notebook(parsing: text, name: "n.lnb").cells.map(\.code)
}

private func text(of notebook: Notebook) -> String {
  notebook.frontMatter.text
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

@Suite struct Fences {
  @Test(
    "Cells are the top-level fences that CommonMark sees",
    arguments: [
      ("```lepton\na\n```\n", ["a\n"]),
      ("```lepton #id raises\na\n```\n", ["a\n"]),
      ("~~~ lepton\na\n```\n~~~\n", ["a\n```\n"]),
      ("````lepton\n```\n````\n", ["```\n"]),
      ("  ```lepton\n  a\n   b\n  ```\n", ["a\n b\n"]),
      ("    ```lepton\n    a\n    ```\n", []),
      ("- ```lepton\n  a\n  ```\n", []),
      ("> ```lepton\n> a\n> ```\n", []),
      ("- item\n```lepton\na\n```\n", ["a\n"]),
      ("- item\n\n  ```lepton\n  a\n  ```\n", []),
      ("para\n```lepton\na\n```\npara", ["a\n"]),
      ("```python\n```lepton\n```\n", []),
      ("````md\n```lepton\na\n```\n````\n", []),
      ("<!--\n```lepton\na\n```\n-->\n", []),
      ("<div>\n```lepton\na\n```\n</div>\n", []),
      ("<div>\n\n```lepton\na\n```\n\n</div>\n", ["a\n"]),
      ("<pre>\n\n```lepton\na\n```\n</pre>\n", []),
      ("```leptons\na\n```\n", []),
      ("```Lepton\na\n```\n", []),
      ("``` x lepton\na\n```\n", []),
      ("``lepton\na\n``\n", []),
      ("```lepton ` x\na\n", []),
      ("```lepton\n```\n", [""]),
      ("```lepton\n\n\n```\n", ["\n\n"]),
      ("\t```lepton\n", []),
      ("   ```lepton\n   a[0]\n\tb\n  c\n   ```\n", ["a[0]\n b\nc\n"]),
      ("x <b>\n```lepton\n[1] < <2\n```\n", ["[1] < <2\n"]),
      ("<![CDATA[\n```lepton\na\n```\n]]>\n", []),
      ("<script>\nx <a\n</script>\n```lepton\na\n```\n", ["a\n"]),
      ("[a]: /b\n```lepton\na\n```\n", ["a\n"]),
      ("```lepton\na\n``` x\nb\n```\n", ["a\n``` x\nb\n"]),
    ])
  func commonMark(text: String, expected: [String]) {
    #expect(cells(text) == expected)
  }

  @Test(
    "The parts of a notebook joined are its text",
    arguments: [
      "", "a", "a\n", "---\ntitle: x\n---\n# H\n\n```lepton\n1\n```\n\n```expect\n1\n```\ntail",
      "```lepton\n1", "# a\n```lepton\n1\n```", "\n\n```lepton\n1\n```\n\n\n",
      "---\nparams: {a: 1}\n---\nTitle\n=====\n\ntext\n```lepton\na\n```\n",
      "---\nparams: {a: 1}\n---\nTwo\nlines\n---\n```lepton\na\n```\n",
    ])
  func keepsText(source: String) {
    #expect(text(of: Notebook(parsing: source, name: "n.lnb")) == source)
  }

  @Test func `a cell knows the line of its fence`() {
    let notebook = Notebook(
      parsing: "---\ntitle: x\n---\n# H\n\n```lepton\n1\n```\n", name: "n.lnb")
    #expect(notebook.cells.map(\.line) == [6])
  }

  @Test func `an unclosed fence runs to the end and is reported at its line`() {
    let notebook = Notebook(parsing: "text\n\n```lepton\n1\n2", name: "n.lnb")
    #expect(notebook.cells.map(\.code) == ["1\n2\n"])
    #expect(notebook.failures.map(\.code) == ["notebook/fence"])
    #expect(notebook.failures.map(\.place.line) == [3])
    #expect(!notebook.isRunnable)
  }

  @Test func `two versions that were never merged are reported where they begin`() {
    let versions = "<<<<<<< HEAD\none\n=======\n```lepton\n1\n```\n>>>>>>> branch\n"
    let notebook = Notebook(parsing: "# T\n\n" + versions, name: "n.lnb")
    #expect(notebook.failures.map(\.code) == ["notebook/conflict"])
    #expect(notebook.failures.map(\.place.line) == [3])
    #expect(Notebook(parsing: "````text\n" + versions + "````\n", name: "n.lnb").isRunnable)
    #expect(Notebook(parsing: "> " + versions + "<<<<<<< HEAD\n", name: "n.lnb").isRunnable)
  }

  @Test func `a character that shows code in another order is told`() {
    let notebook = Notebook(
      parsing: "a\u{202E}b\n```lepton\n\nx = 1 # \u{202E}2\n```\n", name: "n.lnb")
    #expect(notebook.failures.map(\.code) == ["notebook/reordering"])
    #expect(notebook.failures.map(\.place.line) == [4])
    #expect(notebook.failures.first?.message.contains("U+202E") == true)
    #expect(notebook.isRunnable)
  }

  @Test func `a fence that is only opened is a cell without text and is reported`() {
    let notebook = Notebook(parsing: "```lepton", name: "n.lnb")
    #expect(notebook.cells.map(\.code) == [""])
    #expect(notebook.failures.map(\.code) == ["notebook/fence"])
  }

  @Test func `what an earlier run added is taken out`() {
    let source = "# H\n\n```lepton\n1\n```\n\n```expect\n1\n```\ntail\n"
    let report =
      "\n<!-- lepton:failures -->\n\nx\n\n<!-- lepton:end -->\n# H\n\n```lepton\n1\n```\n"
      + "\n<!-- lepton:out -->\n\n```lepton\n<!-- lepton:end -->\n```\n\n<!-- lepton:end -->\n"
      + "\n```expect\n1\n```\n\n<!-- lepton:out -->\n\n| a |\n|---|\n| b |\n\n<!-- lepton:end -->\ntail\n"
      + "\n<!-- lepton:summary -->\n\n## Summary\n\n<!-- lepton:end -->\n"
    let notebook = Notebook(parsing: report, name: "n.lnb")
    #expect(text(of: notebook) == source)
    #expect(notebook.cells.count == 1)
    #expect(notebook.expectations[0]?.count == 1)
    #expect(notebook.failures.isEmpty)
  }

  @Test func `outputs without an end are reported`() {
    let notebook = Notebook(
      parsing: "```lepton\n1\n```\n\n<!-- lepton:out -->\n\nx\n", name: "n.lnb")
    #expect(notebook.failures.map(\.code) == ["notebook/outputs"])
    #expect(notebook.failures.map(\.place.line) == [5])
  }

  @Test func `an expectation that stands behind prose is prose, with a warning`() {
    let notebook = Notebook(
      parsing: "```lepton\n1\n```\ntext\n```expect\n1\n```\n", name: "n.lnb")
    #expect(notebook.expectations.isEmpty)
    #expect(notebook.failures.map(\.severity) == [.warning])
    #expect(notebook.isRunnable)
  }
}
