import LeptonSession

/// The numbers of a heatmap as they are drawn: few enough to be seen, each with its strength.
struct HeatmapCells {
  /// How many rows and columns are drawn at most; of more, neighbours are averaged.
  static let most = 64

  /// How many rows are drawn.
  let rows: Int
  /// How many columns are drawn.
  let columns: Int
  /// How many rows and columns of the matrix one cell stands for.
  let block: (rows: Int, columns: Int)
  /// The numbers, row by row.
  let values: [Double]
  /// The number that is drawn faintest, and the one that is drawn strongest.
  let low: Double
  let high: Double

  init(_ map: Heatmap) {
    let columnCount = max(0, min(map.columns, map.values.count))
    block = (
      max(1, (map.rows + Self.most - 1) / Self.most),
      max(1, (columnCount + Self.most - 1) / Self.most)
    )
    rows = (map.rows + block.rows - 1) / block.rows
    columns = (columnCount + block.columns - 1) / block.columns
    values = block == (1, 1) ? Array(map.values.prefix(rows * columns)) : Self.means(of: map, block)
    let finite = values.filter(\.isFinite)
    let (least, most) = (finite.min() ?? 0, finite.max() ?? 0)
    let isCount = finite.allSatisfy { $0 == $0.rounded() && $0 >= 0 }
    low = least < 0 && most > 0 ? -max(-least, most) : isCount ? 0 : least
    high = least < 0 && most > 0 ? max(-least, most) : most
  }

  /// Whether there are numbers on both sides of zero.
  var isDivided: Bool { low < 0 && high > 0 }

  /// How strongly a number is drawn, from 0 to 1: of those on both sides of zero the distance from it.
  func strength(of number: Double) -> Double {
    guard number.isFinite, high > low else { return 0 }
    return isDivided ? abs(number) / high : (number - low) / (high - low)
  }

  /// Whether every number is whole.
  var areWhole: Bool { values.allSatisfy { $0 == $0.rounded() && abs($0) < 1e15 } }

  /// A number as it stands in its cell.
  func text(of number: Double) -> String {
    areWhole ? NumberText.general(number) : NumberText.general(number, digits: 3)
  }

  private static func means(of map: Heatmap, _ block: (rows: Int, columns: Int)) -> [Double] {
    stride(from: 0, to: map.rows, by: block.rows).flatMap { top in
      stride(from: 0, to: map.columns, by: block.columns).map { left in
        let cells = (top..<min(top + block.rows, map.rows)).flatMap { row in
          (left..<min(left + block.columns, map.columns)).map { map.values[row * map.columns + $0] }
        }.filter(\.isFinite)
        return cells.isEmpty ? .nan : cells.reduce(0, +) / Double(cells.count)
      }
    }
  }
}

extension Heatmap {
  /// One sentence for readers who do not see it.
  var sentence: String {
    let cells = HeatmapCells(self)
    let finite = values.prefix(rows * columns).filter(\.isFinite)
    let name = title.isEmpty ? "Heatmap" : title
    guard let least = finite.min(), let most = finite.max() else { return "\(name): no data." }
    let axes =
      yLabel.isEmpty || xLabel.isEmpty ? "" : ", \(yLabel) by \(xLabel)"
    let range = "from \(cells.text(of: least)) to \(cells.text(of: most))"
    return "\(name): \(rows) × \(columns) numbers\(axes), \(range)\(largest(finite, most))."
  }

  /// Where the largest number stands, in words.
  private func largest(_ finite: [Double], _ most: Double) -> String {
    guard columns > 0, let index = values.firstIndex(of: most), !rowNames.isEmpty,
      rowNames.indices.contains(index / columns), columnNames.indices.contains(index % columns)
    else { return "" }
    return ", the largest at \(rowNames[index / columns]), \(columnNames[index % columns])"
  }
}
