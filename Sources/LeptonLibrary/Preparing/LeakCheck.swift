import LeptonData
import LeptonLearning
import LeptonRuntime
import LeptonSession

extension Library {
  static var leakCheck: Builtin {
    Builtin(
      "leak_check(train, others...)",
      "Looks for what would make a model look better than it is, warns, and lists it as a table.",
      details: """
        It finds rows of a validation or test part that stand in the training part too, and columns that give the target away: those \
        that go along with it in nearly every row, or of which each value has but one class.
        """,
      examples: [
        """
        a = dataset(table({x: [1.0, 2.0, 3.5]}), [0.1, 0.7, 0.2])
        b = dataset(table({x: [5.0, 9.0]}), [0.7, 0.3])
        len(leak_check(a, b))
        """: "0"
      ]
    ) { (context: Context, train: Dataset, others: [Value]) in
      var leaks = try LeakCheck.hiddenTargets(in: train)
      for (place, other) in others.enumerated() {
        leaks += try LeakCheck.sharedRows(train, Dataset.bridging(other), number: place + 1)
      }
      for leak in leaks { context.emit(.notice("leak: \(leak.text)")) }
      return TableObject(
        try DataTable([
          .init("leak", .texts(Cells(leaks.map(\.text)))),
          .init("rows", .integers(Cells(leaks.map(\.rows)))),
        ]))
    }
  }
}

/// Finds what the parts of data should not tell each other.
private enum LeakCheck {
  /// What was found, and in how many rows.
  struct Leak {
    let text: String
    let rows: Int
  }

  /// Rows of another part that stand in training too.
  static func sharedRows(_ train: Dataset, _ other: Dataset, number: Int) throws -> [Leak] {
    let (one, two) = (try train.rawTable().table, try other.rawTable().table)
    let columns = try one.columns.map { column -> ColumnValues in
      let own = try two.column(column.name).values
      guard let both = column.values.appending(own) else {
        throw LanguageError(
          "type/column", "column \(column.name.quoted) holds other values in the other part")
      }
      return both
    }
    let groups = Grouping(by: columns, rowCount: one.rowCount + two.rowCount).groups
    let known = Set(groups.prefix(one.rowCount))
    let shared = groups.dropFirst(one.rowCount).count { known.contains($0) }
    guard shared > 0 else { return [] }
    let part = "part \(number)"
    return [
      Leak(
        text: "\(shared) of \(two.rowCount) rows of \(part) stand in the training part too",
        rows: shared)
    ]
  }

  /// Columns from which the target can be read off.
  static func hiddenTargets(in data: Dataset) throws -> [Leak] {
    guard data.targetParts == nil, data.targetShape.isEmpty, data.count > 3 else { return [] }
    let targets = try data.targets().elements(as: Double.self)
    return try data.rawTable().table.columns.compactMap { column in
      let isHidden =
        isAligned(column.values, targets, isClassified: data.isClassified)
        || (data.isClassified && isPure(column.values, targets))
      return isHidden
        ? Leak(text: "column \(column.name.quoted) gives the target away", rows: data.count) : nil
    }
  }

  /// A correlation above that is no coincidence.
  private static let limit = 0.999

  private static func isAligned(
    _ values: ColumnValues, _ targets: [Double], isClassified: Bool
  ) -> Bool {
    guard let numbers = values.doubles else { return false }
    let places = numbers.indices.filter { !numbers[$0].isNaN }
    guard places.count > 3 else { return false }
    let x = places.map { numbers[$0] }
    let series =
      isClassified
      ? Set(targets).map { own in places.map { targets[$0] == own ? 1.0 : 0 } }
      : [places.map { targets[$0] }]
    return series.contains { abs(correlation(x, $0)) > limit }
  }

  private static func correlation(_ x: [Double], _ y: [Double]) -> Double {
    let count = Double(x.count)
    let (a, b) = (x.reduce(0, +) / count, y.reduce(0, +) / count)
    var (xy, xx, yy) = (0.0, 0.0, 0.0)
    for (u, v) in zip(x, y) {
      xy += (u - a) * (v - b)
      xx += (u - a) * (u - a)
      yy += (v - b) * (v - b)
    }
    return xx > 0 && yy > 0 ? xy / (xx * yy).squareRoot() : 0
  }

  /// Whether each value, most of which come up more than once, has one class only.
  private static func isPure(_ values: ColumnValues, _ targets: [Double]) -> Bool {
    let groups = Grouping(by: [values], rowCount: values.count).rows
    guard groups.count > 1, Set(targets).count > 1, 5 * groups.count <= values.count else {
      return false
    }
    return groups.allSatisfy { rows in Set(rows.map { targets[$0] }).count == 1 }
  }
}
