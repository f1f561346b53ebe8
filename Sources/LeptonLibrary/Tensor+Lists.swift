import LeptonRuntime
import LeptonTensor

// Rectangular lists of numbers as tensors, and back.

extension Tensor {
  /// Reads a tensor, a number, a truth, or a rectangular list of these; `nil` if it is none.
  ///
  /// Whole numbers give `int64`, numbers among which one has a fraction `float32`, truths `bool`.
  ///
  /// - Throws: `shape/ragged` if the rows of a list of lists differ in length.
  init?(reading value: Value) throws {
    switch value {
    case .tensor(let tensor): self = tensor
    case .bool(let bool): try self.init([bool], shape: [])
    case .int(let int): try self.init([int], shape: [])
    case .float(let float): try self.init(scalar: float)
    case .list(let elements):
      if let numbers = try NumberList(elements) {
        self = try numbers.tensor(nil)
      } else {
        guard let rows = try Tensor.rows(elements) else { return nil }
        self = try Tensor.stacked(rows)
      }
    default: return nil
    }
  }

  /// Reads a tensor as elements of a type, without a loss of digits on the way.
  init?(reading value: Value, as type: ElementType) throws {
    switch value {
    case .float(let float): try self.init(scalar: float, type)
    case .list(let elements):
      guard let numbers = try NumberList(elements) else { fallthrough }
      self = try numbers.tensor(type)
    default:
      guard let tensor = try Tensor(reading: value) else { return nil }
      self = try tensor.cast(to: type)
    }
  }

  /// The tensors of a list in which some elements are tensors; numbers beside them are weak.
  private static func rows(_ elements: [Value]) throws -> [Tensor]? {
    var rows: [Tensor] = []
    for element in elements {
      guard let row = try Tensor(reading: element) else { return nil }
      rows.append(row)
    }
    let strong = zip(elements, rows).compactMap { element, row -> ElementType? in
      switch element {
      case .int, .float, .bool: nil
      default: row.elementType
      }
    }
    guard let first = strong.first else { return rows }
    let type = strong.dropFirst().reduce(first) { $0.promoted(with: $1) }
    return try zip(elements, rows).map { element, row in
      switch element {
      case .int(let int): try int.tensor(beside: type)
      case .float(let float): try float.tensor(beside: type)
      case .bool(let bool): try bool.tensor(beside: type)
      default: row
      }
    }
  }

  /// The elements as numbers in nested lists; a tensor without axes is one number.
  func nested() throws -> Value {
    var numbers = try scalars()[...]
    return Tensor.nested(shape.sizes[...], &numbers)
  }

  private static func nested(_ sizes: ArraySlice<Int>, _ numbers: inout ArraySlice<Value>) -> Value
  {
    guard let size = sizes.first else { return numbers.popFirst() ?? .nothing }
    return .list((0..<size).map { _ in nested(sizes.dropFirst(), &numbers) })
  }

  /// The elements in row-major order as numbers of the language.
  func scalars() throws -> [Value] {
    switch elementType {
    case .float32: try elements(as: Float.self).map { .float(Double($0)) }
    case .float64: try elements(as: Double.self).map(Value.float)
    case .bool: try elements(as: Int.self).map { .bool($0 != 0) }
    default: try elements(as: Int.self).map(Value.int)
    }
  }
}

/// The numbers of a rectangular list, laid out flat.
private struct NumberList {
  private var ints: [Int] = []
  private var floats: [Double] = []
  private var sizes: [Int] = []
  private var hasFraction = false
  private var hasInt = false

  /// Reads a list; `nil` if something in it is neither a number nor a list of numbers.
  init?(_ elements: [Value]) throws {
    var first: Value? = .list(elements)
    while case .list(let row)? = first {
      sizes.append(row.count)
      first = row.first
    }
    guard try append(elements, depth: 0) else { return nil }
  }

  /// Adds the elements of a list; false if one of them is no number.
  private mutating func append(_ elements: [Value], depth: Int) throws -> Bool {
    guard elements.count == sizes[depth] else { throw NumberList.ragged(elements, sizes[depth]) }
    for element in elements {
      switch element {
      case .list(let row):
        guard depth + 1 < sizes.count else { throw NumberList.ragged(row, nil) }
        guard try append(row, depth: depth + 1) else { return false }
        continue
      case .int(let int): append(int, Double(int), isInt: true)
      case .bool(let bool): append(bool ? 1 : 0, bool ? 1 : 0, isInt: false)
      case .float(let float):
        hasFraction = true
        append(0, float, isInt: true)
      default: return false
      }
      guard depth == sizes.count - 1 else { throw NumberList.ragged([element], nil) }
    }
    return true
  }

  private mutating func append(_ int: Int, _ float: Double, isInt: Bool) {
    hasInt = hasInt || isInt
    ints.append(int)
    floats.append(float)
  }

  private static func ragged(_ row: [Value], _ expected: Int?) -> LanguageError {
    LanguageError(
      "shape/ragged",
      expected.map { "one row has \(row.count) elements where another has \($0)" }
        ?? "numbers stand beside lists of numbers",
      help: ["all rows of a tensor have the same length"])
  }

  /// The tensor of the numbers, by default of their own type; an empty list gives `float32`.
  func tensor(_ type: ElementType?) throws -> Tensor {
    if hasFraction || ints.isEmpty {
      return try Tensor(floats, shape: sizes, type: type ?? .float32)
    }
    return try Tensor(ints, shape: sizes, type: type ?? (hasInt ? .int64 : .bool))
  }
}
