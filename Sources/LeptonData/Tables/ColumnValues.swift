import LeptonTensor

/// The values of a column, all of one kind, of which some may be missing.
public enum ColumnValues: Sendable, Equatable {
  /// Whole numbers.
  case integers(Cells<Int>)
  /// Numbers.
  case numbers(Cells<Double>)
  /// Truths.
  case truths(Cells<Bool>)
  /// Texts.
  case texts(Cells<String>)

  /// How many there are.
  public var count: Int {
    switch self {
    case .integers(let cells): cells.count
    case .numbers(let cells): cells.count
    case .truths(let cells): cells.count
    case .texts(let cells): cells.count
    }
  }

  /// For each place whether its value is missing; empty if none is.
  public var gaps: [Bool] {
    switch self {
    case .integers(let cells): cells.gaps
    case .numbers(let cells): cells.gaps
    case .truths(let cells): cells.gaps
    case .texts(let cells): cells.gaps
    }
  }

  /// How many values are missing.
  public var missingCount: Int { gaps.count { $0 } }

  /// The values as doubles, `nan` for a missing one; `nil` where they are no numbers.
  public var doubles: [Double]? {
    switch self {
    case .integers(let cells): cells.map(Double.init).withNaN
    case .numbers(let cells): cells.elements
    case .truths, .texts: nil
    }
  }

  /// The values as texts; a missing one is empty.
  public var texts: [String] {
    switch self {
    case .integers(let cells): cells.values.map { $0.map { "\($0)" } ?? "" }
    case .numbers(let cells): cells.values.map { $0.map { "\($0)" } ?? "" }
    case .truths(let cells): cells.values.map { $0.map { "\($0)" } ?? "" }
    case .texts(let cells): cells.elements
    }
  }

  /// The values as a vector: `int64`, `float64` with `nan` for what is missing, or `bool`; `nil` for
  /// texts and for truths of which some are missing.
  ///
  /// - Throws: `TensorError` if memory is short.
  public func vector() throws -> Tensor? {
    switch self {
    case .integers(let cells) where cells.gaps.isEmpty:
      return try Tensor(cells.elements, shape: [count])
    case .truths(let cells) where cells.gaps.isEmpty:
      return try Tensor(cells.elements, shape: [count])
    default: return try doubles.map { try Tensor($0, shape: [count]) }
    }
  }

  /// The values at places, in that order; a negative place is a missing one.
  public func gathered(_ places: [Int]) -> ColumnValues {
    switch self {
    case .integers(let cells): .integers(cells.gathered(places))
    case .numbers(let cells): .numbers(cells.gathered(places))
    case .truths(let cells): .truths(cells.gathered(places))
    case .texts(let cells): .texts(cells.gathered(places))
    }
  }

  /// The values of a range.
  func part(_ range: Range<Int>) -> ColumnValues {
    switch self {
    case .integers(let cells): .integers(cells.part(range))
    case .numbers(let cells): .numbers(cells.part(range))
    case .truths(let cells): .truths(cells.part(range))
    case .texts(let cells): .texts(cells.part(range))
    }
  }

  /// Both columns as one kind: whole numbers become numbers beside numbers, and a column in which
  /// nothing stands becomes of any kind; `nil` if the kinds differ.
  public static func unified(
    _ one: ColumnValues, _ other: ColumnValues
  ) -> (ColumnValues, ColumnValues)? {
    switch (one, other) {
    case (.integers, .integers), (.numbers, .numbers), (.truths, .truths), (.texts, .texts):
      (one, other)
    case (.integers(let cells), .numbers): (.numbers(cells.map(Double.init)), other)
    case (.numbers, .integers(let cells)): (one, .numbers(cells.map(Double.init)))
    case (_, _) where one.isVoid: (other.gathered(Array(repeating: -1, count: one.count)), other)
    case (_, _) where other.isVoid: (one, one.gathered(Array(repeating: -1, count: other.count)))
    default: nil
    }
  }

  /// The values followed by others of the same kind; `nil` if the kinds differ.
  public func appending(_ other: ColumnValues) -> ColumnValues? {
    switch ColumnValues.unified(self, other) {
    case (.integers(let one), .integers(let other))?: .integers(one.appending(other))
    case (.numbers(let one), .numbers(let other))?: .numbers(one.appending(other))
    case (.truths(let one), .truths(let other))?: .truths(one.appending(other))
    case (.texts(let one), .texts(let other))?: .texts(one.appending(other))
    default: nil
    }
  }

  /// Whether no value stands in it.
  private var isVoid: Bool { missingCount == count }
}

extension Cells<Double> {
  /// The numbers, with `nan` for a missing one.
  fileprivate var withNaN: [Double] {
    gaps.isEmpty ? elements : elements.indices.map { gaps[$0] ? .nan : elements[$0] }
  }
}
