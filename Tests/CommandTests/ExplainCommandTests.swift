import Testing

/// `lepton-run explain`, used as a user uses it.
@Suite struct ExplainCommandTests {
  let workshop: Workshop

  init() throws { workshop = try Workshop() }

  @Test func `a code has a page, an area a list, a misspelt code a hint`() throws {
    let page = try workshop.run("lepton-run", "explain", "shape/inner")
    #expect(page.code == 0)
    #expect(page.output.hasPrefix("shape/inner: "))
    #expect(page.output.contains("\nWrong:\n\n    x = zeros([32, 784])\n"))
    let area = try workshop.run("lepton-run", "explain", "gradient")
    #expect(area.output.contains("gradient/scalar"))
    let wrong = try workshop.run("lepton-run", "explain", "shape/iner")
    #expect(wrong.code == 2)
    #expect(wrong.output == "")
    #expect(wrong.messages.contains("did you mean `shape/inner`?"))
  }
}
