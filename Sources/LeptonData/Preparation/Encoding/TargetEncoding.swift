import LeptonFiles

/// The mean of the targets of each category, drawn towards the mean of all where a category is rare
/// (Micci-Barreca 2001), as scikit-learn's `TargetEncoder`.
///
/// Rows that are trained on get the means of other rows, five parts in turn: else each would be told its own target.
public struct TargetEncoding: Preparing, Equatable {
  private let smoothing: Double?
  private static let parts = 5

  /// Makes it; without a smoothing the variances decide.
  public init(smoothing: Double? = nil) { self.smoothing = smoothing }

  /// A number for all and one for each category, for each target.
  public func accepts(_ learned: [Learned]) -> Bool {
    learned.allSatisfy { $0.numbers.count.isMultiple(of: $0.texts.count + 1) }
  }

  /// Texts.
  public func suits(_ values: ColumnValues) -> Bool {
    if case .texts = values { true } else { false }
  }

  /// The categories, and for each target the mean of all and those of the categories.
  ///
  /// - Throws: `FileError` with code `data/targets` if there are no targets.
  public func learned(
    from columns: [DataTable.Column], targets: PreparationTargets?
  ) throws(FileError) -> [Learned] {
    guard let targets else { throw TargetEncoding.noTargets }
    let all = Array(targets.numbers.indices)
    return columns.map { learned(from: $0.encodable, targets.series, rows: all) }
  }

  private static let noTargets = FileError(
    code: "data/targets", message: "target_encode learns from targets, and there are none",
    help: ["train on dataset(table, \"target\"), or fit with one: fitted(step, data)"])

  private func learned(
    from categories: [String], _ series: [[Double]], rows: [Int]
  ) -> Learned {
    let different = rows.map { categories[$0] }.distinct
    let places = CategoryPlaces(different)
    var groups = [[Int]](repeating: [], count: different.count)
    for row in rows { groups[places[categories[row]] ?? 0].append(row) }
    let numbers = series.flatMap { targets in
      let all = rows.map { targets[$0] }
      let mean = all.mean
      let variance = all.variance(around: mean)
      return [mean] + groups.map { encoding(of: $0.map { targets[$0] }, mean, variance) }
    }
    return Learned(numbers: numbers, texts: different)
  }

  private func encoding(of targets: [Double], _ mean: Double, _ variance: Double) -> Double {
    let own = targets.mean
    if let smoothing {
      return (targets.reduce(0, +) + smoothing * mean) / (Double(targets.count) + smoothing)
    }
    guard variance > 0 else { return mean }
    let within = targets.variance(around: own)
    let share = variance * Double(targets.count) / (variance * Double(targets.count) + within)
    return share * own + (1 - share) * mean
  }

  /// The means of the categories; that of all for one that was not there.
  public func applied(
    to columns: [DataTable.Column], _ learned: [Learned]
  ) throws(FileError) -> [[DataTable.Column]] {
    zip(columns, learned).map { column, learned in
      let places = CategoryPlaces(learned.texts)
      let codes = column.encodable.map { (places[$0] ?? -1) + 1 }
      let width = learned.texts.count + 1
      let count = learned.numbers.count / width
      return (0..<count).map { target in
        .init(
          count == 1 ? column.name : "\(column.name) \(target)",
          .numbers(Cells(codes.map { learned.numbers[target * width + $0] })))
      }
    }
  }

  /// The means of the categories in the other parts of the rows.
  public func applied(
    toTraining columns: [DataTable.Column], _ learned: [Learned], targets: PreparationTargets?
  ) throws(FileError) -> [[DataTable.Column]] {
    guard let targets, targets.numbers.count >= 2 * Self.parts else {
      return try applied(to: columns, learned)
    }
    let series = targets.series
    var results: [[DataTable.Column]] = []
    for column in columns {
      let categories = column.encodable
      let folds = (0..<Self.parts).map { part in
        self.learned(
          from: categories, series, rows: categories.indices.filter { $0 % Self.parts != part })
      }
      let encoded = try folds.map { (fold) throws(FileError) in
        try applied(to: [column], [fold])[0]
      }
      results.append(
        encoded[0].indices.map { place in
          let parts = encoded.map { $0[place].values.doubles ?? [] }
          return .init(
            encoded[0][place].name,
            .numbers(Cells(categories.indices.map { parts[$0 % Self.parts][$0] })))
        })
    }
    return results
  }
}

extension DataTable.Column {
  /// The categories, in which what is missing is one of its own.
  fileprivate var encodable: [String] { categories.map { $0 ?? "" } }
}

extension PreparationTargets {
  /// The numbers; of more than two classes for each whether it is that one.
  fileprivate var series: [[Double]] {
    guard let classes, classes.count > 2 else { return [numbers] }
    return classes.indices.map { own in numbers.map { $0 == Double(own) ? 1 : 0 } }
  }
}
