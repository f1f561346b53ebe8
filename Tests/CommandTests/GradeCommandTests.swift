import Foundation
import LeptonJSON
import Testing

/// A class, graded by the program: whatever an answer tries, nothing hidden comes out.
@Suite struct GradeCommandTests {
  private static let master = """
    # Lesson

    ```lepton #double exercise points=2
    fn double(x) {
      # BEGIN SOLUTION
      x * 1234567 / 1234567 * 2
      # END SOLUTION
    }
    ```

    ```hint for=double
    Multiply.
    ```

    ```lepton check=double points=1 fail="Twice three is six."
    expect double(3) == 6
    ```

    ```lepton check=double hidden points=1 fail="Think of other numbers."
    hidden_input = 987.125
    expect double(hidden_input) == 1974.25
    ```

    ```lepton try=double outcome=fail message="Twice"
    fn double(x) { x + 424242 }
    ```

    """

  /// What must reach nobody who learns.
  private static let secrets = ["1234567", "hidden_input", "987.125", "1974.25", "424242", "BEGIN"]

  /// Answers of people who look for what is hidden, and of others.
  private static let answers = [
    "ada": "fn double(x) { 2 * x }",
    "spy": "fn double(x) { read_text(\"master.lnb\") }",
    "spy2": "text = read_text(\"master.lnb\")\nfn double(x) { text }",
    "spy3": "import \"master.lnb\"\nfn double(x) { x }",
    "printer": "fn double(x) { print(x)\n x }",
    "failer": "fn double(x) { fail(f\"{x}\") }",
    "giver": "fn double(x) { award(1, f\"{x}\")\n x }",
    "recorder": "fn double(x) { record seen = x\n x }",
    "writer": "fn double(x) { write_text(\"seen.txt\", f\"{x}\")\n x }",
    "plain": "fn double(x) { x }",
  ]

  private let workshop: Workshop

  init() throws {
    workshop = try Workshop()
    try workshop.write(Self.master, to: "master.lnb")
    for (name, answer) in Self.answers {
      try workshop.write("```lepton #double\n\(answer)\n```\n", to: "\(name).lnb")
    }
  }

  @Test func `nothing hidden is in anything that a learner or a machine of theirs gets`() throws {
    #expect(try workshop.run("lepton-run", "assign", "master.lnb", "-o", "hw.lnb").code == 0)
    let names = Self.answers.keys.sorted()
    let graded = try workshop.start(
      "lepton-run",
      ["grade", "--key", "master.lnb", "-j", "2", "--csv", "g.csv", "--json", "g.json"]
        + ["--feedback", "out"] + names.map { "\($0).lnb" }
    ).wait()
    #expect(graded.code == 0, "\(graded.messages)")
    var artefacts = ["grading": graded.output + graded.messages]
    for form in ["md", "html", "ipynb", "json"] {
      let run = try workshop.run(
        "lepton-run", "hw.lnb", "--format", form, "--cache", "--junit", "j.xml", "--results",
        "r.json", "--annotations", "github", "--progress", "json")
      artefacts["run.\(form)"] = run.output + run.messages
    }
    let files =
      ["hw.lnb", "g.csv", "g.json", "j.xml", "r.json", "hw.out/cells.cache"]
      + workshop.names(in: "out").map { "out/\($0)" }
    for file in files {
      let text: String = try #require(workshop.read(file), "\(file)")
      artefacts[file] = text
    }
    #expect(workshop.names(in: "out").count == names.count)
    for (name, text) in artefacts {
      for secret in Self.secrets {
        #expect(!text.contains(secret), "\(secret) in \(name):\n\(text)")
      }
    }
    #expect(!workshop.names().contains("seen.txt"))
    let csv = try #require(workshop.read("g.csv"))
    #expect(csv.contains("\nada,2,2,2\n"), "\(csv)")
    for name in names where name != "ada" { #expect(csv.contains("\n\(name),0,0,2\n"), "\(csv)") }
  }

  @Test func `a file of the lesson is read only where it is named`() throws {
    try workshop.write("7", to: "data.txt")
    try workshop.write(
      """
      ```lepton #seven exercise
      seven = 0
      ```

      ```lepton check=seven fail="Read it."
      expect seven == 7
      ```

      """, to: "key.lnb")
    try workshop.write(
      "```lepton #seven\nseven = int(read_text(\"data.txt\"))\n```\n", to: "eve.lnb")
    let without = try workshop.run("lepton-run", "grade", "--key", "key.lnb", "eve.lnb")
    #expect(without.output.contains("eve,0,0,1"), "\(without.output)\(without.messages)")
    let with = try workshop.run(
      "lepton-run", "grade", "--key", "key.lnb", "eve.lnb", "--allow-read", "data.txt")
    #expect(with.output.contains("eve,1,1,1"), "\(with.output)\(with.messages)")
  }

  @Test func `one notebook that cannot be read costs nobody else a grade`() throws {
    try workshop.write(Data([0xFF, 0xFE, 0x00, 0xC0]), to: "broken.lnb")
    let graded = try workshop.run(
      "lepton-run", "grade", "--key", "master.lnb", "ada.lnb", "broken.lnb", "plain.lnb",
      "--csv", "no/such/folder/g.csv", "--json", "g.json")
    #expect(graded.code == 4)
    #expect(graded.messages.contains("broken.lnb"))
    #expect(graded.messages.contains("no/such/folder"))
    #expect(graded.output.contains("\nada,2,2,2\n") && graded.output.contains("\nplain,0,0,2\n"))
    #expect(!graded.output.contains("broken"))
    #expect(workshop.read("g.json")?.contains("ada") == true)
  }

  @Test func `two notebooks of one name are refused before anything runs`() throws {
    try FileManager.default.createDirectory(
      atPath: workshop.folder + "/late", withIntermediateDirectories: true)
    try workshop.write("```lepton #double\nfn double(x) = x\n```\n", to: "late/ada.lnb")
    let graded = try workshop.run(
      "lepton-run", "grade", "--key", "master.lnb", "ada.lnb", "late/ada.lnb")
    #expect(graded.code == 2)
    #expect(graded.messages.contains("two notebooks are called ada"))
    #expect(graded.output.isEmpty)
  }

  @Test(arguments: [["grade", "--key", "master.lnb", "ada.lnb"], ["ada.lnb"]])
  func `a path that is granted must be there`(arguments: [String]) throws {
    let run = try workshop.start("lepton-run", arguments + ["--allow-read", "no.csv"]).wait()
    #expect(run.code == 2)
    #expect(run.messages.contains("--allow-read: no.csv cannot be read: No such file"))
  }
}
