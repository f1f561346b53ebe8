import LeptonFiles
import LeptonTensor

/// A way to prepare columns, which learns from some rows what it then does to any.
///
/// What is learned is kept apart from the way: numbers and texts, so that it can stand in a file.
public protocol Preparing: Sendable {
  /// Whether it takes a column of which no name is given.
  func suits(_ values: ColumnValues) -> Bool

  /// What it learns from columns; one for each.
  ///
  /// - Throws: `FileError` with code `data/column` if a column is of the wrong kind.
  func learned(
    from columns: [DataTable.Column], targets: PreparationTargets?
  ) throws(FileError) -> [Learned]

  /// What becomes of columns; for each of them none, one or several.
  func applied(
    to columns: [DataTable.Column], _ learned: [Learned]
  ) throws(FileError) -> [[DataTable.Column]]

  /// Whether what stands in a file may have been learned from columns.
  func accepts(_ learned: [Learned]) -> Bool

  /// What becomes of the very columns that were learned from.
  func applied(
    toTraining columns: [DataTable.Column], _ learned: [Learned], targets: PreparationTargets?
  ) throws(FileError) -> [[DataTable.Column]]
}

extension Preparing {
  /// Nothing, for a step that only looks at what it is given.
  public func learned(
    from columns: [DataTable.Column], targets: PreparationTargets?
  ) throws(FileError) -> [Learned] {
    columns.map { _ in Learned() }
  }

  /// Whatever it is.
  public func accepts(_ learned: [Learned]) -> Bool { true }

  /// The same as becomes of any other columns.
  public func applied(
    toTraining columns: [DataTable.Column], _ learned: [Learned], targets: PreparationTargets?
  ) throws(FileError) -> [[DataTable.Column]] {
    try applied(to: columns, learned)
  }
}

/// What a preparation learned from a column.
public struct Learned: Sendable, Equatable {
  /// Numbers, such as mean and deviation.
  public var numbers: [Double]
  /// Texts, such as categories.
  public var texts: [String]

  /// Notes what was learned.
  public init(numbers: [Double] = [], texts: [String] = []) {
    self.numbers = numbers
    self.texts = texts
  }
}

/// The targets of the rows that a preparation learns from.
public struct PreparationTargets: Sendable {
  /// A number for each row: the class, or what is to be predicted.
  public let numbers: [Double]
  /// The names of the classes, or nothing where numbers are predicted.
  public let classes: [String]?

  /// Makes targets.
  public init(_ numbers: [Double], classes: [String]? = nil) {
    self.numbers = numbers
    self.classes = classes
  }
}

/// A preparation of numbers, each column by itself.
public protocol NumberPreparing: Preparing {
  /// How many numbers it learns; nothing if that depends.
  var learnedCount: Int? { get }
  /// What it learns from the numbers of a column that are not missing.
  func learned(from numbers: [Double]) -> [Double]
  /// What becomes of a number; `nan` stays.
  func applied(to number: Double, _ learned: [Double]) -> Double
  /// Refuses numbers that it cannot prepare.
  func check(_ numbers: [Double], of column: String) throws(FileError)
}

extension NumberPreparing {
  /// Columns of numbers.
  public func suits(_ values: ColumnValues) -> Bool { values.doubles != nil }
  /// As many numbers as it learns.
  public func accepts(_ learned: [Learned]) -> Bool {
    learnedCount.map { count in learned.allSatisfy { $0.numbers.count == count } } ?? true
  }
  /// Any numbers will do.
  public func check(_ numbers: [Double], of column: String) throws(FileError) {}

  /// What it learns from each column.
  public func learned(
    from columns: [DataTable.Column], targets: PreparationTargets?
  ) throws(FileError) -> [Learned] {
    try columns.map { (column) throws(FileError) in
      let numbers = try column.presentNumbers()
      try check(numbers, of: column.name)
      return try column.learned(learned(from: numbers))
    }
  }

  /// What becomes of each number.
  public func applied(
    to columns: [DataTable.Column], _ learned: [Learned]
  ) throws(FileError) -> [[DataTable.Column]] {
    var results: [[DataTable.Column]] = []
    for (column, learned) in zip(columns, learned) {
      let numbers = try column.numbers().map { applied(to: $0, learned.numbers) }
      results.append([column.with(numbers: numbers)])
    }
    return results
  }
}

extension DataTable.Column {
  /// The numbers of the column, `nan` for what is missing; truths are 0 and 1.
  ///
  /// - Throws: `FileError` with code `data/column` if it holds texts.
  func numbers() throws(FileError) -> [Double] {
    if case .truths(let cells) = values {
      return cells.values.map { $0.map { $0 ? 1 : 0 } ?? .nan }
    }
    guard let doubles = values.doubles else {
      guard values.missingCount < values.count else {
        return Array(repeating: .nan, count: values.count)
      }
      throw FileError(
        code: "data/column", message: "column \(name.quoted) holds texts, not numbers",
        help: ["encode it first: one_hot_encode(\(name.literal))"])
    }
    return doubles
  }

  /// The numbers that are there.
  ///
  /// - Throws: `FileError` with code `data/column` if it holds texts, or no number at all.
  func presentNumbers() throws(FileError) -> [Double] {
    let present = try numbers().filter { !$0.isNaN }
    guard !present.isEmpty else {
      throw FileError(
        code: "data/column", message: "no value stands in column \(name.quoted)",
        help: ["leave it out: without(table, \(name.literal))"])
    }
    return present
  }

  /// Numbers that were learned from the column.
  ///
  /// - Throws: `FileError` with code `data/column` if one is infinite or none.
  func learned(_ numbers: [Double]) throws(FileError) -> Learned {
    guard numbers.allSatisfy(\.isFinite) else {
      let isInfinite = values.doubles?.contains(where: \.isInfinite) ?? false
      throw FileError(
        code: "data/column",
        message: "nothing can be learned from column \(name.quoted), which holds "
          + (isInfinite ? "inf" : "numbers too large to compute with"),
        help: ["leave those rows out: t[abs(t[\(name.literal)]) < 1e100]"])
    }
    return Learned(numbers: numbers)
  }

  /// Refuses to make so many columns of this one where there is no memory for them.
  ///
  /// - Throws: `FileError` with code `memory/limit`.
  func checkRoom(for count: Int) throws(FileError) {
    // The numbers themselves, and once more on their way into a matrix.
    guard let bytes = product(of: [count, values.count, 16]), SystemMemory.has(bytes) else {
      throw FileError(
        code: "memory/limit",
        message: "column \(name.quoted) would become \(count) columns of \(values.count) rows, "
          + "for which there is no memory",
        help: [
          "keep the most frequent ones only: limit=1000",
          "or let them share columns: hash_encode(…)",
        ])
    }
  }

  /// The column with other numbers, of which `nan` stands for what is missing.
  func with(numbers: [Double]) -> DataTable.Column {
    DataTable.Column(name, .numbers(Cells(numbers, gaps: numbers.map(\.isNaN))))
  }
}
