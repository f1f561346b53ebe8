import LeptonSession

/// Gathers what a cell gives, up to a limit: an endless loop that prints must not fill the memory.
struct OutputTray {
  /// How many outputs a cell may give.
  static let countLimit = 10_000
  /// How many bytes of text a cell may give where nothing else is said.
  static let sizeLimit = 4 << 20

  /// What was gathered.
  private(set) var outputs: [Output] = []
  /// How many bytes of text that was, with what was dropped.
  private(set) var size = 0
  private let limit: Int
  /// Whether something was dropped.
  private(set) var isOverfull = false

  init(limit: Int?) { self.limit = limit ?? Self.sizeLimit }

  /// Takes an output, or drops it; a failure is always taken, for it is the last one.
  mutating func take(_ output: Output) {
    size += output.size
    if case .failure = output {
      outputs.append(output)
    } else if outputs.count >= Self.countLimit || size > limit {
      isOverfull = true
    } else {
      outputs.append(output)
    }
  }
}

extension Output {
  /// About how many bytes of text it is; what is drawn counts for a part of the numbers in it.
  fileprivate var size: Int {
    switch self {
    case .text(let text), .notice(let text): text.utf8.count
    case .value(let value): value.text.utf8.count
    case .tensor(let tensor): tensor.text.utf8.count
    case .table(let table): table.rows.reduce(0) { $0 + $1.reduce(0) { $0 + $1.size } }
    case .chart(let chart): chart.series.reduce(0) { $0 + $1.x.count + $1.y.count }
    case .heatmap(let map): map.values.count
    case .images(let grid): grid.images.reduce(0) { $0 + $1.pixels.count / 8 }
    case .diagram(let diagram): diagram.boxes.count * 100
    case .elapsed, .failure, .record, .verdict, .wish: 100
    }
  }
}

extension Table.Cell {
  fileprivate var size: Int { if case .text(let text) = self { text.utf8.count } else { 8 } }
}
