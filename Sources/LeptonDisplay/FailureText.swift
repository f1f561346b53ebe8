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
    let gutter = places.map { "\($0.line)".count }.max() ?? 1
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
    lines += failure.trace.map {
      "\(margin)\(ink(.faint, "=")) in \(Escaping.visible($0.function)), called at \(position($0.place))"
    }
    return lines.joined(separator: "\n")
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
