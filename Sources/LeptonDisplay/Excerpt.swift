import LeptonSession
import LeptonSyntax

/// A line of a program with a caret under what is meant.
struct Excerpt {
  /// How many columns the line numbers take.
  var gutter: Int
  /// How many columns there are in all.
  var width: Int
  /// How its parts are shown.
  var ink: Ink
  /// Whether what is said of a place is broken between words where it is too long.
  var foldsText = false

  /// How many lines of a place are shown before the others are left out, but for the last.
  private static let shownLines = 4
  /// What is said of a place has at least so many columns where it goes on in another line.
  private static let leastLabel = 40

  /// Writes the lines of an excerpt; none for a place without text.
  func lines(for place: Failure.Place, part: Ink.Part) -> [String] {
    guard !place.text.isEmpty else { return [] }
    var lines = [ink(.faint, "\(blank) |")]
    lines += excerpt(of: place, part, label: place.more.isEmpty ? place.label : "")
    let isLong = place.more.count >= Self.shownLines
    for (index, more) in place.more.enumerated() {
      let isLast = index == place.more.count - 1
      if isLong, !isLast, index >= Self.shownLines - 2 { continue }
      if isLong, isLast { lines.append(ink(.faint, "\(blank) …")) }
      lines += excerpt(
        of: Failure.Place(
          file: place.file, line: more.line, column: more.column, length: more.length,
          text: more.text), part, label: isLast ? place.label : "")
    }
    return lines
  }

  private var blank: String { String(repeating: " ", count: gutter) }

  /// A line and the carets under it.
  private func excerpt(of place: Failure.Place, _ part: Ink.Part, label: String) -> [String] {
    let shown = window(of: place)
    let number = Layout.padded("\(place.line)", to: gutter, right: true)
    let carets = String(repeating: "^", count: max(1, shown.length))
    let remark = remark(label, after: shown.start + carets.count + 1, from: shown.start)
    let marks = carets + (remark.first.map { " " + $0 } ?? "")
    let indent = String(repeating: " ", count: shown.start)
    let margin = ink(.faint, "\(blank) |") + " "
    return ["\(ink(.faint, "\(number) |")) \(shown.text)", margin + indent + ink(part, marks)]
      + remark.dropFirst().map { margin + ink(part, $0) }
  }

  /// What is said of a place, in lines, of which the first stands behind the carets.
  private func remark(_ label: String, after begun: Int, from start: Int) -> [String] {
    guard !label.isEmpty else { return [] }
    let text = Escaping.visible(label)
    guard foldsText else { return [text] }
    let room = width - gutter - 3
    let indent = max(0, min(start, room - Self.leastLabel))
    return Paragraph.folded(text, to: room, after: begun, indent: indent)
      .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  /// The part of the line around what is meant that fits, and where in it the caret stands, in columns.
  private func window(of place: Failure.Place) -> (text: String, start: Int, length: Int) {
    let scalars = Array(place.text.unicodeScalars)
    let from = min(max(place.column - 1, 0), scalars.count)
    let (sum, overflow) = from.addingReportingOverflow(max(place.length, 1))
    let to = overflow ? scalars.count : min(sum, scalars.count)
    let before = visible(scalars[..<from])
    let meant = visible(scalars[from..<to])
    let after = visible(scalars[to...])

    let room = max(20, width - gutter - 3)
    if displayWidth(of: before + meant + after) <= room {
      return (before + meant + after, displayWidth(of: before), displayWidth(of: meant))
    }
    let shownBefore = tail(of: before, to: room / 2)
    let rest = room - displayWidth(of: shownBefore)
    let text = shownBefore + Layout.shortened(meant + after, to: rest)
    return (text, displayWidth(of: shownBefore), min(displayWidth(of: meant), rest))
  }

  private func visible(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
    var text = ""
    text.unicodeScalars.append(contentsOf: scalars)
    return Escaping.visible(text)
  }

  /// The end of a text, with `…` for what was cut off.
  private func tail(of text: String, to width: Int) -> String {
    guard displayWidth(of: text) > width else { return text }
    var kept: [Character] = []
    var used = 1
    for character in text.reversed() {
      used += displayWidth(of: String(character))
      if used > width { break }
      kept.append(character)
    }
    return "…" + String(kept.reversed())
  }
}
