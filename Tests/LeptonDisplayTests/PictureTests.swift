import LeptonDisplay
import LeptonSession
import Testing

@Suite("Pictures")
struct PictureTests {
  private func curve(_ y: [Double], scale: Chart.Scale = .linear) -> Chart {
    Chart(
      title: "Loss", yScale: scale,
      series: [.init(name: "a", x: y.indices.map(Double.init), y: y)])
  }

  @Test("An axis of powers of ten marks them, and cannot show what is not positive")
  func logarithm() {
    let svg = ChartSVG.picture(of: curve([1000, 1, 0.001], scale: .log)).svg
    for label in ["0.001", "0.1", "10", "1000"] { #expect(svg.contains(">\(label)<")) }
    let gap = ChartSVG.picture(of: curve([1, 0, 10], scale: .log))
    #expect(!gap.svg.contains("class=\"line s0\""))
    #expect(gap.alternative == "Loss: a from 1 to 10.")
  }

  @Test("Bars have the names that they are given, slanting where they do not fit")
  func names() {
    var chart = Chart(series: [.init(name: "", mark: .bar, x: [0, 1], y: [3, 5])])
    chart.xNames = ["cats", "dogs & co"]
    let svg = ChartSVG.picture(of: chart).svg
    #expect(svg.contains(">dogs &amp; co<"))
    #expect(!svg.contains("rotate"))
    chart.xNames = [String(repeating: "long ", count: 20), "x"]
    #expect(ChartSVG.picture(of: chart).svg.contains("rotate(-40"))
    chart.xNames = ["cats", "dogs"]
    #expect(
      TerminalRenderer(width: 20).text(of: .chart(chart)) == """
        cats ███████▎ 3
        dogs ████████████ 5
        """)
  }

  @Test("Numbers of a histogram touch")
  func bins() {
    let series = Chart.Series(name: "", mark: .bin, x: [0.5, 1.5], y: [1, 2])
    let svg = ChartSVG.picture(of: Chart(series: [series])).svg
    let places = svg.matches(of: /class="f0" x="([0-9.]+)" y="[0-9.]+" width="([0-9.]+)"/)
    let (left, width) = (Double(places[0].1) ?? 0, Double(places[0].2) ?? 0)
    #expect(abs((Double(places[1].1) ?? 0) - left - width - 1) < 0.1)
  }

  @Test("A heatmap says its numbers where they fit, and what its colours mean where they do not")
  func heatmap() {
    let small = Heatmap(
      title: "Confusion", xLabel: "predicted", yLabel: "true", rowNames: ["a", "b"],
      columnNames: ["a", "b"], columns: 2, values: [12, 1, 0, 9])
    let picture = HeatmapSVG.picture(of: small)
    #expect(
      picture.alternative
        == "Confusion: 2 × 2 numbers, true by predicted, from 0 to 12, the largest at a, a.")
    #expect(picture.svg.contains("class=\"middle strong\""))
    let large = Heatmap(columns: 100, values: (0..<10_000).map { Double($0) / 100 })
    let drawn = HeatmapSVG.picture(of: large).svg
    #expect(drawn.matches(of: /<rect class="f/).count == 50 * 50 + 10)
    #expect(
      TerminalRenderer(width: 40).text(of: .heatmap(small)) == """
        Confusion
        true \\ predicted
            a  b
        a  12  1
        b   0  9
        """)
  }

  @Test("Numbers on both sides of zero have two inks, and no number leaves a gap")
  func signs() {
    let map = Heatmap(columns: 3, values: [-1, 0.5, .nan])
    let svg = HeatmapSVG.picture(of: map).svg
    #expect(svg.contains("<rect class=\"f1\"") && svg.contains("fill-opacity=\"0.53\""))
    #expect(svg.matches(of: /<rect class="f/).count == 2)
  }

  @Test("A diagram draws layers within layers, and says them in a sentence")
  func diagram() {
    let diagram = Diagram(
      input: "[4]",
      boxes: [
        .init(title: "residual(dense(4))", detail: "20 parameters", output: "[4]"),
        .init(title: "dense(4)", detail: "20 parameters", output: "[4]", depth: 1),
        .init(title: "relu", output: "[4]"),
      ])
    let picture = DiagramSVG.picture(of: diagram)
    #expect(
      picture.alternative == "Model: input [4], residual(dense(4)) gives [4], relu gives [4].")
    #expect(picture.svg.matches(of: /class="box/).count == 3)
    #expect(
      TerminalRenderer(width: 60).text(of: .diagram(diagram)) == """
          input [4]
            ↓
          ▌residual(dense(4))  20 parameters
            ▌dense(4)  20 parameters · [4]
            │ [4]
            ↓
          ▌relu
            │ [4]
        """)
  }

  @Test("What cannot be drawn draws nothing and does not trap")
  func empty() {
    let outputs: [Output] = [
      .heatmap(Heatmap(columns: 0, values: [])), .heatmap(Heatmap(columns: 5, values: [1])),
      .heatmap(Heatmap(columns: 1, values: [.nan])),
      .heatmap(Heatmap(columns: 2, values: [.infinity, -.infinity])),
      .diagram(Diagram(input: "", boxes: [])),
      .diagram(Diagram(input: "", boxes: [.init(title: "", output: "", depth: 7)])),
      .chart(curve([], scale: .log)), .chart(curve([-1, .nan], scale: .log)),
      .chart(curve([5 * .leastNonzeroMagnitude, 1e308], scale: .log)),
      .chart(Chart(xNames: ["only"], series: [.init(name: "", mark: .bar, x: [5], y: [1])])),
    ]
    for output in outputs {
      #expect(!MarkdownRenderer.markdown(of: output) { _ in "x.svg" }.isEmpty)
      for colours in [TerminalRenderer.Colours.none, .palette] {
        _ = TerminalRenderer(width: 20, colours: colours).text(of: output)
      }
    }
  }
}
