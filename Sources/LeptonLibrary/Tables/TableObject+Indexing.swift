import LeptonData
import LeptonRuntime

// `t["price"]`, `t[["price", "name"]]`, `t[0:5]`, `t[t.price > 3]`, `t[mask, "price"]`.

extension TableObject {
  /// What subscripts pick: columns by names, rows by positions, slices and masks, or both, rows first.
  func part(at subscripts: [Subscript]) throws -> Value? {
    switch subscripts.count {
    case 1:
      if let names = subscripts[0].names { return try part(named: names) }
      return try rows(at: subscripts[0])
    case 2:
      guard let names = subscripts[1].names else { throw Self.badIndex }
      guard case .object(let part as TableObject) = try self.part(named: names.asList) else {
        return nil
      }
      let rows = try part.rows(at: subscripts[0])
      guard case .one(let name) = names else { return rows }
      switch rows {
      case .record(let row): return row[name]
      case .object(let table as TableObject): return try table.data.columns[0].values.field
      default: return nil
      }
    default: throw Self.badIndex
    }
  }

  private static let badIndex = LanguageError(
    "type/index", "a table is indexed by rows, by names of columns, or by both, rows first",
    help: ["t[0:5], t[t.price > 3], t[\"price\"], t[0:5, \"price\"]"])

  private func part(named names: ColumnNames) throws -> Value {
    switch names {
    case .one(let name): try data.columns[position(of: name)].values.field
    case .several(let names): with(data.columns(at: try positions(of: names))).value
    }
  }

  private func rows(at item: Subscript) throws -> Value {
    if let index = try item.single {
      let position = try Subscript.position(index, count: data.rowCount)
      return try element(at: position) ?? .nothing
    }
    return with(data.rows(try item.positions(among: data.rowCount))).value
  }

  /// A copy in which a column, a row, or a column in some rows is something else.
  func setting(_ subscripts: [Subscript], to value: Value) throws -> (any Object)? {
    switch (subscripts.count, subscripts.last?.names) {
    case (1, .one(let name)?): return try setting(column: name, to: value)
    case (2, .one(let name)?):
      var list = try data.columns[position(of: name)].values.list
      try list.replace(subscripts[0], by: value.withoutColumn)
      return try setting(column: name, to: .list(list))
    case (1, nil):
      guard case .record(let row) = value else { return nil }
      return try zip(row.names, row.values).reduce(self) { table, cell in
        var list = try data.columns[position(of: cell.0)].values.list
        try list.replace(subscripts[0], by: cell.1)
        return try table.setting(column: cell.0, to: .list(list))
      }
    default: return nil
    }
  }
}

/// Names of columns in an index.
enum ColumnNames {
  case one(String)
  case several([String])

  /// The same for a table.
  var asList: ColumnNames { if case .one(let name) = self { .several([name]) } else { self } }
}

extension Subscript {
  /// The names of columns that it consists of.
  var names: ColumnNames? {
    guard let value else { return nil }
    if case .string(let name) = value { return .one(name) }
    guard case .list(let elements) = value, !elements.isEmpty else { return nil }
    let names = elements.compactMap { element -> String? in
      if case .string(let name) = element { name } else { nil }
    }
    return names.count == elements.count ? .several(names) : nil
  }
}

extension Value {
  /// A vector or a column as a list, anything else as it is.
  fileprivate var withoutColumn: Value {
    get throws {
      guard !isSingle else { return self }
      return .list(
        try Elements.bridging(self).list.map { element in
          guard case .tensor(let tensor) = element, tensor.shape.rank == 0 else { return element }
          return try tensor.scalars()[0]
        })
    }
  }
}
