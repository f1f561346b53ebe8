import LeptonSession

/// Writes progress: as one line that is redrawn, or as lines of a log.
public enum ProgressText {
  /// The line to redraw, at most `width` columns wide, without control characters.
  public static func line(_ progress: Progress, width: Int) -> String { "" }
  /// The line for a log.
  public static func logLine(_ progress: Progress) -> String { "" }
}
