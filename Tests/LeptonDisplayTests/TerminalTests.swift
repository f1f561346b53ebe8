import LeptonDisplay
import LeptonSession
import Testing

@Suite("Terminal")
struct TerminalTests {
  private let models = Table(
    columns: [.init("model"), .init("parameters", .grouped), .init("remarks")],
    rows: [
      [.text("softmax"), .int(7850), .text("the baseline of the article")],
      [.text("784-128-64-10"), .int(109_386), .missing],
    ])

  @Test("A table has columns and a rule, and no boxes")
  func table() {
    #expect(
      TerminalRenderer(width: 80).text(of: .table(models)) == """
        model          parameters  remarks
        ─────────────  ──────────  ───────────────────────────
        softmax             7,850  the baseline of the article
        784-128-64-10     109,386
        """)
  }

  @Test("Everything fits the width", arguments: [20, 30, 45, 80])
  func width(columns: Int) {
    let chart = Chart(
      title: "Loss", xLabel: "epoch", yLabel: "loss",
      series: [.init(name: "a", x: [1, 2, 3], y: [3, 1, 2])])
    let wide = Table(
      columns: (0..<30).map { .init("column \($0)") }, rows: [(0..<30).map { .int($0) }])
    for output in [Output.table(models), .table(wide), .chart(chart)] {
      let text = TerminalRenderer(width: columns).text(of: output)
      for line in text.split(separator: "\n") {
        #expect(line.count <= columns + 8, "\(line)")
      }
    }
  }

  @Test("A notice is broken between words, and a word that is too long is left whole")
  func notices() {
    let path = String(repeating: "long/", count: 8)
    let text = TerminalRenderer(width: 30, foldsText: true).text(
      of: .notice("work.lnb holds 13 entries; lepton-run --check \(path) runs it again"))
    #expect(
      text == """
        note: work.lnb holds 13
              entries; lepton-run
              --check
              \(path)
              runs it again
        """)
  }

  @Test("How long something took has a unit chosen by its size")
  func elapsed() {
    let renderer = TerminalRenderer()
    #expect(renderer.text(of: .elapsed(seconds: 0.0123)) == "took 12.3 ms")
    let table = Table(
      columns: [.init("median", .duration), .init("slowest", .duration)],
      rows: [[.float(1.5e-6), .float(0.25)], [.float(12e-9), .float(100)]])
    #expect(
      renderer.text(of: .table(table)) == """
         median  slowest
        ───────  ───────
        1.50 µs   250 ms
        12.0 ns    100 s
        """)
  }

  @Test("Columns that do not fit are named, not lost")
  func leftOut() {
    let wide = Table(
      columns: (0..<12).map { .init("c\($0)") }, rows: [(0..<12).map { .int($0 * 10_000) }])
    let text = TerminalRenderer(width: 40).text(of: .table(wide))
    #expect(text.hasSuffix("c11") || text.contains("more columns: "))
  }

  @Test("Pictures are words without colours and half blocks with them")
  func pictures() {
    let image = ImageGrid.Image(
      width: 2, height: 2, channels: 1, pixels: [0, 255, 255, 0], caption: "7")
    let grid = ImageGrid(title: "Digits", images: [image, image])
    #expect(TerminalRenderer().text(of: .images(grid)) == "Digits: 2 pictures of 2 × 2 (7, 7)")
    let drawn = TerminalRenderer(colours: .full).text(of: .images(grid))
    #expect(drawn.contains("\u{1B}[38;2;0;0;0;48;2;255;255;255m▀"))
    let palette = TerminalRenderer(colours: .palette).text(of: .images(grid))
    #expect(palette.contains("\u{1B}[38;5;16;48;5;231m▀"))
  }

  @Test("Pictures of impossible sizes do not trap")
  func impossiblePictures() {
    let images = [
      ImageGrid.Image(width: 0, height: 0, channels: 1, pixels: []),
      ImageGrid.Image(width: .max, height: .max, channels: 3, pixels: [1]),
      ImageGrid.Image(width: 2, height: 2, channels: 2, pixels: [1, 2, 3, 4]),
      ImageGrid.Image(width: -1, height: 4, channels: 1, pixels: []),
    ]
    let grid = ImageGrid(images: images, columns: 0)
    #expect(TerminalRenderer(colours: .full).text(of: .images(grid)).contains("4 more pictures"))
    #expect(ImagesSVG.picture(of: grid).svg.hasSuffix("</svg>\n"))
  }

  @Test(
    "Charts of any numbers are drawn",
    arguments: [
      [], [0], [5, 5, 5], [.nan], [.infinity, 1], [1e308, -1e308], [1e-300, 2e-300], [1, .nan, 3],
    ])
  func oddCharts(numbers: [Double]) {
    for mark in [Chart.Mark.line, .point, .bar] {
      for (x, y) in [(numbers, numbers), (numbers.indices.map(Double.init), numbers)] {
        let chart = Chart(series: [.init(name: "s", mark: mark, x: x, y: y)])
        let svg = ChartSVG.picture(of: chart).svg
        #expect(svg.hasSuffix("</svg>\n"))
        #expect(!svg.contains("nan") && !svg.contains("inf"))
        #expect(!TerminalRenderer(width: 60).text(of: .chart(chart)).isEmpty)
      }
    }
  }

  @Test("A chart is the same bytes every time")
  func deterministic() {
    let x = (0..<5000).map { Double($0) / 3 }
    let chart = Chart(series: [
      .init(name: "s", x: x, y: x.map { ($0 * 7.3).remainder(dividingBy: 2) })
    ])
    #expect(ChartSVG.picture(of: chart) == ChartSVG.picture(of: chart))
    #expect(ChartSVG.picture(of: chart).svg.utf8.count < 100_000)
  }
}

@Suite("Progress")
struct ProgressTests {
  private let training = Progress(
    task: "train", done: 6000, total: 12000, epoch: 5, epochs: 10,
    measures: [.init("loss", 0.04321)], seconds: 6)

  @Test("One line with bar, rate, loss and time left")
  func line() {
    #expect(
      ProgressText.line(training, width: 100)
        == "train  epoch 5/10  ━━━━━━━━━━━━────────────   50 %  loss 0.0432  1k step/s  0:06 left")
  }

  @Test("The line never is wider than the terminal", arguments: 1...90)
  func fits(width: Int) {
    #expect(ProgressText.line(training, width: width).count <= width)
  }

  @Test("Lines for a log")
  func log() {
    #expect(
      ProgressText.logLine(training) == "train: epoch 5/10, step 6000/12000, loss 0.04321, 6.0 s")
    let unknown = Progress(task: "read", done: 5, total: 0, unit: "row", seconds: 0)
    #expect(ProgressText.logLine(unknown) == "read: row 5, 0.0 s")
  }
}
