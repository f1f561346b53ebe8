/// What an answer may use while it is checked.
public enum AnswerLimits {
  /// Bytes of address space.
  public static let memory = 2 << 30

  /// Seconds that all cells of an answer take together.
  public static let seconds = 200.0

  /// Time and text.
  public static let options = RunOptions(
    timeout: 20, totalTimeout: seconds, outputLimit: 1 << 20)
}
