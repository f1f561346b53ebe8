import LeptonData
import LeptonRuntime

extension TableObject {
  /// The columns, with a line for each that tells what they come to.
  var described: TableObject {
    get throws {
      let lines = data.columns.map { ($0, ColumnSummary($0.values)) }
      var columns: [(name: String, values: ColumnValues)] = [
        ("column", .texts(Cells(lines.map(\.0.name)))),
        ("type", .texts(Cells(lines.map(\.0.values.kind)))),
        ("count", .integers(Cells(lines.map(\.1.count)))),
        ("missing", .integers(Cells(lines.map(\.1.missing)))),
        ("mean", .numbers(Cells(lines.map { $0.1.numbers?.mean }))),
        ("std", .numbers(Cells(lines.map { $0.1.numbers?.deviation }))),
      ]
      for (place, name) in ["min", "q1", "median", "q3", "max"].enumerated() {
        columns.append((name, .numbers(Cells(lines.map { $0.1.numbers?.quantiles[place] }))))
      }
      columns.append(("distinct", .integers(Cells(lines.map(\.1.distinct)))))
      columns.append(("most_frequent", .texts(Cells(lines.map(\.1.mostFrequent)))))
      let kept = columns.filter { $0.values.missingCount < $0.values.count || lines.isEmpty }
      return TableObject(try DataTable(kept.map { .init($0.name, $0.values) }))
    }
  }

  /// The different rows, in the order in which they first come up.
  var distinctRows: TableObject {
    let grouping = Grouping(by: data.columns.map(\.values), rowCount: data.rowCount)
    return with(data.rows(grouping.firstRows.filter { $0 >= 0 }))
  }

  /// How often each combination of values in columns comes up, the most frequent first.
  func counted(by names: [String]) throws -> TableObject {
    let keys = data.columns(at: try positions(of: names))
    let grouping = Grouping(by: keys.columns.map(\.values), rowCount: data.rowCount)
    let counts = grouping.rows.map(\.count).filter { $0 > 0 }
    let table = try keys.rows(grouping.firstRows.filter { $0 >= 0 })
      .setting(.init(names.contains("count") ? "rows" : "count", .integers(Cells(counts))))
    return with(
      table.rows(table.sortedPlaces(by: [(column: names.count, descending: true)])))
  }

  /// The rows in groups that agree in columns: for each group its values in them, and its rows.
  func groups(by names: [String]) throws -> (keys: DataTable, rows: [[Int]]) {
    let keys = data.columns(at: try positions(of: names))
    let grouping = Grouping(by: keys.columns.map(\.values), rowCount: data.rowCount)
    return (keys.rows(grouping.firstRows.filter { $0 >= 0 || names.isEmpty }), grouping.rows)
  }
}
