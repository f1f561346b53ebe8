import Foundation
import Testing

@Suite("The prompt, as an editor")
struct PromptEditingTests {
  private let workshop: Workshop
  private let history: String
  private let up = "\u{1B}[A"
  private let down = "\u{1B}[B"
  init() throws {
    workshop = try Workshop()
    history = workshop.folder + "/history"
  }

  private func prompt(
    _ arguments: [String] = [], inputrc: String = "", environment: [String] = []
  ) throws -> Terminal {
    try workshop.write(inputrc, to: "inputrc")
    let home = workshop.folder
    let terminal = try Terminal(
      "lepton-repl", arguments,
      environment: ["LEPTON_HISTORY=\(history)", "HOME=\(home)", "INPUTRC=\(home)/inputrc"]
        + environment)
    terminal.waitFor("lepton[1]> ")
    return terminal
  }

  @Test("An entry of several lines is recalled as one and edited as one")
  func severalLines() throws {
    let terminal = try prompt()
    terminal.type("fn f(x) {\rx * 3\r}\r")
    terminal.waitFor("lepton[2]> ")
    terminal.type(up)
    terminal.waitFor("lepton[2]> fn f(x) {")
    terminal.waitFor("x * 3")
    // Left ends the walk through the past; Up then goes to the second line, which becomes another.
    terminal.type("\u{1B}[D" + up + "\u{5}0\r")
    terminal.waitFor("lepton[3]> ")
    terminal.type("f(2)\r")
    terminal.waitFor("\n60")
    let second = try prompt()
    second.type(up + up)
    second.waitFor("x * 30")
  }

  @Test("Up finds what begins like the line, Down comes back to it, Ctrl-R finds what is inside")
  func prefix() throws {
    try workshop.write("1\talpha = 1\n2\tbeta = 2\nalgebra = 3\n", to: "history")
    let terminal = try prompt()
    terminal.type("al" + up)
    terminal.waitFor("lepton[1]> algebra = 3")
    terminal.type(up)
    terminal.waitFor("lepton[1]> alpha = 1")
    terminal.type(down + down)
    terminal.waitFor("lepton[1]> al")
    terminal.type("\u{15}\u{12}bet")
    terminal.waitFor("(reverse-i-search)`bet': beta = 2")
    terminal.type("\r")
    terminal.waitFor("lepton[2]> ")
    terminal.type("beta\r")
    terminal.waitFor("\n2")
  }

  @Test("What is pasted comes in whole, without the prompts and results of a transcript")
  func pasting() throws {
    let terminal = try prompt()
    let transcript =
      "lepton[4]> xs = [1,\r\n      ...>   2]\r\nlepton[5]> xs\r\n[1, 2]\r\nlepton[6]> len(xs) + 40\r\n42"
    terminal.type("\u{1B}[200~\(transcript)\u{1B}[201~")
    terminal.waitFor("...>   2]")
    terminal.waitFor("...> len(xs) + 40")
    terminal.type("\r")
    terminal.waitFor("\n[1, 2]\n42\n")
    terminal.type("\u{1B}[200~a = 1\nb = 2\na + b\u{1B}[201~\r")
    terminal.waitFor("\n3\n")
  }

  @Test("A hint tells how the word at the cursor is called")
  func hint() throws {
    let terminal = try prompt()
    terminal.type("## Twice as much.\rfn twice(number) = 2 * number\r")
    terminal.waitFor("lepton[2]> ")
    terminal.type("dense(")
    terminal.waitFor("dense(units, ")
    terminal.type("\u{15}twice(1")
    terminal.waitFor("twice(number) · Twice as much.")
  }

  @Test("Tab lists what may stand there with its sentence: arguments, fields, files")
  func completion() throws {
    try workshop.write("1", to: "numbers-of-mine.csv")
    let terminal = try prompt(environment: ["PWD=\(workshop.folder)"])
    terminal.type("train(m, epo\t")
    terminal.waitFor("train(m, epochs=")
    terminal.type("\u{15}cfg = {rate: 0.5, ratio: 2}\r")
    terminal.waitFor("lepton[2]> ")
    terminal.type("cfg.ra\t")
    terminal.waitFor("rate ")
    terminal.waitFor(" 0.5")
    terminal.type("\u{15}fn loud(x) = print(\"never\")\r")
    terminal.waitFor("lepton[3]> ")
    terminal.type("loud(1).\t")
    terminal.type("\u{15}\"\(workshop.folder)/numb\t")
    terminal.waitFor("numbers-of-mine.csv")
    #expect(!terminal.shown.contains("\nnever"))
    terminal.type("\u{15}lesson(\"\t")
    terminal.waitFor("1-tensors ")
    terminal.waitFor("Lesson 1: tensors · 0 of 5 points")
    terminal.type("\u{15}:lesson 2\t")
    terminal.waitFor(":lesson 2-descent")
  }

  @Test("The user's inputrc has the last word")
  func inputrc() throws {
    let terminal = try prompt(
      inputrc: "set editing-mode vi\n$if lepton\n\"\\C-t\": \"6 * 7\\C-m\"\n$endif\n")
    terminal.type("\u{14}")
    terminal.waitFor("\n42")
    terminal.waitFor("lepton[2]> ")
    // In vi mode: to the begin, the first character replaced by 5.
    terminal.type("9 + 1\u{1B}")
    terminal.waitFor("9 + 1")
    terminal.type("0r5\r")
    terminal.waitFor("\n6")
    terminal.waitFor("lepton[3]> ")
    // Back through all entries, whatever has been typed.
    terminal.type("1 + 2\u{1B}")
    terminal.waitFor("1 + 2")
    terminal.type("k")
    terminal.waitFor("lepton[3]> 5 + 1")
  }

  @Test("On a dumb terminal lines are plain, and an entry still goes on until it is whole")
  func dumb() throws {
    let terminal = try prompt(environment: ["TERM=dumb"])
    terminal.type("[1,\r")
    terminal.waitFor("...>   ")
    terminal.type("41 + 1]\r")
    terminal.waitFor("[1, 42]")
    #expect(!terminal.shown.contains("\u{1B}["))
  }

  @Test("Ctrl-C on an empty line says how to leave and does not")
  func empty() throws {
    let terminal = try prompt()
    terminal.type("\u{3}")
    terminal.waitFor("Ctrl-D leaves")
    terminal.type("6 * 7\r")
    terminal.waitFor("\n42")
  }

  @Test("Characters are whole, whatever the environment says of them")
  func characters() throws {
    let terminal = try prompt(environment: ["LC_ALL=C"])
    terminal.type("\"日本\"\u{2}\u{2}é\r")
    terminal.waitFor("\n\"日é本\"")
  }

  @Test("Ctrl-X Ctrl-E gives what is being typed to the user's editor")
  func editor() throws {
    // No script: one just written is busy while another test starts a program.
    let terminal = try prompt(environment: ["EDITOR=sed -i s/20/40/"])
    terminal.type("20 + 2\u{18}\u{5}")
    terminal.waitFor("lepton[1]> 40 + 2")
    terminal.type("\r")
    terminal.waitFor("\n42")
  }

  @Test("A narrower terminal shows the entry anew")
  func resizing() throws {
    let terminal = try prompt()
    terminal.type("message = \"abcdefghijklmnopqrstuvwxyz\"")
    terminal.waitFor("uvwxyz\"")
    terminal.resize(columns: 30)
    terminal.waitFor("lepton[1]> message = \"abcdefgh")
    terminal.type("\r")
    terminal.waitFor("lepton[2]> ")
  }

  @Test("What is entered is on the disk before it runs, and parallel sessions keep all of it")
  func crash() throws {
    let (first, second) = (try prompt(), try prompt())
    first.type("a = 1\r")
    first.waitFor("lepton[2]> ")
    second.type("b = \"x\\ny\"\r")
    second.waitFor("lepton[2]> ")
    first.type("print(\"go\"); while true { }\r")
    first.waitFor("\ngo")
    first.kill()
    let texts = try #require(workshop.read("history")).split(separator: "\n").map {
      $0.split(separator: "\t")[1]
    }
    #expect(texts == ["a = 1", "b = \"x\\\\ny\"", "print(\"go\"); while true { }"])
  }
}
