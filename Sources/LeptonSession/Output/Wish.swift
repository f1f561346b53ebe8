/// Something that a word asks for and only the prompt can do, because it needs a person or the entries
/// so far.
public enum Wish: Sendable, Hashable, Codable {
  /// Leave the prompt.
  case leave
  /// Forget everything that was defined and entered.
  case reset
  /// Key the chance of the entries to come by this number.
  case seed(Int)
  /// Open an entry in the user's editor: the one of a number, else the last.
  case edit(entry: Int?)
  /// List the entries in which a text occurs.
  case entries(part: String)
  /// Write the entries that succeeded, with what they gave, as a notebook.
  case save(file: String)
  /// Evaluate the program or the notebook of a file.
  case load(file: String)
  /// Show a long text in the user's pager.
  case page(String)
  /// Walk through steps with the user.
  case walk([Step])
  /// Take a lesson, from its first exercise again if that is wanted; list all where none is named.
  case lesson(String, anew: Bool)
  /// Check the answer to the exercise that the lesson is at.
  case check
  /// Tell a hint for it.
  case hint
  /// Go on to what follows it.
  case next

  /// A step of a walk.
  public struct Step: Sendable, Hashable, Codable {
    /// What is told.
    public var text: String
    /// What the user is to enter.
    public var entry: String

    /// Makes a step.
    public init(text: String, entry: String) {
      self.text = text
      self.entry = entry
    }
  }

  /// The word that asks for it.
  public var word: String {
    switch self {
    case .leave: "quit"
    case .reset: "reset"
    case .seed: "seed"
    case .edit: "edit"
    case .entries: "entries"
    case .save: "save_session"
    case .load: "load"
    case .page: "page"
    case .walk: "tutorial"
    case .lesson: "lesson"
    case .check: "check"
    case .hint: "hint"
    case .next: "next"
    }
  }

  /// What is said where there is no prompt.
  public var refusal: String { "`\(word)` is for the prompt, and does nothing here" }
}
