import Testing

@Suite("Cases of the language")
struct CaseTests {
  @Test("Every line of a case file gives its verdict", arguments: CaseFile.all)
  func casesHold(file: CaseFile) {
    for mistake in file.mistakes() { Issue.record("\(file.name): \(mistake)") }
  }

  @Test("There are case files")
  func thereAreCases() {
    #expect(!CaseFile.all.isEmpty)
  }
}
