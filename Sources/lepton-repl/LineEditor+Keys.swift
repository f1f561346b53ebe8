@preconcurrency import CReadline
import Glibc
import LeptonSyntax

// What keys do that readline does not do by itself, because it knows neither Lepton nor lines within an
// entry. The user's inputrc, which is read later, may say otherwise.
extension LineEditor {
  private static var lastWalk: (text: String, point: Int32)?

  /// Binds the keys.
  static func bindKeys() {
    for name in ["emacs", "vi-insert", "vi-move"] {
      guard let map = rl_get_keymap_by_name(name) else { continue }
      bind(["\\C-m", "\\C-j"], in: map) { _, _ in LineEditor.enter() }
      bind(["\\e[A", "\\eOA"], in: map) { _, _ in LineEditor.up() }
      bind(["\\e[B", "\\eOB"], in: map) { _, _ in LineEditor.down() }
    }
    if let map = rl_get_keymap_by_name("vi-move") {
      bind(["k"], in: map) { _, _ in LineEditor.up(isSearching: false) }
      bind(["j"], in: map) { _, _ in LineEditor.down() }
      bind(["$"], in: map) { _, _ in LineEditor.lineEnd() }
      bind(["A"], in: map) { count, key in
        _ = LineEditor.lineEnd()
        return rl_vi_insertion_mode(count, key)
      }
    }
    for name in ["emacs", "vi-insert"] {
      guard let map = rl_get_keymap_by_name(name) else { continue }
      bind(["\\C-i"], in: map) { count, key in LineEditor.tab(count, key) }
      bind(["\\e[200~"], in: map) { count, key in LineEditor.paste(count, key) }
      bind([")", "]", "}"], in: map) { count, key in LineEditor.close(count, key) }
    }
    if let map = rl_get_keymap_by_name("emacs") {
      bind(["\\e\\C-m", "\\e\\C-j"], in: map) { _, _ in LineEditor.newLine() }
      bind(["\\C-o"], in: map) { _, _ in LineEditor.accept() }
      bind(["\\C-x\\C-e"], in: map) { _, _ in LineEditor.editOutside() }
      bind(["\\C-p"], in: map) { _, _ in LineEditor.up() }
      bind(["\\C-n"], in: map) { _, _ in LineEditor.down() }
      bind(["\\C-a", "\\e[H", "\\eOH", "\\e[1~"], in: map) { _, _ in LineEditor.lineBegin() }
      bind(["\\C-e", "\\e[F", "\\eOF", "\\e[4~"], in: map) { _, _ in LineEditor.lineEnd() }
      bind(["\\C-k"], in: map) { _, _ in LineEditor.killLine() }
    }
    rl_add_defun("lepton-accept", { _, _ in LineEditor.accept() }, -1)
    rl_add_defun("lepton-newline", { _, _ in LineEditor.newLine() }, -1)
  }

  private static func bind(
    _ sequences: [String], in map: Keymap,
    to function: @convention(c) (_ count: Int32, _ key: Int32) -> Int32
  ) {
    for sequence in sequences { rl_bind_keyseq_in_map(sequence, function, map) }
  }

  /// Lets the user's editor have the entry.
  private static func editOutside() -> Int32 {
    clearDrawing()
    rl_deprep_terminal()
    let edited = ExternalProgram.edit(text)
    rl_prep_terminal(1)
    beginDrawing()
    guard let edited else { return rl_ding() }
    rl_replace_line(edited, 0)
    return move(to: edited.utf8.count)
  }

  // MARK: Ends of lines

  /// Enter: takes the entry if it is whole, else goes on in a new line.
  private static func enter() -> Int32 {
    if rl_end == 0, !suggestion.text.isEmpty, isCapable || !suggestion.isDraft {
      insert(suggestion.text)
      if suggestion.isDraft { return 0 }
    }
    guard isCapable else { return accept() }
    let bytes = UnsafeBufferPointer(
      start: UnsafeRawPointer(rl_line_buffer)?.assumingMemoryBound(to: UInt8.self),
      count: Int(rl_end))
    let isStreaming = keys.hasMore
    guard open.isOpen(bytes, isStreaming: isStreaming && rl_point == rl_end) else {
      return accept()
    }
    // What streams in brings its own blanks.
    return isStreaming ? insert("\n") : newLine()
  }

  /// Goes on in a new line, as far in as what stands before the cursor asks for.
  private static func newLine() -> Int32 {
    let before = String(decoding: text.utf8.prefix(point), as: UTF8.self)
    guard let code = TypingAid.code(of: before),
      case .incomplete(let indent) = completeness(of: String(code))
    else { return insert("\n") }
    return insert("\n" + String(repeating: " ", count: indent))
  }

  private static func accept() -> Int32 {
    finishDrawing()
    rl_done = 1
    return 0
  }

  @discardableResult private static func insert(_ text: String) -> Int32 {
    rl_insert_text(text)
    return 0
  }

  /// A closing bracket: the first of its line goes back to where the line that opened it begins.
  private static func close(_ count: Int32, _ key: Int32) -> Int32 {
    let begin = lineStart(before: point)
    let typed = text.utf8.dropFirst(begin).prefix(point - begin)
    if isCapable, begin > 0, typed.count >= 2, typed.allSatisfy({ $0 == UInt8(ascii: " ") }) {
      rl_delete_text(rl_point - 2, rl_point)
      rl_point -= 2
    }
    return rl_insert(count, key)
  }

  /// A text pasted between the marks of a terminal that tells so.
  private static func paste(_ count: Int32, _ key: Int32) -> Int32 {
    let (start, length) = (rl_point, rl_end)
    rl_begin_undo_group()
    defer { rl_end_undo_group() }
    keys.skipsZeros = true
    let result = rl_bracketed_paste_begin(count, key)
    keys.skipsZeros = false
    let inserted = rl_end - length
    guard inserted > 0, let copy = rl_copy_text(start, start + inserted) else { return result }
    defer { free(copy) }
    let text = String(cString: copy)
    let entry = PastedText.entry(of: text)
    if entry != text {
      rl_delete_text(start, start + inserted)
      rl_point = start
      insert(entry)
    }
    return result
  }

  // MARK: Lines and the past

  private static func up(isSearching: Bool = true) -> Int32 {
    if !isWalking, isCapable, let place = placeAbove() { return move(to: place) }
    return walk(isSearching) { $0.earlier(than: $1) }
  }

  private static func down() -> Int32 {
    if !isWalking, isCapable, let place = placeBelow() { return move(to: place) }
    return walk(true) { $0.later(than: $1) }
  }

  /// Whether the last key walked through the past too.
  private static var isWalking: Bool {
    lastWalk.map { $0.point == rl_point && $0.text == text } ?? false
  }

  /// Shows another entry of the past; in a search one that begins as what stands before the cursor.
  private static func walk(
    _ isSearching: Bool, _ step: (inout Recollection, String) -> String?
  ) -> Int32 {
    let shown = text
    if !isWalking {
      let prefix = String(decoding: shown.utf8.prefix(point), as: UTF8.self)
      past.begin(typed: shown, prefix: isSearching ? prefix : "")
    }
    guard let entry = step(&past, shown) else { return rl_ding() }
    rl_replace_line(entry, 1)
    rl_point = rl_end
    lastWalk = (entry, rl_point)
    return 0
  }

  private static func move(to place: Int) -> Int32 {
    rl_point = Int32(place)
    return 0
  }

  /// The place as far into the line above; nothing in the first line.
  private static func placeAbove() -> Int? {
    let begin = lineStart(before: point)
    guard begin > 0 else { return nil }
    let above = lineStart(before: begin - 1)
    return place(characters(from: begin, to: point), into: above)
  }

  /// The place as far into the line below; nothing in the last line.
  private static func placeBelow() -> Int? {
    let begin = lineStart(before: point)
    let end = lineEnd(behind: point)
    guard end < Int(rl_end) else { return nil }
    return place(characters(from: begin, to: point), into: end + 1)
  }

  private static func characters(from start: Int, to end: Int) -> Int {
    String(decoding: text.utf8.dropFirst(start).prefix(end - start), as: UTF8.self).count
  }

  /// The byte at which a character of a line begins, or the line's end.
  private static func place(_ character: Int, into start: Int) -> Int {
    let line = text.utf8.dropFirst(start).prefix(lineEnd(behind: start) - start)
    return start + String(decoding: line, as: UTF8.self).prefix(character).utf8.count
  }

  private static func lineStart(before place: Int) -> Int {
    let before = Array(text.utf8.prefix(place))
    return before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
  }

  private static func lineEnd(behind place: Int) -> Int {
    place + text.utf8.dropFirst(place).prefix { $0 != UInt8(ascii: "\n") }.count
  }

  /// Goes to the begin of the line, or from there to that of the entry.
  private static func lineBegin() -> Int32 {
    let begin = lineStart(before: point)
    return move(to: begin == point ? 0 : begin)
  }

  /// Goes to the end of the line, or from there to that of the entry.
  private static func lineEnd() -> Int32 {
    let end = lineEnd(behind: point)
    return move(to: end == point ? Int(rl_end) : end)
  }

  /// Takes away the rest of the line, or its end if there is no rest.
  private static func killLine() -> Int32 {
    let end = lineEnd(behind: point)
    let last = end == point ? min(end + 1, Int(rl_end)) : end
    return rl_kill_text(rl_point, Int32(last))
  }
}
