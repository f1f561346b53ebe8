import LeptonNotebook

/// Counts and writes points.
enum LessonPoints {
  /// The points that were earned with exercises, and those that there are.
  static func count(
    _ record: LessonRecord?, _ exercises: [Exercise]
  ) -> (earned: Double, all: Double) {
    let earned = exercises.reduce(0.0) { $0 + min(max(0, record?.points[$1.id] ?? 0), $1.points) }
    return (earned, exercises.reduce(0.0) { $0 + $1.points })
  }

  /// Writes them: `2 of 3 points`.
  static func text(_ earned: Double, of all: Double) -> String {
    "\(number(earned)) of \(text(all))"
  }

  /// Writes how many they are: `1 point`, `2.5 points`.
  static func text(_ points: Double) -> String {
    "\(number(points)) \(points == 1 ? "point" : "points")"
  }

  private static func number(_ points: Double) -> String {
    points == points.rounded() && points.magnitude < 1e9 ? "\(Int(points))" : "\(points)"
  }
}
