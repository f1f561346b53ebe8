/// Whether a text can be run as it is.
public enum SourceCompleteness: Sendable, Hashable {
  /// It can be run.
  case complete
  /// More must follow; the next line is best indented by that many spaces.
  case incomplete(indent: Int)
  /// Nothing that follows can make it right.
  case invalid
}

/// Tells whether a text can be run as it is, or is the beginning of something.
public func completeness(of text: String) -> SourceCompleteness {
  .complete
}
