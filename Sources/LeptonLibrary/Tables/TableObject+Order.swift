import LeptonData
import LeptonRuntime

extension TableObject {
  /// The rows in the order of columns, or of what a function gives for each row.
  func sorted(by key: Value, descending: [Bool], in context: Context) throws -> TableObject {
    if key.callable != nil {
      let keys = try rows.map { try context.call(key, [.record($0)]) }
      let order = try keys.order(descending: descending[0])
      return with(data.rows(order))
    }
    let positions = try positions(of: Names.bridging(key).list)
    guard descending.count == 1 || descending.count == positions.count else {
      throw LanguageError(
        "value/count",
        "`descending` has \(descending.count) truths, and there are \(positions.count) columns")
    }
    let keys = positions.enumerated().map { place, position in
      (column: position, descending: descending[descending.count == 1 ? 0 : place])
    }
    return with(data.rows(data.sortedPlaces(by: keys)))
  }

  /// The groups of rows under their names, as tables.
  func grouped(by key: Value, in context: Context) throws -> Record {
    let keys: [String]
    let groups: [[Int]]
    if key.callable != nil {
      let names = try rows.map { try context.call(key, [.record($0)]).text }
      let grouping = Grouping(by: [.texts(Cells(names))], rowCount: data.rowCount)
      groups = grouping.rows
      keys = groups.map { names[$0[0]] }
    } else {
      let (table, rows) = try self.groups(by: Names.bridging(key).list)
      let parts = table.columns.map { column in column.values.list.map(\.text) }
      groups = rows
      keys = rows.indices.map { group in parts.map { $0[group] }.joined(separator: ", ") }
    }
    return zip(keys, groups).reduce(into: Record()) {
      $0[$1.0] = with(data.rows($1.1)).value
    }
  }
}
