@preconcurrency import CReadline
import Glibc
import LeptonDisplay
import LeptonSession

// Tab: inserts what all completions have in common, and lists them below the entry, each with its
// sentence.
extension LineEditor {
  /// The most rows that a list takes.
  private static let longestList = 12
  /// What the last Tab listed, for which entry, and how many of it have been shown.
  private static var listed: (text: String, completions: [Completion], count: Int)?

  /// The next Tab begins a list anew.
  static func forgetList() { listed = nil }

  static func tab(_ count: Int32, _ key: Int32) -> Int32 {
    let text = text
    let typed = text.utf8.prefix(point)
    let line = typed.suffix(from: typed.lastIndex(of: UInt8(ascii: "\n")) ?? typed.startIndex)
    if line.allSatisfy({ $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\n") }) {
      return rl_insert_text("  ")
    }
    guard isCapable else { return rl_complete(count, key) }
    if let listed, listed.text == text, listed.count < listed.completions.count {
      showNext()
      return 0
    }
    let completions = complete(text, point)
    guard let first = completions.first else { return rl_ding() }
    if completions.allSatisfy({ $0.replaces == first.replaces }) {
      replace(first.replaces, by: commonBeginning(of: completions.map(\.text)))
    }
    listed = nil
    if completions.count > 1 {
      listed = (self.text, completions, 0)
      showNext()
    }
    return 0
  }

  private static func commonBeginning(of texts: [String]) -> String {
    guard let first = texts.min(), let last = texts.max() else { return "" }
    return String(zip(first, last).prefix { $0 == $1 }.map(\.0))
  }

  /// Replaces what stands before the cursor, unless it would only become shorter.
  private static func replace(_ count: Int, by text: String) {
    guard count <= point, text.utf8.count >= count else { return }
    rl_begin_undo_group()
    rl_delete_text(rl_point - Int32(count), rl_point)
    rl_point -= Int32(count)
    rl_insert_text(text)
    rl_end_undo_group()
  }

  private static func showNext() {
    guard let (text, completions, count) = listed else { return }
    let room = max(3, min(longestList, StandardStream(STDOUT_FILENO).height / 2))
    let shown = completions[count...].prefix(room)
    listed = (text, completions, count + shown.count)
    afterDispatch = {
      let left = completions.count - count - shown.count
      list(rows(of: shown) + (left > 0 ? [faint("  … \(left) more: Tab")] : []))
    }
  }

  private static func rows(of completions: ArraySlice<Completion>) -> [EntryLayout.Row] {
    let width = StandardStream(STDOUT_FILENO).width
    return EntryLayout.list(
      completions.map { ($0.text, $0.summary) }, width: width - 1, colours: colours)
  }
}

/// What readline's own ways of completing offer, in the form that it takes.
@MainActor
enum CompletionList {
  private static var rest: [String] = []

  /// Finds the completions of the word that stands from one byte of the line to another.
  static func matches(
    from start: Int, to end: Int
  ) -> UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? {
    let line = String(cString: rl_line_buffer)
    let bytes = Array(line.utf8)
    rl_completion_append_character = 0
    rest = LineEditor.complete(line, end).reversed().compactMap { completion in
      replacement(completion, for: bytes, from: start, to: end)
    }
    guard !rest.isEmpty else { return nil }
    let word = String(decoding: bytes[min(start, end)..<min(end, bytes.count)], as: UTF8.self)
    return rl_completion_matches(word) { _, _ in CompletionList.next() }
  }

  /// What replaces readline's word, whose beginning may not be where the session sees it.
  private static func replacement(
    _ completion: Completion, for line: [UInt8], from start: Int, to end: Int
  ) -> String? {
    let begin = end - completion.replaces
    guard begin >= 0, start <= end, end <= line.count else { return nil }
    if begin >= start {
      return String(decoding: line[start..<begin], as: UTF8.self) + completion.text
    }
    let text = Array(completion.text.utf8)
    guard start - begin <= text.count else { return nil }
    return String(decoding: text[(start - begin)...], as: UTF8.self)
  }

  private static func next() -> UnsafeMutablePointer<CChar>? {
    rest.popLast().flatMap { strdup($0) }
  }
}
