import LeptonNotebook
import Testing

private func parsed(_ info: String, code: String = "1\n") -> Notebook {
  Notebook(parsing: "```lepton\(info)\n\(code)```\n", name: "n.lnb")
}

@Suite struct Attributes {
  @Test func `every kind of word is read`() throws {
    let notebook = parsed(#" #train timeout=90s raises=shape/inner skip="not \"now\"" tags=a,b"#)
    #expect(notebook.failures.isEmpty)
    let attributes = try #require(notebook.cells.first?.attributes)
    #expect(attributes.id == "train")
    #expect(attributes.timeout == 90)
    #expect(attributes.raises == .code("shape/inner"))
    #expect(attributes.skip == #"not "now""#)
    #expect(attributes.tags == ["a", "b"])
    #expect(attributes.expectsFailure)
  }

  @Test func `braces around the list change nothing`() {
    #expect(parsed(" {#a eval=false}").cells.first?.attributes.id == "a")
    #expect(parsed(" {#a eval=false}").cells.first?.attributes.isEvaluated == false)
  }

  @Test func `lines of attributes at the top of the cell count too`() {
    let notebook = parsed("", code: "#| volatile: true\n#| seed: 7\n1\n")
    #expect(notebook.cells.first?.attributes.isVolatile == true)
    #expect(notebook.cells.first?.attributes.seed == 7)
    let bad = parsed("", code: "#| seed: x\n1\n")
    #expect(bad.failures.map(\.place.line) == [2])
  }

  @Test(
    "What is wrong is reported at its place",
    arguments: [
      (" timout=3s", "notebook/attribute", 11, 9),
      (" timeout=soon", "notebook/attribute", 11, 12),
      (" timeout", "notebook/attribute", 11, 7),
      (" timeout=-3s", "notebook/attribute", 11, 11),
      (" eval=perhaps", "notebook/attribute", 11, 12),
      (" eval eval", "notebook/attribute", 16, 4),
      (" #a #b", "notebook/attribute", 14, 2),
      (" budget", "notebook/attribute", 11, 6),
      (" echo=false", "notebook/attribute", 11, 10),
      (" #", "notebook/id", 11, 1),
      (" #a/b", "notebook/id", 11, 4),
      (" =3", "notebook/attribute", 11, 2),
      (#" skip="open"#, "notebook/attribute", 11, 10),
      (" raises=shape", "notebook/attribute", 11, 12),
      (" rtol=-1", "notebook/attribute", 11, 7),
      (" seed=9999999999999999999999", "notebook/attribute", 11, 27),
    ])
  func mistakes(info: String, code: String, column: Int, length: Int) {
    let notebook = parsed(info)
    #expect(notebook.failures.map(\.code) == [code])
    #expect(notebook.failures.map(\.place.line) == [1])
    #expect(notebook.failures.map(\.place.column) == [column])
    #expect(notebook.failures.map(\.place.length) == [length])
    #expect(!notebook.isRunnable)
  }

  @Test func `a list without end is one mistake`() {
    #expect(parsed(String(repeating: " a", count: 100_000)).failures.count == 1)
    let many = String(repeating: "```lepton nonsense\n```\n", count: 5000)
    #expect(Notebook(parsing: many, name: "n.lnb").failures.count == 100)
  }

  @Test func `two cells of one name are refused at the second`() {
    let notebook = Notebook(
      parsing: "```lepton #a\n```\n```lepton #a\n```\n", name: "n.lnb")
    #expect(notebook.failures.map(\.place.line) == [3])
    #expect(notebook.failures.first?.message.contains("line 1") == true)
  }

  @Test func `an attribute that is not supported yet is refused, not passed over`() {
    #expect(
      parsed(" budget").failures.first?.message == "the attribute `budget` is not supported yet")
  }

  @Test(
    "Lengths of time",
    arguments: [
      ("90", 90), ("500ms", 0.5), ("60s", 60), ("2m", 120), ("1.5h", 5400), ("0", nil),
      ("-1s", nil),
      ("s", nil), ("", nil), ("inf", nil), ("1e99h", nil), ("0x10s", nil), ("1 s", nil),
    ] as [(String, Double?)])
  func durations(text: String, seconds: Double?) {
    #expect(Double.seconds(text) == seconds)
  }
}
