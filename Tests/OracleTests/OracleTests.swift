import Testing

/// Words beside NumPy, called as a user calls them.
@Suite struct OracleTests {
  @Test("Every family has its golden file, and every word enough inputs")
  func files() {
    #expect(GoldenFile.families == GoldenFile.programs)
    for family in GoldenFile.families {
      let words = GoldenFile(family: family)?.words ?? []
      #expect(!words.isEmpty, "\(family)")
      for word in words { #expect(word.cases.count >= 200, "\(word)") }
    }
  }

  @Test("A word gives what NumPy gives, and fails where NumPy does", arguments: GoldenFile.words)
  func agrees(_ word: GoldenFile.Word) {
    let desk = Desk()
    let mistakes = zip(word.cases, desk.outcomes(of: word.cases)).compactMap {
      $1.mistake(in: $0, word.tolerance)
    }
    for mistake in mistakes.prefix(8) { Issue.record("\(word): \(mistake)") }
    if mistakes.count > 8 { Issue.record("\(word): \(mistakes.count) mistakes in all") }
  }
}
