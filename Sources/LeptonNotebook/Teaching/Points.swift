/// How points are written, wherever somebody reads them.
public enum Points {
  /// Writes how many they are: `2 of 3 points`.
  public static func text(_ earned: Double, of all: Double) -> String {
    "\(number(earned)) of \(text(all))"
  }

  /// Writes how many they are: `1 point`, `2.5 points`.
  public static func text(_ points: Double) -> String {
    "\(number(points)) \(points == 1 ? "point" : "points")"
  }

  /// Writes whole points without a fraction: `2`, `2.5`.
  public static func number(_ points: Double) -> String {
    points == points.rounded() && points.magnitude < 1e15 ? "\(Int(points))" : "\(points)"
  }
}
