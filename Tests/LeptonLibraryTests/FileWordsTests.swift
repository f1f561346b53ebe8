import Glibc
import LeptonFiles
import LeptonLibrary
import LeptonRuntime
import LeptonSession
import Testing

/// Words that read and write, in a folder of their own.
@Suite struct FileWordsTests {
  private let folder = ScratchFolder()

  private func run(_ text: String) -> String { folder.run(text) }

  @Test func `A text that was written is read again`() {
    let text = run("write_text(\"a.txt\", \"λ\\n\")\nread_text(\"a.txt\")")
    #expect(text == "\"λ\\n\"")
  }

  @Test func `The columns of a table are tensors and columns of texts`() {
    let text = run(
      """
      write_text("t.csv", "id,size,name\\n1,0.5,ant\\n2,,bee\\n")
      t = csv("t.csv")
      t.id
      t.size
      t.name
      """)
    #expect(text == "tensor([1, 2])\nfloat64([0.5, nan])\ncolumn([\"ant\", \"bee\"])")
  }

  @Test func `A table without a header and with another separator`() {
    let text = run(
      "write_text(\"t.csv\", \"1;2\\n3;4\\n\")\ncsv(\"t.csv\", separator=\";\", header=false)")
    #expect(text == "column_1 | column_2\n1 | 2\n3 | 4")
  }

  @Test func `A table that was written is read again`() {
    let text = run(
      """
      t = table({n: [1, nothing], x: [0.1, nan], s: ["a,\\"b\\"\\n", nothing], b: [true, false]})
      write_csv("t.csv", t)
      same(csv("t.csv"), t)
      read_text("t.csv")
      """)
    #expect(
      text == "true\n\"n,x,s,b\\n1,0.1,\\\"a,\\\"\\\"b\\\"\\\"\\n\\\",true\\n,nan,,false\\n\"")
  }

  @Test func `A separator of two characters is refused`() {
    #expect(run("csv(\"t.csv\", separator=\"::\")").hasPrefix("value/range"))
  }

  @Test func `A missing file is named`() {
    let text = run("read_text(\"nowhere.txt\")")
    #expect(text.hasPrefix("file/missing"))
    #expect(text.contains("nowhere.txt"))
  }

  @Test func `A file outside of what may be read is refused`() {
    #expect(run("read_text(\"/etc/passwd\")").hasPrefix("file/"))
  }
}

/// What help tells.
@Suite struct HelpTests {
  @Test func `Help tells heading, sentence and examples of a word`() {
    let text = Transcript(of: "help(keys)").text
    #expect(
      text.hasPrefix("keys(fields)\n\nThe names of a record or of a table's columns, in order."))
    #expect(text.contains("example | gives"))
  }

  @Test func `Help knows words by name, and those written in Lepton`() {
    let own = Transcript(of: "## Twice `x`.\nfn d(x) = 2 * x\nhelp(d)").text
    #expect(own.hasPrefix("d(x)\n\nTwice `x`."))
    #expect(Transcript(of: "help(\"gelu\")").text.hasPrefix("gelu(x)"))
  }

  @Test func `Help knows keywords, and words are found by their family`() {
    #expect(Transcript(of: "help(\"for\")").text.hasPrefix("for name in values { … }"))
    #expect(Transcript(of: "words(\"chart\")").text.contains("plot"))
  }

  @Test func `Help without a word lists every family`() {
    let text = Transcript(of: "help()").text
    for family in Library.standard().families { #expect(text.contains(family.title)) }
  }

  @Test func `Words finds by name and by sentence`() {
    let text = Transcript(of: "words(\"square root\")").text
    #expect(text.contains("sqrt | "))
    #expect(text.contains("std | "))
  }
}
