import LeptonDisplay
import LeptonSession

/// Cuts what is longer than anybody scrolls: the begin and the end of it are shown.
enum LongOutput {
  /// How many lines are shown whole, and how many bytes.
  private static let most = (lines: 400, bytes: 1 << 18)

  /// An output for a terminal of so many columns, without the middle of its text.
  static func cut(_ output: Output, width: Int) -> Output {
    switch output {
    case .text(let text): return .text(cut(text, help: ""))
    case .value(var value):
      value.text = cut(fitting: value.text, width)
      return .value(value)
    case .tensor(var tensor):
      tensor.text = cut(fitting: tensor.text, width)
      return .tensor(tensor)
    default: return output
    }
  }

  /// A value in lines of a width; nobody waits for what is far longer than what is shown.
  private static func cut(fitting text: String, _ width: Int) -> String {
    let isShort = text.utf8.count <= 4 * most.bytes
    return cut(
      isShort ? ValueLayout.fitted(text, to: width) : text, help: ": page(_) shows all")
  }

  private static func cut(_ text: String, help: String) -> String {
    let bytes = text.utf8
    let lineEnds = bytes.indices.filter { bytes[$0] == UInt8(ascii: "\n") }
    if lineEnds.count >= most.lines {
      let kept = most.lines / 4
      let left = lineEnds.count + 1 - 2 * kept
      return text[..<lineEnds[kept - 1]] + "\n… \(left) lines are not shown\(help) …"
        + text[lineEnds[lineEnds.count - kept]...]
    }
    guard bytes.count > most.bytes else { return text }
    let kept = most.bytes / 4
    let head = String(decoding: bytes.prefix(kept), as: UTF8.self)
    return "\(head)… \(bytes.count - kept) more bytes are not shown\(help) …"
  }
}
