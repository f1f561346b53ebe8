import LeptonFiles

/// One value of its column in the place of each missing one.
public struct Imputing: Preparing, Equatable {
  /// Which value that is.
  public enum Filling: Sendable, Equatable {
    /// The mean of the numbers.
    case mean
    /// Their median.
    case median
    /// The value that comes most often, the first in order of several.
    case mostFrequent
    /// A number.
    case number(Double)
    /// A text.
    case text(String)
  }

  private let filling: Filling
  private let hasIndicator: Bool

  /// Makes it; with an indicator a further column says where values were missing.
  public init(_ filling: Filling, hasIndicator: Bool = false) {
    self.filling = filling
    self.hasIndicator = hasIndicator
  }

  /// Columns of the kind that the filling has.
  public func suits(_ values: ColumnValues) -> Bool {
    switch filling {
    case .mostFrequent: true
    case .text: values.doubles == nil && !values.isTruths
    case .mean, .median, .number: values.doubles != nil
    }
  }

  /// The value for each column, and whether it has been missing.
  public func learned(
    from columns: [DataTable.Column], targets: PreparationTargets?
  ) throws(FileError) -> [Learned] {
    try columns.map { (column) throws(FileError) in
      var learned = try value(for: column)
      if hasIndicator, column.values.isMissingSomewhere { learned.numbers.append(1) }
      return learned
    }
  }

  private func value(for column: DataTable.Column) throws(FileError) -> Learned {
    switch filling {
    case .mean: return try column.learned([column.presentNumbers().mean])
    case .median: return try column.learned([column.presentNumbers().median])
    case .number(let number):
      _ = try column.numbers()
      return Learned(numbers: [number])
    case .text(let text): return Learned(texts: [text])
    case .mostFrequent:
      guard case .texts(let cells) = column.values else {
        return Learned(numbers: [try column.presentNumbers().mostFrequent(<)])
      }
      let present = cells.values.compactMap(\.self)
      guard !present.isEmpty else {
        _ = try column.presentNumbers()
        return Learned()
      }
      return Learned(texts: [present.map(TextKey.init).mostFrequent(<).text])
    }
  }

  /// The columns without gaps.
  public func applied(
    to columns: [DataTable.Column], _ learned: [Learned]
  ) throws(FileError) -> [[DataTable.Column]] {
    var results: [[DataTable.Column]] = []
    for (column, learned) in zip(columns, learned) {
      let isNoted = hasIndicator && learned.numbers.count + learned.texts.count > 1
      results.append(
        [try filled(column, learned)] + (isNoted ? [column.missingIndicator] : []))
    }
    return results
  }

  private func filled(
    _ column: DataTable.Column, _ learned: Learned
  ) throws(FileError) -> DataTable.Column {
    switch column.values {
    case .texts(let cells):
      guard let text = learned.texts.first else {
        _ = try column.numbers()
        return column
      }
      return .init(column.name, .texts(Cells(cells.values.map { $0 ?? text })))
    case .truths(let cells):
      guard let number = learned.numbers.first else { return column }
      return .init(column.name, .truths(Cells(cells.values.map { $0 ?? (number >= 0.5) })))
    case .integers(let cells) where cells.gaps.isEmpty: return column
    default:
      guard let number = learned.numbers.first else {
        return .init(column.name, .texts(Cells(column.values.texts)))
      }
      let numbers = try column.numbers().map { $0.isNaN ? number : $0 }
      return column.with(numbers: numbers)
    }
  }
}

extension ColumnValues {
  /// Whether it holds truths.
  var isTruths: Bool { if case .truths = self { true } else { false } }

  /// Whether a value is missing or no number.
  var isMissingSomewhere: Bool { missingCount > 0 || (doubles?.contains(where: \.isNaN) ?? false) }
}

extension DataTable.Column {
  /// A column of 1 where a value of this one is missing, else 0: `age is missing`.
  var missingIndicator: DataTable.Column {
    let gaps =
      values.doubles?.map(\.isNaN)
      ?? (values.gaps.isEmpty ? Array(repeating: false, count: values.count) : values.gaps)
    return .init("\(name) is missing", .integers(Cells(gaps.map { $0 ? 1 : 0 })))
  }
}

extension Array where Element: Hashable {
  /// The element that comes most often, the first in order of several.
  func mostFrequent(_ precedes: (Element, Element) -> Bool) -> Element {
    let counts = reduce(into: [Element: Int]()) { $0[$1, default: 0] += 1 }
    let most = counts.values.max() ?? 0
    let candidates = counts.filter { $0.value == most }.map(\.key)
    return candidates.min(by: precedes) ?? self[0]
  }
}
