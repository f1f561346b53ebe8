import LeptonFiles

extension DataTable.Column {
  /// The values as categories; nothing where one is missing.
  ///
  /// Whole numbers and truths are categories too.
  var categories: [String?] {
    switch values {
    case .integers(let cells): cells.values.map { $0.map { "\($0)" } }
    case .numbers(let cells):
      cells.values.map { number in
        number.flatMap { $0.isNaN ? nil : Int(exactly: $0).map { "\($0)" } ?? "\($0)" }
      }
    case .truths(let cells): cells.values.map { $0.map { "\($0)" } }
    case .texts(let cells): cells.values
    }
  }

  /// The different categories in order: numbers by their size, texts by their code points.
  var distinctCategories: [String] {
    let different = categories.compactMap(\.self).distinct
    guard values.doubles != nil else { return different }
    return different.sorted { (Double($0) ?? 0) < (Double($1) ?? 0) }
  }
}

extension ColumnValues {
  /// Whether it holds texts or truths, which are taken for categories unless something else is said.
  var isCategorical: Bool { doubles == nil }
}

/// Where categories stand in a list.
struct CategoryPlaces {
  private let places: [TextKey: Int]

  /// Numbers the categories of a list.
  init(_ categories: [String]) {
    places = Dictionary(zip(categories.map(TextKey.init), 0...)) { first, _ in first }
  }

  /// The place of a category; nothing if it is none of the list.
  subscript(category: String?) -> Int? { category.flatMap { places[TextKey($0)] } }
}

extension [TextKey: Int] {
  /// Of texts in order those that come up most often, at most so many, in their order; the earlier of equal ones.
  func mostFrequent(_ limit: Int, among texts: [String]) -> [String] {
    guard texts.count > limit else { return texts }
    let counts = texts.map { self[TextKey($0)] ?? 0 }
    return texts.indices.sorted { (counts[$1], $0) < (counts[$0], $1) }
      .prefix(limit).sorted().map { texts[$0] }
  }
}

/// A column for each category, with 1 where it stands; a category that was not there gives zeros.
public struct OneHotEncoding: Preparing, Equatable {
  private let dropsFirst: Bool
  private let limit: Int?

  /// Makes it; `limit` says how many categories get a column of their own, the most frequent ones, at the
  /// most: the others share one.
  public init(dropsFirst: Bool = false, limit: Int? = nil) {
    self.dropsFirst = dropsFirst
    self.limit = limit
  }

  /// Texts and truths.
  public func suits(_ values: ColumnValues) -> Bool { values.isCategorical }

  /// The categories in order; then a number for whether some are missing, one for whether some are rare.
  public func learned(
    from columns: [DataTable.Column], targets: PreparationTargets?
  ) throws(FileError) -> [Learned] {
    columns.map { column in
      let categories = column.categories
      var kept = column.distinctCategories
      let all = kept.count
      if let limit, all > limit {
        kept = categories.compactMap(\.self).totals.mostFrequent(limit, among: kept)
      }
      let isMissing = categories.contains { $0 == nil }
      return Learned(numbers: [isMissing ? 1 : 0, kept.count < all ? 1 : 0], texts: kept)
    }
  }

  /// The columns `city=Paris`, `city=London`, and `city is missing`, `city is rare` where those were.
  public func applied(
    to columns: [DataTable.Column], _ learned: [Learned]
  ) throws(FileError) -> [[DataTable.Column]] {
    try zip(columns, learned).map { (column, learned) throws(FileError) in
      try column.checkRoom(for: learned.texts.count)
      let places = CategoryPlaces(learned.texts)
      let categories = column.categories
      let codes = categories.map { places[$0] ?? -1 }
      var result = learned.texts.enumerated().map { place, category in
        DataTable.Column(
          "\(column.name)=\(category)", .integers(Cells(codes.map { $0 == place ? 1 : 0 })))
      }
      if learned.numbers.last == 1 {
        let isRare = zip(categories, codes).map { $0 != nil && $1 < 0 ? 1 : 0 }
        result.append(.init("\(column.name) is rare", .integers(Cells(isRare))))
      }
      if learned.numbers.first == 1 {
        let isMissing = categories.map { $0 == nil ? 1 : 0 }
        result.append(.init("\(column.name) is missing", .integers(Cells(isMissing))))
      }
      return dropsFirst ? Array(result.dropFirst()) : result
    }
  }
}

/// The place of each category in their order; −1 for one that was not there, missing stays missing.
public struct OrdinalEncoding: Preparing, Equatable {
  private let order: [String]?

  /// Makes it; `order` gives the categories, by default they are ordered by themselves.
  public init(order: [String]? = nil) { self.order = order }

  /// Texts and truths.
  public func suits(_ values: ColumnValues) -> Bool { values.isCategorical }

  /// The categories.
  public func learned(
    from columns: [DataTable.Column], targets: PreparationTargets?
  ) throws(FileError) -> [Learned] {
    columns.map { Learned(texts: order ?? $0.distinctCategories) }
  }

  /// The places.
  public func applied(
    to columns: [DataTable.Column], _ learned: [Learned]
  ) throws(FileError) -> [[DataTable.Column]] {
    zip(columns, learned).map { column, learned in
      let places = CategoryPlaces(learned.texts)
      let codes = column.categories.map { $0 == nil ? nil : places[$0] ?? -1 }
      return [.init(column.name, .integers(Cells(codes)))]
    }
  }
}
