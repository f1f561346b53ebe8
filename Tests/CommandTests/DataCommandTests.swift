import Foundation
import Testing

/// `lepton-run data`, with an empty home.
@Suite struct DataCommandTests {
  private let workshop: Workshop

  init() throws { workshop = try Workshop() }

  @Test func `the list says what is here and how the rest is had`() throws {
    let list = try workshop.run("lepton-run", "data", "list")
    #expect(list.code == 0, "\(list.messages)")
    #expect(list.output.contains("here, comes along"))
    #expect(list.output.contains("lepton-run data get sentiment_sentences"))
    #expect(list.output.contains("lepton-run data add snips_intents FILE"))
    let page = try workshop.run("lepton-run", "data", "list", "bike-sharing")
    #expect(page.output.contains("MAE 45.5") && page.output.contains("CC BY 4.0"))
    let unknown = try workshop.run("lepton-run", "data", "list", "nothing")
    #expect(unknown.code == 1 && unknown.messages.contains("error[data/missing]"))
  }

  @Test func `a file of one's own is taken, listed, read by its path and checked`() throws {
    try workshop.write("x,y\n1,2\n3,4\n", to: "points.csv")
    let taken = try workshop.run("lepton-run", "data", "add", "mine", "points.csv")
    #expect(taken.output == "took 3 lines of 2 columns as data:mine/points.csv\n")
    #expect(try workshop.run("lepton-run", "data").output.contains("mine "))
    try workshop.write("print(csv(\"data:mine/points.csv\").y)\n", to: "read.lep")
    #expect(try workshop.run("lepton-run", "read.lep").output == "tensor([2, 4])\n")
    let whole = try workshop.run("lepton-run", "data", "check", "mine")
    #expect(whole.output == "mine: 1 file, 12 bytes, whole\n")
    try workshop.write("x\n", to: ".local/share/lepton/data/mine/points.csv")
    let changed = try workshop.run("lepton-run", "data", "check")
    #expect(changed.code == 1 && changed.messages.contains("error[data/damaged]"))
  }

  @Test func `what is not the file that is meant is refused`() throws {
    try workshop.write("good\t1\n", to: "imdb.tsv")
    let refused = try workshop.run("lepton-run", "data", "add", "sentiment_sentences", "imdb.tsv")
    #expect(refused.code == 1)
    #expect(refused.messages.contains("1,000 lines of 2 columns"))
    #expect(workshop.names().contains(".local") == false)
    try workshop.write(
      "try { csv(\"data:sentiment_sentences/imdb.tsv\") } catch e { print(e.code) };\n",
      to: "read.lep")
    #expect(try workshop.run("lepton-run", "read.lep").output == "data/missing\n")
  }
}
