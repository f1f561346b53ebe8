import Testing

/// Optimizers and schedules beside those of PyTorch and Optax, called as a user calls them.
@Suite struct LearningTests {
  /// Kinds of calls, and how many there are at least.
  static let kinds = [("trajectories", 19), ("settings", 19), ("schedules", 14)]

  @Test("Parameters and rates go where PyTorch's or Optax's go", arguments: kinds)
  func agrees(_ kind: String, _ count: Int) throws {
    let word = try #require(GoldenFile.learning(kind))
    let desk = Desk()
    #expect(desk.prepare(try #require(GoldenFile.problem)))
    #expect(word.cases.count >= count)
    for (sample, outcome) in zip(word.cases, desk.outcomes(of: word.cases)) {
      if let mistake = outcome.mistake(in: sample, word.tolerance) { Issue.record("\(mistake)") }
    }
  }
}
