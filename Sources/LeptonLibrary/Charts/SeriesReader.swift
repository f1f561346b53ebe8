import LeptonLearning
import LeptonRuntime
import LeptonSession
import LeptonTensor

/// Takes numbers for charts out of whatever a program keeps them in.
struct SeriesReader {
  private let context: Context

  init(_ context: Context) { self.context = context }

  /// Named rows of numbers: those of a record or of a table, the columns of a matrix, or one without a
  /// name.
  ///
  /// - Parameter x: Where functions are to be computed; nothing where no functions are taken.
  func series(_ value: Value, at x: [Double]? = nil) throws -> [(name: String, values: [Double])] {
    switch value {
    case .record(let record):
      return try zip(record.names, record.values).map { ($0, try numbers($1, at: x)) }
    case .object(let table as TableObject):
      return table.data.columns.compactMap { column in
        column.values.doubles.map { (column.name, $0) }
      }
    default: break
    }
    guard case .tensor(let tensor)? = try? Tensor.bridging(value, as: .float64).value,
      tensor.shape.rank == 2
    else { return [("", try numbers(value, at: x))] }
    let sizes = tensor.shape.sizes
    let all = try tensor.elements(as: Double.self)
    return (0..<sizes[1]).map { column in
      ("\(column)", (0..<sizes[0]).map { all[$0 * sizes[1] + column] })
    }
  }

  /// One row of numbers; `nothing` among them is a gap.
  func numbers(_ value: Value, at x: [Double]? = nil) throws -> [Double] {
    if let x, value.callable != nil {
      let places = Value.tensor(try Tensor(x, shape: [x.count], type: .float64))
      return try numbers(context.call(value, places))
    }
    if case .list(let elements) = value, elements.contains(where: \.isNothing) {
      return try elements.map { $0.isNothing ? .nan : try Double.bridging($0) }
    }
    let tensor = try Tensor.bridging(value, as: .float64)
    guard tensor.shape.rank <= 1 else {
      throw LanguageError(
        "shape/chart", "a series is one row of numbers, and this has shape \(tensor.shape)",
        help: ["`reshape(x, [-1])` makes one row of it"])
    }
    return try tensor.elements(as: Double.self)
  }

  /// Names among the arguments of a word: texts as they are, other values as they print.
  func names(_ value: Value) throws -> [String] {
    if case .nothing = value { return [] }
    if case .tensor(let tensor) = value, tensor.shape.rank == 1 {
      return try tensor.elements(as: Double.self).map { Value.float($0).name }
    }
    return SeriesReader.names(of: try Elements.bridging(value).list)
  }

  /// Values as names: texts as they are, others as they print.
  static func names(of values: [Value]) -> [String] { values.map(\.name) }
}

extension Value {
  /// The value as a name: a text without quotes, a whole number without a point.
  fileprivate var name: String {
    switch self {
    case .string(let text): text
    case .float(let number): Int(exactly: number).map { "\($0)" } ?? source
    case .tensor(let tensor) where tensor.shape.rank == 0:
      (try? tensor.item()).map { Value.float($0).name } ?? source
    default: source
    }
  }
}
