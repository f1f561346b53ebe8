import LeptonSession

/// A walk through steps, each of which tells something and asks for an entry.
struct Walk {
  private let steps: [Wish.Step]
  private var place = 0

  /// Begins at the first step.
  init(_ steps: [Wish.Step]) { self.steps = steps }

  /// The step that waits for its entry; nothing when the walk is over.
  var step: Wish.Step? { place < steps.count ? steps[place] : nil }

  /// What is told before the entry, in Markdown.
  var text: String? {
    step.map { $0.text + (place == 0 ? "" : " (\(place + 1) of \(steps.count))") }
  }

  /// Goes on if what was entered is what the step asks for.
  ///
  /// - Returns: Whether it was.
  mutating func advance(past entry: String) -> Bool {
    guard let step, sameCode(step.entry, entry) else { return false }
    place += 1
    return true
  }

  /// Goes on without the entry.
  mutating func skip() { place += 1 }
}
