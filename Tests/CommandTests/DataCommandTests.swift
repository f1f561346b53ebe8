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

  @Test func `several files are taken at once`() throws {
    try workshop.write("x\n1\n", to: "a.csv")
    try workshop.write("x\n2\n", to: "b.csv")
    let taken = try workshop.run("lepton-run", "data", "add", "mine", "a.csv", "b.csv")
    #expect(
      taken.output
        == "took 2 lines as data:mine/a.csv, 2 lines as data:mine/b.csv\n"
    )
    let whole = try workshop.run("lepton-run", "data", "check", "mine")
    #expect(whole.output == "mine: 2 files, 8 bytes, whole\n")
    #expect(try workshop.run("lepton-run", "data", "add", "mine").code == 2)
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

  @Test func `whatever is read whole may be packed by gzip`() throws {
    let workshop = try Workshop()
    try workshop.write(
      """
      write_csv("a.csv", table({x: [1, 2]}))
      write_text("a.jsonl", "{\\"x\\": 3}\\n")
      write_npy("a.npy", [4.0])
      write_npz("a.npz", {x: [5.0]})
      write_safetensors("a.safetensors", {x: [6.0]})
      write_image("a.png", full([2, 3], 1.0))
      write_wav("a.wav", zeros([7]), 8000)
      write_text("a.txt", "eight")
      """, to: "write.lep")
    try workshop.write(
      """
      print(csv("a.csv.gz").x[1], jsonl("a.jsonl.gz").x[0], npy("a.npy.gz")[0], npz("a.npz.gz").x[0])
      print(safetensors("a.safetensors.gz").x[0], read_image("a.png.gz").shape[1], len(wav("a.wav.gz").samples))
      print(read_text("a.txt.gz"))
      """, to: "read.lep")
    #expect(try workshop.run("lepton-run", "--allow-write=.", "write.lep").code == 0)
    let files = workshop.names().filter { $0.hasPrefix("a.") }
    #expect(files.count == 8)
    #expect(try workshop.start("/bin/gzip", files).wait().code == 0)
    let ending = try workshop.run("lepton-run", "read.lep")
    #expect(
      ending.output.split { !$0.isNumber && !$0.isLetter }.joined(separator: " ")
        == "2 3 4 0 5 0 6 0 3 7 eight", "\(ending.messages)")
  }
}
