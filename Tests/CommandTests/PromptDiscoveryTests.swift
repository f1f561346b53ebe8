import Foundation
import Testing

@Suite("The prompt, to find one's way")
struct PromptDiscoveryTests {
  private let workshop: Workshop
  init() throws { workshop = try Workshop() }

  private func prompt(_ settings: [String] = [], rows: Int = 40, columns: Int = 100) throws
    -> Terminal
  {
    let terminal = try Terminal(
      "lepton-repl", folder: workshop.folder,
      environment: [
        "LEPTON_HISTORY=\(workshop.folder)/history", "HOME=\(workshop.folder)", "INPUTRC=/dev/null",
      ] + settings, rows: rows, columns: columns)
    terminal.waitForLine("lepton[1]>")
    return terminal
  }

  private func enter(_ entry: String, as number: Int, in terminal: Terminal) {
    terminal.type("\u{1B}[200~\(entry)\u{1B}[201~\r")
    terminal.waitForLine("lepton[\(number + 1)]>")
  }

  @Test("Tab knows what may stand at each place, and says what it is")
  func completion() throws {
    let terminal = try prompt()
    enter("xs = [3, 1]; cfg = {rate: 0.5, \"odd key\": 3}", as: 1, in: terminal)
    for (typed, word, sentence) in [
      ("iri", "iris", ""), ("conv", "conv2d ", "convolution"),
      ("dense(4, ", "activation=", "argument"),
      ("xs.so", "sorted ", "order"), ("cfg[\"", "odd key", ""), ("csv(\"data:ir", "data:iris/", ""),
      ("explain(\"shape/in", "shape/inner", ""), ("?one_h", "?one_hot", ""),
      ("lesson(\"2", "2-descent", ""), ("wh", "while", "condition"),
    ] {
      terminal.type("\u{15}\(typed)\t")
      terminal.waitUntil { screen in
        let seen = ([screen.line] + screen.lines.dropFirst(screen.cursor.row + 1)).filter {
          !$0.isEmpty
        }
        return seen.contains { $0.contains(word) }
          && (sentence.isEmpty || seen.contains { $0.lowercased().contains(sentence) })
      }
    }
  }

  @Test("Tab goes on through a long list, and begins it anew behind another key")
  func pages() throws {
    let terminal = try prompt(rows: 12)
    terminal.type("s\t")
    terminal.waitUntil { $0.text.contains(" more: Tab") }
    let first = try #require(terminal.screen.below)
    terminal.type("\t")
    terminal.waitUntil { $0.below != first && $0.text.contains(" more: Tab") }
    terminal.type("\u{7F}s\t")
    terminal.waitUntil { $0.below == first }
  }

  @Test("Help is found by a word, by what is asked for, by the code of a message")
  func help() throws {
    let terminal = try prompt()
    for (number, (entry, shown)) in [
      ("help(\"dense\")", "dense(units, activation"), ("help(dense)", "A fully connected layer"),
      ("dense?", "A fully connected layer"), ("??bytes_text", "fn bytes_text"),
      ("?for", "for name in"),
      ("?how sure", "predict"), (":words label row", "one_hot"),
      ("explain(\"shape/inner\")", "Wrong:"),
      (":explain shape", "shape/inner"), ("x = tesnor([1])", "did you mean `tensor`?"),
      ("train(1, 2, epoch=3)", "epochs"), ("words(\"quark\")", "no word has to do with"),
      ("help()", "tutorial() takes ten minutes"),
    ].enumerated() {
      enter(entry, as: number + 1, in: terminal)
      let answer =
        terminal.screen.text.components(separatedBy: "lepton[\(number + 1)]> ").last ?? ""
      #expect(answer.contains(shown), "\(entry): \(answer)")
    }
  }

  @Test("Results have numbers, the last one a name of its own, and a semicolon silences")
  func results() throws {
    let terminal = try prompt()
    enter("6 * 7", as: 1, in: terminal)
    enter("_ + 1", as: 2, in: terminal)
    enter("_1 + _2 + 900", as: 3, in: terminal)
    enter("123456 * 2;", as: 4, in: terminal)
    let lines = terminal.screen.lines
    #expect(lines.contains("43") && lines.contains("985") && !lines.contains("246912"))
  }

  @Test("Charts and pictures are drawn with characters, in the colours that there are")
  func pictures() throws {
    let terminal = try prompt(["NO_COLOR=", "COLORTERM=truecolor"])
    enter("plot([1, 4, 9, 16], title=\"Squares\")", as: 1, in: terminal)
    #expect(terminal.screen.text.contains(/Squares\n[^a-z]+[⠁-⣿]/))
    enter("images(digits().inputs[0:3])", as: 2, in: terminal)
    #expect(terminal.shown.contains("▀") && terminal.shown.contains("\u{1B}[38;2;"))
    let plain = try prompt()
    enter("images(digits().inputs[0:3])", as: 1, in: plain)
    #expect(plain.screen.text.contains("3 pictures of 8 × 8"))
  }

  @Test("A profile tells where the time goes, of an expression too")
  func profile() throws {
    let terminal = try prompt()
    enter(":profile sum(ones([64, 64]) @ ones([64, 64]))", as: 1, in: terminal)
    #expect(terminal.screen.text.contains("matmul") && terminal.screen.text.contains(" %"))
    enter("profile(() -> train(dense(3), iris(), epochs=2))", as: 2, in: terminal)
    #expect(terminal.screen.text.contains("outside the engine"))
  }

  @Test("Only the user's own folder has a say at the start")
  func startup() throws {
    for name in ["init.lep", ".leptonrc", "lepton.lep", ".lepton/init.lep", "lepton/init.lep"] {
      let folder = (workshop.folder + "/" + name as NSString).deletingLastPathComponent
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      try workshop.write("print(\"wrong\")\n", to: name)
    }
    let own = workshop.folder + "/conf/lepton"
    try FileManager.default.createDirectory(atPath: own, withIntermediateDirectories: true)
    try workshop.write("mine = 40\n", to: "conf/lepton/init.lep")
    let terminal = try prompt(["XDG_CONFIG_HOME=\(workshop.folder)/conf"])
    enter("mine + 2", as: 1, in: terminal)
    #expect(terminal.screen.lines.contains("42") && !terminal.screen.text.contains("wrong"))
    let batch = try workshop.run("lepton-repl", input: "1\n")
    #expect(batch.output == "1\n" && batch.code == 0)
  }

  @Test(
    "Each lesson that comes along goes on to its first exercise by Enter, and is taken up there",
    arguments: [
      "1-tensors", "2-descent", "3-classes", "4-backpropagation", "5-training", "6-convolution",
    ])
  func lesson(name: String) throws {
    let terminal = try prompt()
    terminal.type("lesson(\"\(name)\")\r")
    terminal.waitForLine("lepton[2]>")
    var number = 2
    while !terminal.screen.text.contains("Exercise `"), number < 30 {
      terminal.waitUntil { $0.below?.hasPrefix("  Enter: ") == true }
      terminal.type("\r")
      number += 1
      terminal.waitForLine("lepton[\(number)]>")
    }
    let exercise = try #require(
      terminal.screen.text.firstMatch(of: /Exercise `[a-z_]+`, \d points?/)
    ).0
    for (entry, answer) in [("check()", "no answer to"), ("hint()", ""), (":next", "")] {
      let before = terminal.screen.text.count
      enter(entry, as: number, in: terminal)
      number += 1
      #expect(terminal.screen.text.count > before)
      #expect(answer.isEmpty || terminal.screen.text.contains(answer))
    }
    terminal.kill()
    let later = try prompt()
    later.type("lesson(\"\(name)\")\r")
    later.waitForLine("lepton[2]>")
    #expect(later.screen.text.contains("so far"), "\(exercise)")
  }
}
