import LeptonFiles
import LeptonTensor

/// Named columns of equal length.
public struct DataTable: Sendable, Hashable {
  /// The columns, in order.
  public let columns: [Column]
  /// How many rows there are.
  public let rowCount: Int

  /// Makes a table; its columns must be equally long and have different names.
  ///
  /// - Throws: `FileError` with code `data/columns`.
  public init(_ columns: [Column]) throws(FileError) {
    rowCount = columns.first?.values.count ?? 0
    var names: Set<String> = []
    for column in columns {
      guard names.insert(column.name).inserted else {
        throw FileError(
          code: "data/columns", message: "two columns are called \(column.name.quoted)",
          help: ["give every column a name of its own"])
      }
      guard column.values.count == rowCount else {
        throw FileError(
          code: "data/columns",
          message: "column \(column.name.quoted) has \(column.values.count) rows, not \(rowCount)")
      }
    }
    self.columns = columns
  }

  /// A column: its name and its values.
  public struct Column: Sendable, Hashable {
    /// Its name.
    public let name: String
    /// Its values, one for each row.
    public let values: Values

    /// Makes a column.
    public init(_ name: String, _ values: Values) {
      self.name = name
      self.values = values
    }
  }

  /// The values of a column, all of one kind.
  public enum Values: Sendable, Hashable {
    /// Whole numbers, none missing.
    case integers([Int])
    /// Numbers; a missing one is `nan`.
    case numbers([Double])
    /// Texts; a missing one is empty.
    case texts([String])

    /// How many there are.
    public var count: Int {
      switch self {
      case .integers(let values): values.count
      case .numbers(let values): values.count
      case .texts(let values): values.count
      }
    }

    /// The values as doubles, where they are numbers.
    public var doubles: [Double]? {
      switch self {
      case .integers(let values): values.map(Double.init)
      case .numbers(let values): values
      case .texts: nil
      }
    }

    /// The values as texts.
    public var texts: [String] {
      switch self {
      case .integers(let values): values.map { "\($0)" }
      case .numbers(let values): values.map { "\($0)" }
      case .texts(let values): values
      }
    }
  }
}

extension DataTable {
  /// The names of the columns, in order.
  public var names: [String] { columns.map(\.name) }

  /// The column of a name.
  ///
  /// - Throws: `FileError` with code `data/column` that lists the names there are.
  public func column(_ name: String) throws(FileError) -> Column {
    guard let column = columns.first(where: { $0.name == name }) else {
      throw FileError(
        code: "data/column", message: "there is no column \(name.quoted)",
        help: ["the columns are " + names.map(\.quoted).joined(separator: ", ")])
    }
    return column
  }

  /// Numeric columns side by side as a matrix `[rows, columns]`; all columns if none are named.
  ///
  /// - Throws: `FileError` with code `data/column` if one is missing or holds texts; `TensorError`
  ///   if memory is short.
  public func tensor(
    _ names: [String]? = nil, type: ElementType = .float32
  ) throws -> Tensor {
    let chosen = try (names ?? self.names).map { name throws in
      guard let doubles = try column(name).values.doubles else {
        throw FileError(
          code: "data/column", message: "column \(name.quoted) holds texts, not numbers",
          help: ["choose numeric columns, or turn the texts into classes first"])
      }
      return doubles
    }
    let elements = (0..<rowCount).lazy.flatMap { row in chosen.lazy.map { $0[row] } }
    let shape = [rowCount, chosen.count]
    if type == .float32 { return try Tensor(elements.map(Float.init), shape: shape) }
    return try Tensor(Array(elements), shape: shape, type: type)
  }
}
