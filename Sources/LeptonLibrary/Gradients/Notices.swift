import LeptonRuntime
import LeptonSession

/// What the running cell has been told, so that a loop does not tell it again.
final class Notices {
  private var told: Set<String> = []

  /// Those of the running cell.
  static func current(in context: Context) -> Notices {
    if let notices = context.attachments[key] as? Notices { return notices }
    let notices = Notices()
    context.attachments[key] = notices
    return notices
  }

  private static let key = "gradient.notices"

  /// Emits a notice about something, the first time.
  func tell(_ text: String, once subject: String, in context: Context) {
    if told.insert(subject).inserted { context.emit(.notice(text)) }
  }
}
