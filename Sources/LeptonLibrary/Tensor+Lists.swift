import LeptonRuntime
import LeptonTensor

// Tensors of lists in a given element type, and lists of tensors.

extension Tensor {
  /// Reads a tensor, a number, or a rectangular list of numbers as elements of a type.
  ///
  /// `nil` keeps their own type. Fractions lose no digits on the way.
  static func bridging(_ value: Value, as type: ElementType?) throws -> Tensor {
    if case .object(let table as TableObject) = value, let type {
      return try table.tensor(type: type)
    }
    let tensor = try bridging(value)
    guard type == .float64, tensor.elementType == .float32, let numbers = value.fractions else {
      return try type.map(tensor.cast) ?? tensor
    }
    return try Tensor(numbers, shape: tensor.shape.sizes)
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
    case .float32, .float64: try elements(as: Double.self).map(Value.float)
    case .bool: try elements(as: Int.self).map { .bool($0 != 0) }
    default: try elements(as: Int.self).map(Value.int)
    }
  }
}

extension Value {
  /// The numbers of a number or of nested lists, in order; `nil` if anything else stands there.
  fileprivate var fractions: [Double]? {
    switch self {
    case .bool(let bool): return [bool ? 1 : 0]
    case .int(let int): return [Double(int)]
    case .float(let float): return [float]
    case .list(let elements):
      var numbers: [Double] = []
      for element in elements {
        guard let more = element.fractions else { return nil }
        numbers += more
      }
      return numbers
    default: return nil
    }
  }
}
