import LeptonSession
import LeptonSyntax

/// Writes failures: the place, the sentence, the line with a caret under it, notes, help, trace.
///
/// ```
/// mnist.lnb:42:32: error[shape/target]: the model ends in [batch, 26, 26, 10]
///    |
/// 42 | model = conv2d(16, 3, relu) >> dense(10)
///    |                                ^^^^^^^^^ its input here is [batch, 26, 26, 16]
///    = help: put flatten() or global_avg_pool() before it
/// ```
public enum FailureText {
  /// How wide an excerpt may be where nothing else limits it.
  private static let plainWidth = 120

  /// Writes a failure without colours, without a line end after the last line.
  public static func plain(_ failure: Failure) -> String {
    text(of: failure, ink: Ink(colours: .none), width: plainWidth)
  }

  /// Writes a failure for a terminal.
  static func text(of failure: Failure, ink: Ink, width: Int) -> String {
    let places = [failure.place] + failure.notes
    let gutter = places.map { "\($0.more.last?.line ?? $0.line)".count }.max() ?? 1
    let excerpt = Excerpt(gutter: gutter, width: width, ink: ink)
    let margin = String(repeating: " ", count: gutter + 1)

    var lines = [heading(of: failure, ink)]
    lines += excerpt.lines(for: failure.place, part: part(of: failure.severity))
    for note in failure.notes {
      lines.append("\(margin)\(ink(.faint, "=")) \(ink(.note, "note")): \(sentence(of: note))")
      lines += excerpt.lines(for: unlabelled(note), part: .note)
    }
    lines += failure.help.map {
      "\(margin)\(ink(.faint, "=")) \(ink(.help, "help")): \(Escaping.visible($0))"
    }
    lines += trace(failure.trace).map { "\(margin)\(ink(.faint, "=")) \($0)" }
    return lines.joined(separator: "\n")
  }

  /// The calls, and behind those that go round in a circle how many more of them there are.
  private static func trace(_ frames: [Failure.Frame]) -> [String] {
    var lines: [String] = []
    for (index, frame) in frames.enumerated() {
      lines.append("in \(Escaping.visible(frame.function)), called at \(position(frame.place))")
      let isEnd = index + 1 == frames.count || frames[index + 1].repetitions == 0
      guard frame.repetitions > 0, isEnd else { continue }
      let circle = frames[...index].reversed().prefix { $0.repetitions > 0 }.reversed()
      let count = circle.reduce(0) { $0 + $1.repetitions }
      let names = circle.map { "`\(Escaping.visible($0.function))`" }
      lines.append("… \(count) more of \(names.joined(separator: " and "))")
    }
    return lines
  }

  /// Writes where a place is: `mnist.lnb:42:32`.
  static func position(_ place: Failure.Place) -> String {
    "\(Escaping.visible(place.file)):\(place.line):\(place.column)"
  }

  private static func heading(of failure: Failure, _ ink: Ink) -> String {
    let kind = ink(part(of: failure.severity), "\(failure.severity.rawValue)[\(failure.code)]")
    let sentence = "\(kind): \(Escaping.visible(failure.message))"
    guard !failure.place.file.isEmpty else { return sentence }
    return "\(ink(.place, position(failure.place))): \(sentence)"
  }

  private static func sentence(of note: Failure.Place) -> String {
    "\(position(note)): \(Escaping.visible(note.label))"
  }

  private static func unlabelled(_ note: Failure.Place) -> Failure.Place {
    var place = note
    place.label = ""
    return place
  }

  private static func part(of severity: Diagnostic.Severity) -> Ink.Part {
    switch severity {
    case .error: .error
    case .warning: .warning
    case .note: .note
    }
  }
}
