import LeptonLearning
import LeptonRuntime
import LeptonSession
import LeptonTensor

extension Library {
  /// Numbers, looked at.
  static var charts: Family {
    Family("Charts", [plot, scatterPlot, bar, heatmap, diagram])
  }

  private static let aboutLook = """
    `title` stands above it, `xlabel` and `ylabel` at its axes; `xscale=\"log\"` and `yscale=\"log\"` \
    divide an axis by powers of ten.
    """

  private static var plot: Builtin {
    Builtin(
      """
      plot(x, y = nothing, title = "", xlabel = "", ylabel = "", xscale = "linear", yscale = "linear")
      """,
      "Draws curves: `plot(y)` over 0, 1, 2, …, `plot(x, y)` over `x`.",
      details: """
        `y` is a row of numbers; a record of rows or of functions of `x`, whose names stand in the legend; a \
        matrix, each column a curve; or a table. `nothing` and `nan` leave a gap. A training history is \
        drawn by itself. \(aboutLook)
        """,
      examples: [
        "plot([3, 1, 2], title=\"loss\")": "chart: loss",
        "plot(linspace(0, 6, 50), {sin: sin, cos: cos}, title=\"waves\")": "chart: waves",
      ]
    ) {
      (
        context: Context, x: Value, y: Value, title: String, xlabel: String, ylabel: String,
        xscale: String, yscale: String
      ) in
      if case .object(let history as HistoryObject) = x {
        return ChartObject("plot", .chart(history.chart(title: title, yScale: try scale(yscale))))
      }
      let reader = SeriesReader(context)
      let look = try ChartLook(title, xlabel, ylabel, xscale, yscale)
      guard case .nothing = y else {
        let places = try reader.numbers(x)
        return ChartObject("plot", try look.chart(.line, reader.series(y, at: places), at: places))
      }
      return ChartObject("plot", try look.chart(.line, reader.series(x), at: nil))
    }
  }

  private static var scatterPlot: Builtin {
    Builtin(
      """
      scatter_plot(x, y, groups = nothing, title = "", xlabel = "", ylabel = "", xscale = "linear", yscale = "linear")
      """,
      "Draws points, those of each group in a colour of its own.",
      details: "`groups` has a name or number for each point. \(aboutLook)",
      examples: [
        "scatter_plot([1, 2, 3], [2, 1, 3], groups=[\"a\", \"b\", \"a\"], title=\"points\")":
          "chart: points"
      ]
    ) {
      (
        context: Context, x: Value, y: Value, groups: Value, title: String, xlabel: String,
        ylabel: String, xscale: String, yscale: String
      ) in
      let reader = SeriesReader(context)
      let look = try ChartLook(title, xlabel, ylabel, xscale, yscale)
      let (xs, ys) = (try reader.numbers(x), try reader.numbers(y))
      return ChartObject("scatter_plot", try look.points(xs, ys, groups: reader.names(groups)))
    }
  }

  private static var bar: Builtin {
    Builtin(
      "bar(values, names = nothing, title = \"\", xlabel = \"\", ylabel = \"\", yscale = \"linear\")",
      "Draws a bar for each number.",
      details: """
        A record of numbers has a bar for each name. A record of rows has a group of bars for each place, \
        and the legend tells them apart; `names` then are the places. \(aboutLook)
        """,
      examples: ["bar({cats: 3, dogs: 5}, title=\"animals\")": "chart: animals"]
    ) {
      (
        context: Context, values: Value, names: Value, title: String, xlabel: String,
        ylabel: String, yscale: String
      ) in
      let reader = SeriesReader(context)
      let look = try ChartLook(title, xlabel, ylabel, "linear", yscale)
      var series = try reader.series(values)
      var places = try reader.names(names)
      if case .record(let record) = values, places.isEmpty, series.allSatisfy({ $0.1.count == 1 }) {
        places = record.names
        series = [("", series.flatMap(\.values))]
      }
      return ChartObject("bar", try look.chart(.bar, series, at: nil, named: places))
    }
  }

  private static var heatmap: Builtin {
    Builtin(
      "heatmap(values, rows = nothing, columns = nothing, title = \"\", xlabel = \"\", ylabel = \"\")",
      "Draws a matrix of numbers as colours.",
      details: """
        `rows` and `columns` are names. A table brings its own: `heatmap(confusion(model, data))`. Of more than \
        64 rows or columns neighbours are averaged. Numbers below zero have a colour of their own.
        """,
      examples: ["heatmap([[1, 2], [3, 4]])": "heatmap: 2 × 2"]
    ) {
      (
        context: Context, values: Value, rows: Value, columns: Value, title: String,
        xlabel: String, ylabel: String
      ) in
      let reader = SeriesReader(context)
      var map = try Heatmap(values)
      map.title = title
      if !xlabel.isEmpty { map.xLabel = xlabel }
      if !ylabel.isEmpty { map.yLabel = ylabel }
      let (rowNames, columnNames) = (try reader.names(rows), try reader.names(columns))
      if !rowNames.isEmpty { map.rowNames = try fitting(rowNames, map.rows, "rows") }
      if !columnNames.isEmpty { map.columnNames = try fitting(columnNames, map.columns, "columns") }
      return ChartObject("heatmap", .heatmap(map))
    }
  }

  private static func fitting(_ names: [String], _ count: Int, _ what: String) throws -> [String] {
    guard names.count == count else {
      throw LanguageError(
        "shape/chart", "there are \(count) \(what) and \(names.count) names for them")
    }
    return names
  }

  private static var diagram: Builtin {
    Builtin(
      "diagram(model, input = nothing, title = \"\")",
      "Draws the layers of a model as boxes, with shapes and parameters.",
      details: """
        `input` is the shape of one example; a trained model knows it. A layer that stands in another is drawn \
        in its box. `summary` gives the same as a table.
        """,
      examples: ["diagram(flatten() >> dense(10), input=[28, 28])": "diagram: 2 layers"]
    ) { (context: Context, value: Value, input: [Int]?, title: String) in
      let (summary, shape) = try summary(of: value, input: input, word: "diagram", context)
      return ChartObject(
        "diagram", .diagram(Diagram(title: title, input: "\(shape)", boxes: summary.boxes)))
    }
  }

  fileprivate static func scale(_ name: String) throws -> Chart.Scale {
    let scales = Chart.Scale.allCases
    return scales[try choice(name, of: scales.map(\.rawValue), "scale")]
  }
}

/// What stands around the data of a chart.
private struct ChartLook {
  var chart: Chart

  init(_ title: String, _ x: String, _ y: String, _ xScale: String, _ yScale: String) throws {
    chart = Chart(
      title: title, xLabel: x, yLabel: y, xScale: try Library.scale(xScale),
      yScale: try Library.scale(yScale), series: [])
  }

  /// A chart of series over the same places, or over 0, 1, 2, ….
  func chart(
    _ mark: Chart.Mark, _ series: [(name: String, values: [Double])], at places: [Double]?,
    named names: [String] = []
  ) throws -> Output {
    var chart = chart
    chart.series = try series.map { name, values in
      let x = places ?? values.indices.map(Double.init)
      try ChartLook.check(x.count, values.count)
      return Chart.Series(name: name, mark: mark, x: x, y: values)
    }
    if !names.isEmpty, let count = chart.series.map(\.x.count).max(), count != names.count {
      throw LanguageError(
        "shape/chart", "there are \(count) bars and \(names.count) names for them")
    }
    chart.xNames = names
    return .chart(chart)
  }

  /// A chart of points, a series for each group in the order in which they first occur.
  func points(_ x: [Double], _ y: [Double], groups: [String]) throws -> Output {
    try ChartLook.check(x.count, y.count)
    guard groups.isEmpty || groups.count == x.count else {
      throw LanguageError(
        "shape/chart", "there are \(x.count) points, and \(groups.count) groups for them")
    }
    var chart = chart
    let names =
      groups.isEmpty ? [""] : groups.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    guard names.count <= 100 else {
      throw LanguageError(
        "value/range", "points in \(names.count) groups cannot be told apart: at most 100")
    }
    chart.series = names.map { name in
      let kept = x.indices.filter { groups.isEmpty || groups[$0] == name }
      return Chart.Series(name: name, mark: .point, x: kept.map { x[$0] }, y: kept.map { y[$0] })
    }
    return .chart(chart)
  }

  private static func check(_ x: Int, _ y: Int) throws {
    guard x == y else {
      throw LanguageError("shape/chart", "there are \(x) places and \(y) numbers for them")
    }
  }
}

extension Heatmap {
  /// Takes a matrix, or a table with the names of its rows and columns.
  fileprivate init(_ value: Value) throws {
    guard case .object(let table as TableObject) = value else {
      let tensor = try Tensor.bridging(value, as: .float64)
      let sizes = tensor.shape.sizes
      guard (1...2).contains(sizes.count), let columns = sizes.last, columns > 0 else {
        throw LanguageError(
          "shape/chart", "a heatmap shows a matrix, and this has shape \(tensor.shape)")
      }
      self.init(columns: columns, values: try tensor.elements(as: Double.self))
      return
    }
    let columns = table.data.columns.compactMap { column in
      column.values.doubles.map { (name: column.name, values: $0) }
    }
    guard !columns.isEmpty else {
      throw LanguageError("type/column", "this table has no column of numbers")
    }
    let labels = table.data.columns.first { $0.values.doubles == nil }
    // The heading of a table in two directions: `true \ predicted`.
    let axes = labels?.name.split(separator: "\\", maxSplits: 1).map(String.init) ?? []
    self.init(
      xLabel: axes.count == 2 ? axes[1].trimmed : "",
      yLabel: axes.count == 2 ? axes[0].trimmed : "",
      rowNames: labels.map { SeriesReader.names(of: $0.values.list) } ?? [],
      columnNames: columns.map(\.name), columns: columns.count,
      values: (0..<table.data.rowCount).flatMap { row in columns.map { $0.values[row] } })
  }
}

extension Summary {
  /// The boxes of a diagram.
  fileprivate var boxes: [Diagram.Box] {
    layers.map { layer in
      Diagram.Box(
        title: layer.title(isIndented: false), detail: layer.costs, output: "\(layer.outputShape)",
        depth: layer.depth)
    }
  }
}

extension LayerSummary {
  /// What it costs, in words.
  fileprivate var costs: String {
    if isShared { return "shares its parameters" }
    guard parameters > 0 else { return "" }
    let count = (try? TextFormat(",").apply(to: .int(parameters))) ?? "\(parameters)"
    return "\(count) parameter\(parameters == 1 ? "" : "s")"
  }
}
