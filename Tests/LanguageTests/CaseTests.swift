import Testing

@Suite("Cases of the language")
struct CaseTests {
  @Test("Every line of a case file gives its verdict", arguments: CaseFile.all)
  func casesHold(file: CaseFile) {
    for mistake in file.mistakes() { Issue.record("\(file.name): \(mistake)") }
  }

  @Test("The check finds in a case file only what a verdict expects", arguments: CaseFile.all)
  func checkAgrees(file: CaseFile) {
    for finding in file.unexpectedFindings() { Issue.record("\(file.name):\(finding)") }
  }

  @Test("There are case files")
  func thereAreCases() {
    #expect(!CaseFile.all.isEmpty)
  }
}
