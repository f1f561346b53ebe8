import Foundation
import Testing

@Suite("A lesson, at the prompt")
struct PromptLessonTests {
  private let workshop: Workshop
  init() throws {
    workshop = try Workshop()
    try workshop.write(
      """
      ---
      title: Doubling
      params:
        start: 4
      ---
      # Doubling

      A *double* is twice as much, $2 x$.

      ```lepton #given
      x = start + 1
      x
      ```

      ```lepton #twice exercise points=3
      fn twice(x) {
        # BEGIN SOLUTION
        2 * x
        # END SOLUTION
      }
      ```

      ```hint for=twice
      Add it to itself.
      ```

      ```lepton check=twice points=1 fail="Of 2 it is 4."
      expect twice(2) == 4
      ```

      ```lepton check=twice hidden points=2 fail="Look below zero."
      secret_number = -31
      expect twice(secret_number) == -62
      ```

      And now that of five:

      ```lepton #use
      twice(x)
      ```

      ```lepton #half exercise points=1
      fn half(x) {
        # BEGIN SOLUTION
        x / 2
        # END SOLUTION
      }
      ```

      ```lepton check=half points=1
      expect half(2) == 1
      ```

      ```lepton
      half(8)
      ```

      """, to: "own.lnb")
  }

  private func prompt() throws -> Terminal {
    let terminal = try Terminal(
      "lepton-repl", folder: workshop.folder,
      environment: [
        "LEPTON_HISTORY=\(workshop.folder)/history", "HOME=\(workshop.folder)", "INPUTRC=/dev/null",
      ])
    terminal.waitFor("lepton[1]> ")
    return terminal
  }

  @Test("Exercise by exercise: told, answered, checked, graded, kept")
  func lesson() throws {
    let terminal = try prompt()
    terminal.type("lesson(\"own.lnb\")\r")
    terminal.waitFor("A double is twice as much, 2x.")
    terminal.waitFor("lepton[2]> ")
    terminal.waitFor("Enter: x = start + 1")
    terminal.type("\r")
    terminal.waitFor("\n5\n")
    terminal.waitFor("Exercise `twice`, 3 points.")
    terminal.waitFor("todo(\"twice\")")
    terminal.type("check\r")
    terminal.waitFor("no answer to `twice` yet")
    terminal.type("hint()\r")
    terminal.waitFor("Add it to itself.")
    terminal.waitFor("lepton[5]> ")
    terminal.type("fn helper(x) = x + 2\r")
    terminal.waitFor("lepton[6]> ")
    terminal.type("fn twice(x) = helper(x)\r")
    terminal.waitFor("check() grades it")
    terminal.waitFor("lepton[7]> ")
    terminal.type("\r")  // Enter enters check().
    terminal.waitFor("✓ check")
    terminal.waitFor("✗ hidden check: Look below zero.")
    terminal.waitFor("1 of 3 points.")
    terminal.waitFor("lepton[8]> ")
    terminal.type("fn twice(x) = 2 * x\r")
    terminal.waitFor("lepton[9]> ")
    terminal.type(":check\r")
    terminal.waitFor("3 of 3 points.")
    terminal.waitFor("lepton[10]> ")
    terminal.waitFor("Enter: next()")
    terminal.type("\r")
    terminal.waitFor("And now that of five:")
    terminal.waitFor("Enter: twice(x)")
    terminal.kill()
    let record = try #require(
      FileManager.default.enumerator(atPath: workshop.folder + "/.local/share/lepton/lessons")?
        .allObjects as? [String])
    #expect(record.count == 1 && record[0].hasSuffix("%own.lnb.json"))

    // Another day.
    let later = try prompt()
    later.type("lesson(\"own.lnb\")\r")
    later.waitFor("Doubling: 3 of 4 points so far")
    later.waitFor("Enter: twice(x)")
    later.type("\r")
    later.waitFor("\n10\n")
    later.waitFor("Exercise `half`, 1 point.")
    later.type(":next\r")
    later.waitFor("what follows needs `half`, the exercise `half`, and is passed over")
    later.waitFor("That was Doubling: 3 of 4 points.")
    later.waitFor("lepton[4]> ")
    for shown in [terminal.shown, later.shown] {
      #expect(!shown.contains("secret_number") && !shown.contains("expect"))
      #expect(!shown.contains("x / 2"))
    }
  }

  @Test("What is kept of a lesson and was damaged is put aside, not written over")
  func damaged() throws {
    let first = try prompt()
    first.type("lesson(\"own.lnb\")\r")
    first.waitFor("lepton[2]> ")
    first.type("\r")
    first.waitFor("lepton[3]> ")
    first.kill()
    let folder = ".local/share/lepton/lessons"
    let name = try #require(workshop.names(in: folder).first)
    try workshop.write("{ not JSON", to: "\(folder)/\(name)")
    let later = try prompt()
    later.type("lesson(\"own.lnb\")\r")
    later.waitFor("what was kept of this lesson cannot be read; it is now in")
    later.waitFor("Enter: x = start + 1")
    #expect(workshop.read("\(folder)/\(name).damaged") == "{ not JSON")
  }

  @Test("Ctrl-C ends the check of an answer that never ends")
  func endless() throws {
    let terminal = try prompt()
    terminal.type("lesson(\"own.lnb\")\r")
    terminal.waitFor("lepton[2]> ")
    terminal.type("\r")
    terminal.waitFor("lepton[3]> ")
    terminal.type("fn twice(x) { while true { } }\r")
    terminal.waitFor("lepton[4]> ")
    terminal.type("check()\r")
    terminal.waitFor("checking twice")
    // Until its worker runs, the key is for the prompt itself.
    Thread.sleep(forTimeInterval: 1)
    terminal.type("\u{3}")
    terminal.waitFor("the check was stopped")
    terminal.waitFor("lepton[5]> ")
  }

  @Test("All lessons that come along are listed, and one is found by a part of its name")
  func shelf() throws {
    let terminal = try prompt()
    terminal.type("lesson()\r")
    terminal.waitFor("1-tensors")
    terminal.waitFor("6-convolution")
    terminal.waitFor("lepton[2]> ")
    terminal.type(":lesson tensors\r")
    terminal.waitFor("Lesson 1: tensors")
    terminal.waitFor("Enter: x = tensor(")
    terminal.type("\u{3}")
    terminal.waitFor("the lesson waits; lesson(\"1-tensors\") goes on")
    terminal.type("lesson(\"no-such\")\r")
    terminal.waitFor("there is no lesson \"no-such\"")
    terminal.waitFor("lepton[4]> ")
    terminal.type("check()\r")
    terminal.waitFor("no exercise is waiting")
  }
}
