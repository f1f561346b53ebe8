import LeptonData
import LeptonRuntime
import LeptonTensor

// Columns of values of the language, and back.

extension ColumnValues {
  /// The value at a place; `nothing` where it is missing.
  func value(at place: Int) -> Value {
    switch self {
    case .integers(let cells): cells[place].map(Value.int) ?? .nothing
    case .numbers(let cells): cells[place].map(Value.float) ?? .nothing
    case .truths(let cells): cells[place].map(Value.bool) ?? .nothing
    case .texts(let cells): cells[place].map(Value.string) ?? .nothing
    }
  }

  /// All values as a list.
  var list: [Value] { (0..<count).map(value(at:)) }

  /// What a program gets: a vector of numbers or truths, else a column.
  var field: Value {
    get throws { try vector().map(Value.tensor) ?? .object(ColumnObject(self)) }
  }

  /// What messages call the kind of its values.
  var kind: String {
    switch self {
    case .integers: "int"
    case .numbers: "float"
    case .truths: "bool"
    case .texts: "text"
    }
  }

  /// Takes the values of a column: a list, a vector, a column, a range.
  ///
  /// - Throws: `type/column` if they are of several kinds, or of one that no column holds.
  init(_ value: Value, name: String) throws {
    switch value {
    case .list(let values): self = try ColumnReader(values, name: name).column
    case .tensor(let tensor): self = try ColumnValues(tensor, name: name)
    case .object(let column as ColumnObject): self = column.values
    case .object(let range as IntegerRange):
      try [Value].checkMemory(count: range.length)
      self = .integers(Cells(Array(range.integers)))
    default:
      throw LanguageError(
        "type/column", "column \(name.quoted) is \(value.typeDescription)",
        help: ["a column is a list, a tensor with one axis, or a column of another table"])
    }
  }

  private init(_ tensor: Tensor, name: String) throws {
    guard tensor.shape.rank == 1 else {
      throw LanguageError(
        "shape/column", "column \(name.quoted) is a tensor of shape \(tensor.shape.sizes)",
        help: ["a column has one axis"])
    }
    switch tensor.elementType {
    case .bool: self = .truths(Cells(try tensor.elements(as: Int.self).map { $0 != 0 }))
    case .float32, .float64: self = .numbers(Cells(try tensor.elements(as: Double.self)))
    default: self = .integers(Cells(try tensor.elements(as: Int.self)))
    }
  }
}

/// Finds out of which kind the values of a list are.
private struct ColumnReader {
  let values: [Value]
  let name: String

  /// Tensors of one element count as numbers.
  init(_ values: [Value], name: String) throws {
    self.name = name
    self.values = try values.map { value in
      guard case .tensor(let tensor) = value, tensor.shape.rank == 0 else { return value }
      return try tensor.scalars()[0]
    }
  }

  var column: ColumnValues {
    get throws {
      let kinds = Set(try values.indices.compactMap(kind))
      if kinds == ["int"] { return .integers(Cells(values.map(\.asInt))) }
      if kinds == ["bool"] { return .truths(Cells(values.map(\.asBool))) }
      if kinds == ["string"] { return .texts(Cells(values.map(\.asText))) }
      if kinds.isSubset(of: ["int", "float"]) { return .numbers(Cells(values.map(\.asNumber))) }
      throw try mixture()
    }
  }

  /// The kind of the value at a place; `nil` for `nothing`.
  private func kind(at place: Int) throws -> String? {
    switch values[place] {
    case .nothing: return nil
    case .bool, .int, .float, .string: return values[place].typeName
    default:
      throw LanguageError(
        "type/column",
        "column \(name.quoted) holds \(values[place].typeDescription) in row \(place)",
        help: ["a column holds numbers, truths or texts; `str(x)` makes a text"])
    }
  }

  /// Names the first two values that do not go together.
  private func mixture() throws -> LanguageError {
    var first: (kind: String, place: Int)?
    for place in values.indices {
      guard let kind = try kind(at: place) else { continue }
      let isNumber = kind == "int" || kind == "float"
      guard let seen = first else {
        first = (isNumber ? "number" : kind, place)
        continue
      }
      if seen.kind != (isNumber ? "number" : kind) {
        return LanguageError(
          "type/column",
          "column \(name.quoted) holds \(values[seen.place].typeDescription) in row \(seen.place) "
            + "and \(values[place].typeDescription) in row \(place)",
          help: ["all values of a column are of one type; `nothing` stands for a missing one"])
      }
    }
    return LanguageError("type/column", "column \(name.quoted) holds values of several types")
  }
}

extension Value {
  fileprivate var asInt: Int? { if case .int(let int) = self { int } else { nil } }
  fileprivate var asBool: Bool? { if case .bool(let bool) = self { bool } else { nil } }
  fileprivate var asText: String? { if case .string(let text) = self { text } else { nil } }
  fileprivate var asNumber: Double? {
    switch self {
    case .int(let int): Double(int)
    case .float(let float): float
    default: nil
    }
  }
}
