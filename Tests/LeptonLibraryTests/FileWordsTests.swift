import Glibc
import LeptonFiles
import LeptonLibrary
import LeptonRuntime
import LeptonSession
import Testing

/// Words that read and write, in a folder of their own.
@Suite struct FileWordsTests {
  private let folder: String

  init() throws {
    var template = Array("/tmp/lepton-words-XXXXXX".utf8CString)
    folder = try #require(mkdtemp(&template).map { String(cString: $0) })
  }

  private func run(_ text: String) -> String {
    Transcript(of: text, files: FileBroker(folder: folder, readable: [folder], writable: [folder]))
      .text
  }

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
    #expect(Transcript(of: "help(\"gelu\")").text.hasPrefix("gelu(x)"))
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

  @Test func `Arrays that were written are read again`() {
    let text = run(
      """
      x = tensor([[1.5, -2.0], [0.0, 3.25]])
      write_npy("x.npy", x)
      same(npy("x.npy"), x)
      write_npz("x.npz", {x: x, n: [1, 2, 3]})
      npz("x.npz").n
      write_safetensors("x.safetensors", {x: x, "a.b": 7})
      same(safetensors("x.safetensors").x, x)
      """)
    #expect(text == "true\ntensor([1, 2, 3])\ntrue")
  }

  @Test func `Sounds and pictures that were written are read again`() {
    let text = run(
      """
      write_wav("a.wav", [0.0, 0.5, -0.5, 2.0], 8000)
      s = wav("a.wav")
      [s.rate, s.samples.shape, max(abs(s.samples - [0.0, 0.5, -0.5, 1.0])) < 1e-4]
      write_image("a.png", [[0.0, 1.0], [0.2, 2.0]])
      max(abs(read_image("a.png") - [[0.0, 1.0], [0.2, 1.0]])) < 1e-6
      """)
    #expect(text == "[8000, [4], true]\ntrue")
  }

  @Test func `A record on each line makes a table`() {
    let text = run(
      """
      write_text("a.jsonl", "{\"a\": 1, \"b\": \"x\"}\\n{\"a\": 2}\\n")
      jsonl("a.jsonl").a
      jsonl("a.jsonl")[1]
      """)
    #expect(text == "tensor([1, 2])\n{a: 2, b: nothing}")
  }

  @Test func `What was decided about a table can be asked`() {
    let text = run(
      """
      write_text("t.csv", "zip;n;m\\n00501;1;1\\n10001;?;2\\n;x;3;4\\n")
      r = csv_report("t.csv", missing=["?"], on_bad="null", types={n: "number"})
      [r.rows, r.ragged, r.skipped, r.separator]
      r.type
      r.missing
      r.refused
      """)
    #expect(
      text == """
        [3, 1, 0, ";"]
        column(["text", "number", "integer"])
        tensor([1, 2, 0])
        tensor([0, 1, 0])
        """)
  }

  @Test func `A table larger than memory is gone through in parts`() {
    let text = run(
      """
      write_csv("t.csv", table({x: arange(10)}))
      csv_parts("t.csv", part -> [len(part), sum(part.x)], rows=4)
      csv("t.csv", rows=2).x
      csv_parts("t.csv", len, rows=0)
      """)
    #expect(text.hasPrefix("[[4, 6], [4, 22], [2, 17]]\ntensor([0, 1])\nvalue/range"))
  }
}
