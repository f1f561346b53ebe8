import LeptonNotebook

/// Counts points.
enum LessonPoints {
  /// The points that were earned with exercises, and those that there are.
  static func count(
    _ record: LessonRecord?, _ exercises: [Exercise]
  ) -> (earned: Double, all: Double) {
    let earned = exercises.reduce(0.0) { $0 + min(max(0, record?.points[$1.id] ?? 0), $1.points) }
    return (earned, exercises.reduce(0.0) { $0 + $1.points })
  }
}
