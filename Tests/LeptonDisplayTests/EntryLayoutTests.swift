import LeptonDisplay
import LeptonSession
import Testing

@Suite("An entry that is being typed")
struct EntryLayoutTests {
  private let margins = EntryLayout.Margins(first: "in> ", others: "..> ")

  private func layout(
    _ text: String, cursor: Int? = nil, width: Int = 40,
    colours: TerminalRenderer.Colours = .none
  ) -> EntryLayout {
    EntryLayout(
      text, cursor: cursor ?? text.utf8.count, margins: margins, width: width, colours: colours)
  }

  @Test("Every line has its margin, and the cursor stands behind the last character")
  func lines() {
    let entry = layout("fn f(x) {\n  x\n}")
    #expect(entry.rows.map(\.text) == ["in> fn f(x) {", "..>   x", "..> }"])
    #expect(entry.cursor == (2, 5))
  }

  @Test("A line that is full goes on below, and so does the cursor")
  func wrapping() {
    let entry = layout("abcdefgh", width: 8)
    #expect(entry.rows.map(\.text) == ["in> abcd", "efgh"])
    #expect(entry.rows.map(\.columns) == [8, 4])
    let full = layout("abcd", width: 8)
    #expect(full.rows.map(\.text) == ["in> abcd", ""])
    #expect(full.cursor == (1, 0))
  }

  @Test("Wide characters take two columns and are never cut")
  func wide() {
    let entry = layout("\"日本語\"", width: 8)
    #expect(entry.rows.map(\.text) == ["in> \"日", "本語\""])
    #expect(entry.cursor == (1, 5))
    #expect(layout("\"日本\"", cursor: 4).cursor == (0, 7))
  }

  @Test("Control characters are shown, not sent")
  func control() {
    #expect(layout("a\u{1B}[2J").rows.map(\.text) == ["in> a\\x1b[2J"])
  }

  @Test("Colours change no column")
  func colours() {
    let text = "for x in xs { print(f\"{x:.2f} é\", 1_000, true) } # done"
    for cursor in 0...text.utf8.count {
      let plain = layout(text, cursor: cursor, width: 20)
      let coloured = layout(text, cursor: cursor, width: 20, colours: .palette)
      #expect(plain.cursor == coloured.cursor)
      #expect(plain.rows.map(\.columns) == coloured.rows.map(\.columns))
    }
    #expect(layout(text, colours: .palette).rows[0].text.contains("\u{1B}[35mfor\u{1B}[0m"))
  }

  @Test("Marks that are no code are not shown as mistakes")
  func marks() {
    let entry = EntryLayout(
      "??sort", cursor: -1, margins: margins, width: 40, colours: .palette, marks: [0..<2])
    #expect(entry.rows[0].text.hasSuffix("\u{1B}[35m??\u{1B}[0msort"))
  }

  @Test("The bracket at the cursor and its partner are marked, a stray one is wrong")
  func brackets() {
    let marked = layout("(a)", colours: .palette).rows[0].text
    #expect(marked.contains("\u{1B}[1;7m(\u{1B}[0ma\u{1B}[1;7m)\u{1B}[0m"))
    #expect(layout("a)", cursor: 0, colours: .palette).rows[0].text.contains("\u{1B}[31m)"))
  }

  @Test("A heading that is too long keeps what is being typed")
  func hint() {
    let heading = "train(model, data, epochs = 1, batch = 32, optimizer = adam, loss = nothing)"
    let line = HintText.line(heading: heading, summary: "Trains.", argument: 4, width: 40)
    #expect(line.count <= 40)
    #expect(line.hasPrefix("train(… optimizer = adam"))
    #expect(
      HintText.line(heading: "abs(x)", summary: "The size.", argument: 0, width: 40)
        == "abs(x) · The size.")
  }

  @Test("The line of a training has all that matters in 77 columns, and more where there is room")
  func progress() {
    let progress = Progress(
      task: "train", done: 7936, total: 38400, epoch: 62, epochs: 300,
      measures: [.init("loss", 0.1817), .init("accuracy", 0.9502, .percent(digits: 2))],
      seconds: 1.5)
    let trail = (0..<100).map { 1 / Double($0 + 1) }
    let narrow = ProgressText.line(progress, trail: trail, width: 77)
    #expect(
      narrow.hasPrefix("train  epoch 62/300  loss 0.1817  accuracy 95.02 %  5.29k/s  0:06 left  █"))
    #expect(narrow.count <= 77)
    let wide = ProgressText.line(progress, trail: trail, width: 197)
    #expect(wide.contains("21 %") && wide.contains("5.29k step/s") && wide.hasSuffix("▁"))
    for width in 0..<120 {
      #expect(ProgressText.line(progress, trail: trail, width: width).count <= max(0, width))
    }
  }

  @Test("A sparkline shows the course, gaps and all")
  func sparkline() {
    #expect(Sparkline.text(of: [1, 2, 3, 4], width: 4) == "▁▃▆█")
    #expect(Sparkline.text(of: [1, .nan, 1], width: 9) == "▁ ▁")
    #expect(Sparkline.text(of: Array(repeating: 2.0, count: 100), width: 5) == "▁▁▁▁▁")
    #expect(Sparkline.text(of: [-.infinity], width: 3) == " ")
    #expect(Sparkline.text(of: [], width: 3) == "")
  }

  @Test("A row below the entry is cut where it would go on in the next line")
  func faint() {
    let row = EntryLayout.faintRow(String(repeating: "ab ", count: 20), width: 11, colours: .none)
    #expect(row.columns <= 11 && row.text.hasSuffix("…"))
  }
}
