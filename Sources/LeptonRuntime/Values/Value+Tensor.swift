import LeptonTensor

extension Value {
  /// The tensor that a number, a truth or a rectangular list of them stands for; `nil` for all else.
  ///
  /// - Throws: `shape/ragged` for a list of numbers that is not rectangular.
  public func asTensor() throws -> Tensor? {
    switch self {
    case .tensor(let tensor): return tensor
    case .int(let int): return try Tensor([int], shape: [])
    case .float(let float): return try Tensor([Float(float)], shape: [])
    case .bool(let bool): return try Tensor([bool], shape: [])
    case .list(let elements): return try Value.tensor(of: elements)
    case .object(let object): return try object.asTensor()
    default: return nil
    }
  }

  /// The value as a tensor where it is one or a list of numbers, else as it is.
  func asTensorIfNumbers() throws -> Value {
    try asTensor().map(Value.tensor) ?? self
  }

  /// Makes a tensor of a list: of its numbers, or of its parts stacked.
  private static func tensor(of elements: [Value]) throws -> Tensor? {
    if elements.isEmpty { return try Tensor([Float](), shape: [0]) }
    var flat = FlatNumbers()
    guard flat.add(.list(elements), depth: 0) else { return try stacked(elements) }
    guard flat.isRectangular else { throw LanguageError.ragged }
    return try flat.tensor()
  }

  /// Stacks tensors, or lists with tensors in them.
  private static func stacked(_ elements: [Value]) throws -> Tensor? {
    var parts: [Tensor] = []
    for element in elements {
      guard let part = try element.asTensor() else { return nil }
      parts.append(part)
    }
    return try Tensor.stacked(parts)
  }
}

/// The numbers of a nested list, one after the other.
private struct FlatNumbers {
  var numbers: [Double] = []
  var integers: [Int] = []
  var sizes: [Int] = []
  var isRectangular = true
  var hasFloat = false
  var hasInt = false
  var hasBool = false

  /// Adds a value; false if something in it is no number.
  mutating func add(_ value: Value, depth: Int) -> Bool {
    switch value {
    case .int(let int): hasInt = true; return leaf(Double(int), int, depth)
    case .float(let float): hasFloat = true; return leaf(float, 0, depth)
    case .bool(let bool): hasBool = true; return leaf(bool ? 1 : 0, bool ? 1 : 0, depth)
    case .list(let elements):
      guard depth < Shape.rankLimit else { return false }
      if depth < sizes.count {
        if sizes[depth] != elements.count { isRectangular = false }
      } else if numbers.isEmpty {
        sizes.append(elements.count)
      } else {
        isRectangular = false
      }
      return elements.allSatisfy { add($0, depth: depth + 1) }
    default: return false
    }
  }

  private mutating func leaf(_ number: Double, _ integer: Int, _ depth: Int) -> Bool {
    if depth != sizes.count { isRectangular = false }
    numbers.append(number)
    integers.append(integer)
    return true
  }

  /// The tensor: float32 if there is a float, else int64 if there is an int, else bool.
  func tensor() throws -> Tensor {
    if hasFloat { return try Tensor(numbers.map(Float.init), shape: sizes) }
    if hasInt || !hasBool { return try Tensor(integers, shape: sizes) }
    return try Tensor(integers.map { $0 != 0 }, shape: sizes)
  }
}
