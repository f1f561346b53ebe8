import LeptonDisplay
import LeptonSession
import LeptonSyntax

/// A walk through steps, each of which tells something and asks for an entry.
struct Walk {
  private let steps: [Wish.Step]
  private var place = 0

  /// Begins at the first step.
  init(_ steps: [Wish.Step]) { self.steps = steps }

  /// The step that waits for its entry; nothing when the walk is over.
  var step: Wish.Step? { place < steps.count ? steps[place] : nil }

  /// What is told before the entry, in lines of a width.
  func text(width: Int) -> String? {
    step.map { step in
      let count = place == 0 ? "" : " (\(place + 1) of \(steps.count))"
      return "\n" + Paragraph.folded(step.text + count, to: min(width, 90)) + "\n"
    }
  }

  /// Goes on if what was entered is what the step asks for.
  ///
  /// - Returns: Whether it was.
  mutating func advance(past entry: String) -> Bool {
    guard let step, Walk.words(of: step.entry) == Walk.words(of: entry) else { return false }
    place += 1
    return true
  }

  /// What counts of an entry.
  private static func words(of text: String) -> [String] {
    let source = Source(name: "", text: text)
    return Lexer.tokens(of: source).filter { !$0.isTrivia }.map { source[$0.span] }
  }
}
