import LeptonSession

/// Writes failures: the place, the sentence, the line with a caret under it, notes, help, trace.
public enum FailureText {
  /// Writes a failure without colours, without a line end after the last line.
  public static func plain(_ failure: Failure) -> String { "" }
}
