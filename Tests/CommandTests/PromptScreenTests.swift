import Foundation
import Testing

/// A terminal of somebody who uses the prompt.
struct Look: CustomTestStringConvertible, Sendable {
  var rows: Int
  var columns: Int
  var settings: [String]

  static let all = [
    Look(rows: 24, columns: 80, settings: ["NO_COLOR="]),
    Look(rows: 24, columns: 80, settings: ["NO_COLOR=1"]),
    Look(rows: 50, columns: 200, settings: ["NO_COLOR=", "COLORTERM=truecolor"]),
    Look(rows: 50, columns: 200, settings: ["NO_COLOR=1"]),
  ]

  var isColoured: Bool { settings.contains("NO_COLOR=") }
  var testDescription: String { "\(columns)×\(rows)\(isColoured ? " in colours" : "")" }
}

@Suite("The prompt, as it is seen")
struct PromptScreenTests {
  private let workshop: Workshop
  init() throws { workshop = try Workshop() }

  private func prompt(
    _ look: Look = Look.all[1], _ environment: [String] = []
  ) throws -> Terminal {
    let terminal = try Terminal(
      "lepton-repl", folder: workshop.folder,
      environment: [
        "LEPTON_HISTORY=\(workshop.folder)/history", "HOME=\(workshop.folder)", "INPUTRC=/dev/null",
      ] + look.settings + environment, rows: look.rows, columns: look.columns)
    terminal.waitForLine("lepton[1]>")
    return terminal
  }

  /// Enters something and waits for the next prompt.
  private func enter(_ entry: String, as number: Int, in terminal: Terminal) {
    terminal.type("\u{1B}[200~\(entry)\u{1B}[201~\r")
    terminal.waitForLine("lepton[\(number + 1)]>")
  }

  @Test(
    "An entry has its colours while it is typed, and its brackets are paired", arguments: Look.all)
  func colours(look: Look) throws {
    let terminal = try prompt(look)
    let entry = "lepton[1]> x = foo(\"text\", 42) # why"
    terminal.type("x = foo(\"text\", 42) # why")
    terminal.waitForLine(entry)
    let inks = ["\"text\"", "42", "# why"].map { terminal.screen.ink(of: $0) ?? "none" }
    #expect(
      inks.allSatisfy { $0.isEmpty != look.isColoured }
        && Set(inks).count == (look.isColoured ? 3 : 1))
    terminal.type("\u{15}(1 + (2))")
    terminal.waitForLine("lepton[1]> (1 + (2))")
    #expect(terminal.screen.ink(of: "(1") == (look.isColoured ? "1;7" : ""))
    #expect(terminal.screen.ink(of: "(2") == "")
    #expect(look.isColoured || !terminal.shown.contains(/\u{1B}\[[0-9;]*m/))
  }

  @Test(
    "Lines of an entry stand below each other, indented as the parser asks", arguments: Look.all)
  func lines(look: Look) throws {
    let terminal = try prompt(look)
    terminal.type("fn f(x) {\r")
    terminal.waitUntil { $0.line == "      ...>" && $0.cursor.column == 13 }
    terminal.type("if x > 0 {\r")
    terminal.waitUntil { $0.line == "      ...>" && $0.cursor.column == 15 }
    terminal.type("1\r")
    terminal.waitUntil { $0.line == "      ...>" && $0.text.contains("...>     1\n") }
    terminal.type("} else { 2 }\r")
    terminal.waitUntil { $0.line == "      ...>" && $0.text.contains("...>   } else { 2 }\n") }
    terminal.type("}\r")
    terminal.waitForLine("lepton[2]>")
    #expect(terminal.screen.text.contains("      ...>   } else { 2 }\n      ...> }\nlepton[2]>"))
    terminal.type("\u{1B}[A")
    terminal.waitUntil { $0.line == "      ...> }" && $0.text.contains("lepton[2]> fn f(x) {") }
  }

  @Test("Below an entry stands how the word at the cursor is called", arguments: Look.all)
  func hint(look: Look) throws {
    let terminal = try prompt(look)
    terminal.type("dense(4, ")
    terminal.waitUntil { screen in
      screen.below?.hasPrefix("  dense(units, activation = identity") == true
    }
    terminal.type("relu)")
    terminal.waitForLine("lepton[1]> dense(4, relu)")
    #expect(terminal.screen.cursor.column == "lepton[1]> dense(4, relu)".count)
  }

  @Test("Values fill the width of the terminal, whatever it has become")
  func widths() throws {
    let terminal = try prompt()
    for (number, columns) in [80, 132, 40, 200].enumerated() {
      terminal.resize(columns: columns)
      terminal.type("\u{15}[x for x in range(1000, 1060)]\r")
      terminal.waitForLine("lepton[\(number + 2)]>")
      let lines = terminal.screen.lines.filter { $0.contains("10") && !$0.contains("range") }
      let widest = try #require(lines.suffix(12).map(\.count).max())
      #expect((columns - 6...columns).contains(widest), "\(columns): \(terminal.screen.text)")
    }
    terminal.type("ones([40, 60])\r")
    terminal.waitForLine("lepton[6]>")
    #expect(terminal.screen.text.contains("# float32 [40, 60]"))
  }

  @Test("What was laid out for a wide terminal is right in another run")
  func wideSession() throws {
    let terminal = try prompt(Look.all[3])
    enter("[x^2 for x in range(90)]", as: 1, in: terminal)
    enter("normal([3, 30])", as: 2, in: terminal)
    enter("{a: range(40).map(x -> x), b: [[1, 2], [3, 4]]}", as: 3, in: terminal)
    enter("save_session(\"wide.lnb\")", as: 4, in: terminal)
    let ending = try workshop.run("lepton-run", "--check", "wide.lnb")
    #expect(ending.code == 0, "\(ending.messages)\(ending.output)")
  }

  @Test("Wide characters take two columns, in entries and in tables", arguments: [80, 200])
  func wideCharacters(columns: Int) throws {
    let terminal = try prompt(Look(rows: 24, columns: columns, settings: ["LC_ALL=C"]))
    terminal.type("名前 = \"日本é\"")
    terminal.waitForLine("lepton[1]> 名前 = \"日本é\"")
    #expect(terminal.screen.cursor.column == 25)
    terminal.type("\u{2}\u{2}\u{7F}\r")
    terminal.waitForLine("lepton[2]>")
    enter("table({a: [名前, \"xyz\"], b: [1, 2]})", as: 2, in: terminal)
    #expect(terminal.screen.text.contains("日é  1\nxyz  2"))
  }

  @Test("A training is one line that is drawn anew, and a table at its end", arguments: Look.all)
  func training(look: Look) throws {
    let terminal = try prompt(look)
    enter("data = iris()", as: 1, in: terminal)
    terminal.type("m = train(dense(64, relu) >> dense(3), data, epochs=20000)\r")
    terminal.waitUntil { $0.line.contains(/left +[▁-█]+/) }
    let line = terminal.screen.line
    #expect(
      line.contains(
        /train  epoch \d+\/20000 .* loss \d\.\d+  accuracy +[\d.]+ %  (.*\/s  )?.* left  [▁-█]+/))
    #expect(line.count < look.columns)
    terminal.type("\u{3}")
    terminal.waitForLine("lepton[3]>")
    let text = terminal.screen.text
    #expect(!text.contains("/20000") && text.contains("train: loss ") && text.contains("note: "))
    #expect(text.contains(/\n +\d+ +\d\.\d{4} +[\d.]+ % +[\d.]+\n/))
    enter("evaluate(m, data)", as: 3, in: terminal)
    #expect(terminal.screen.text.contains(/\d\.\d{4} +[\d.]+ % +[\d.]+ % +[\d.]+ % +\d+ +150\n/))
  }

  @Test("The tutorial goes from its begin to its end by Enter alone", arguments: Look.all)
  func tutorial(look: Look) throws {
    let terminal = try prompt(look)
    terminal.type("tutorial()\r")
    terminal.waitForLine("lepton[2]>")
    var (number, isLast) = (2, false)
    while !isLast {
      terminal.waitUntil { $0.below?.hasPrefix("  Enter: ") == true }
      let step = terminal.screen.text.matches(of: /\((\d+) of (\d+)\)/).last
      isLast = step.map { $0.1 == $0.2 } ?? false
      terminal.type("\r")
      number += 1
      terminal.waitForLine("lepton[\(number)]>")
    }
    let text = terminal.screen.text
    #expect(number > 10 && text.contains("trained  model"))
    #expect(text.split(separator: "\n").allSatisfy { $0.count <= look.columns })
    #expect(text.split(separator: "error[").count == 2)  // The one that it is about.
  }

  @Test("In the smallest of windows an entry is typed, and its end seen")
  func small() throws {
    let terminal = try prompt(Look(rows: 5, columns: 20, settings: []))
    let letters = String(repeating: "abcdefghij", count: 19)
    terminal.type("word = \"\(letters)\"")
    terminal.waitUntil { $0.line.hasSuffix("\"") && $0.text.contains("abcdefghij") }
    terminal.type("\r")
    terminal.waitForLine("lepton[2]>")
    terminal.type("len(word)\r")
    terminal.waitUntil { $0.lines.contains("190") }
    terminal.type("table({a: [1], b: [\"two\"]})\r")
    terminal.waitUntil { $0.lines.contains { $0.hasPrefix("1  two") } }
  }

  @Test("What is pasted commands neither the terminal nor the prompt")
  func controlCharacters() throws {
    let terminal = try prompt()
    terminal.type("\u{1B}[200~a = \"x\u{7}\u{1B}[2Jy\u{0}\u{1F}\"\u{1B}[201~")
    terminal.waitUntil { $0.line.hasPrefix("lepton[1]> a = \"x") && $0.line.hasSuffix("\"") }
    #expect(!terminal.shown.contains("\u{7}") && !terminal.shown.contains("\u{1B}[2J"))
    terminal.type("\r")
    terminal.waitForLine("lepton[2]>")
    terminal.type("len(a)\r")
    terminal.waitUntil { $0.text.contains("\n8\n") }
  }

  @Test("What is typed at once after Ctrl-C is an entry of its own")
  func typedAfterCtrlC() throws {
    let terminal = try prompt()
    for _ in 0..<20 {
      terminal.type("never\u{3}")
      terminal.type("\u{1B}[200~[6 *\n7]\u{1B}[201~")
      terminal.waitForLine("      ...> 7]")
      terminal.type("\u{3}")
      terminal.waitForLine("lepton[1]>")
    }
  }

  @Test("Ctrl-C while the worker still starts is not taken for its silence")
  func interruptedStart() throws {
    let terminal = try prompt()
    terminal.type("while true { }\r")
    for _ in 0..<10 {
      usleep(4_000)
      terminal.send(SIGINT)
    }
    terminal.waitForLine("lepton[2]>")
    terminal.type("6 * 7\r")
    terminal.waitForLine("lepton[3]>")
    #expect(terminal.screen.text.contains("\n42\n"))
    #expect(!terminal.screen.text.contains("could not be started"))
  }

  @Test("Bytes that are no text are a mistake like any other")
  func brokenText() throws {
    let terminal = try prompt()
    terminal.type(Array("print(\"a".utf8) + [0xFF, 0xC3, 0xE2, 0x82] + Array("b\")\r".utf8))
    terminal.waitForLine("lepton[2]>")
    terminal.type("6 * 7\r")
    terminal.waitUntil { $0.text.contains("\n42\n") }
  }
}
