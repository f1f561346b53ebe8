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
  ///
  /// - Parameter foldsText: Whether sentences that are too long are broken between words.
  static func text(
    of failure: Failure, ink: Ink, width: Int, foldsText: Bool = false
  ) -> String {
    let places = [failure.place] + failure.notes
    let gutter = places.map { "\($0.more.last?.line ?? $0.line)".count }.max() ?? 1
    let excerpt = Excerpt(gutter: gutter, width: width, ink: ink, foldsText: foldsText)
    let margin = String(repeating: " ", count: gutter + 1)
    func folded(_ text: String, after begun: Int, indent: Int) -> String {
      let text = Escaping.visible(text)
      return foldsText
        ? Paragraph.folded(text, to: width, after: begun, indent: indent) : text
    }

    let head = heading(of: failure, ink)
    var lines = [
      head.text + folded(failure.message, after: head.columns, indent: margin.count + 2)
    ]
    lines += excerpt.lines(for: failure.place, part: part(of: failure.severity))
    for note in failure.notes {
      let column = margin.count + "= note: ".count
      lines.append(
        "\(margin)\(ink(.faint, "=")) \(ink(.note, "note")): "
          + folded("\(position(note)): \(note.label)", after: column, indent: column))
      lines += excerpt.lines(for: unlabelled(note), part: .note)
    }
    lines += failure.help.map {
      let column = margin.count + "= help: ".count
      return "\(margin)\(ink(.faint, "=")) \(ink(.help, "help")): "
        + folded($0, after: column, indent: column)
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

  /// What stands before the sentence, and how many columns it takes.
  private static func heading(of failure: Failure, _ ink: Ink) -> (text: String, columns: Int) {
    let kind = "\(failure.severity.rawValue)[\(failure.code)]"
    let position = failure.place.file.isEmpty ? "" : position(failure.place)
    let place = position.isEmpty ? "" : "\(ink(.place, position)): "
    return (
      "\(place)\(ink(part(of: failure.severity), kind)): ",
      displayWidth(of: position.isEmpty ? "\(kind): " : "\(position): \(kind): ")
    )
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
