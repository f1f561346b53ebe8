import LeptonDisplay
import LeptonSession
import Testing

@Suite("Failures as text")
struct FailureTextTests {
  private func place(
    _ text: String, line: Int = 42, column: Int, length: Int, label: String = ""
  ) -> Failure.Place {
    Failure.Place(
      file: "mnist.lnb", line: line, column: column, length: length, text: text, label: label)
  }

  @Test("The place, the line, the caret with its label, and the help")
  func whole() {
    let failure = Failure(
      code: "shape/target", message: "the model ends in [batch, 10]",
      place: place("model = conv2d(16) >> dense(10)", column: 23, length: 9, label: "here"),
      help: ["put flatten() before it"])
    #expect(
      FailureText.plain(failure) == """
        mnist.lnb:42:23: error[shape/target]: the model ends in [batch, 10]
           |
        42 | model = conv2d(16) >> dense(10)
           |                       ^^^^^^^^^ here
           = help: put flatten() before it
        """)
  }

  @Test("At a prompt sentences are broken between words, and go on where they began")
  func folded() {
    let failure = Failure(
      code: "shape/target", message: "the model ends in [batch, 10], but there are two targets",
      place: place(
        "m = dense(10)", line: 1, column: 5, length: 9, label: "its input here is [batch, 8, 256]"),
      help: ["put flatten() before it, or give the targets one axis more"])
    #expect(
      TerminalRenderer(width: 60, foldsText: true).text(of: .failure(failure)) == """
        mnist.lnb:1:5: error[shape/target]: the model ends in
            [batch, 10], but there are two targets
          |
        1 | m = dense(10)
          |     ^^^^^^^^^ its input here is [batch, 8, 256]
          = help: put flatten() before it, or give the targets one
                  axis more
        """)
    let narrow = TerminalRenderer(width: 40, foldsText: true).text(of: .failure(failure))
    #expect(narrow.contains("  |     ^^^^^^^^^ its input here is\n  | [batch, 8, 256]\n"))
    #expect(narrow.split(separator: "\n").allSatisfy { $0.count <= 40 })
  }

  @Test("Notes of other places and the calls that led there")
  func notes() {
    var failure = Failure(
      severity: .warning, code: "name/unused", message: "m",
      place: place("x", line: 101, column: 1, length: 1))
    failure.notes = [place("y = 1", line: 7, column: 1, length: 1, label: "defined here")]
    failure.trace = [.init(function: "fit", place: place("", line: 50, column: 3, length: 1))]
    #expect(
      FailureText.plain(failure) == """
        mnist.lnb:101:1: warning[name/unused]: m
            |
        101 | x
            | ^
            = note: mnist.lnb:7:1: defined here
            |
          7 | y = 1
            | ^
            = in fit, called at mnist.lnb:50:3
        """)
  }

  @Test("The caret stands under wide characters, behind tabs and controls")
  func widths() {
    let failure = Failure(
      code: "a/b", message: "m", place: place("日本\t\u{7}x + 1", column: 5, length: 1))
    let lines = FailureText.plain(failure).split(separator: "\n")
    #expect(lines[2] == "42 | 日本    \\x07x + 1")
    #expect(lines[3] == "   | " + String(repeating: " ", count: 4 + 4 + 4) + "^")
  }

  @Test(
    "A place outside its line, or without one, does not trap",
    arguments: [
      (0, 1), (-5, 0), (4, 1), (400, 20), (1, .max), (.max, .max), (2, -7),
    ])
  func outside(column: Int, length: Int) {
    let failure = Failure(
      code: "a/b", message: "m", place: place("abc", column: column, length: length))
    #expect(FailureText.plain(failure).contains("^"))
  }

  @Test("A long line is cut around what is meant")
  func longLine() {
    let text =
      String(repeating: "a + ", count: 500) + "wrong" + String(repeating: " + b", count: 500)
    let failure = Failure(
      code: "a/b", message: "m", place: place(text, column: 2001, length: 5))
    let lines = FailureText.plain(failure).split(separator: "\n")
    #expect(lines[2].count <= 120)
    let start = lines[3].prefix { $0 != "^" }.count
    #expect(lines[2].dropFirst(start).hasPrefix("wrong"))
  }
}
