/// Finds what was meant by a misspelt word.
public enum Spelling {
  /// Finds the candidate that a person most likely meant; `nil` if none is near.
  public static func nearest(to word: String, in candidates: some Sequence<String>) -> String? {
    nil
  }
}
