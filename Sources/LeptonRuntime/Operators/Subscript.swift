import LeptonTensor

/// What stands between two commas of an index.
public enum Subscript {
  /// `x[i]`, also a list of positions, a mask, or `nothing` for a new axis.
  case position(Value)
  /// `x[start:stop:step]`
  case slice(start: Int?, stop: Int?, step: Int?)
  /// `x[...]`
  case ellipsis
}

extension Subscript {
  /// The same, with an int for a tensor of one integer.
  var withoutTensor: Subscript {
    get throws {
      guard case .position(.tensor(let tensor)) = self, tensor.shape.rank == 0,
        tensor.elementType.isInteger
      else { return self }
      return .position(.int(try tensor.integerItem()))
    }
  }

  /// The positions that it picks among `count`: a slice, positions, a mask of as many truths.
  ///
  /// - Throws: `value/index`, `shape/mask`, `type/index`.
  public func positions(among count: Int) throws -> [Int] {
    try Indexing.positions(self, count: count)
  }

  /// The single position that it names; `nil` if it picks several.
  public var single: Int? {
    get throws { if case .position(.int(let int)) = try withoutTensor { int } else { nil } }
  }

  /// The value of a single position.
  public var value: Value? { if case .position(let value) = self { value } else { nil } }

  /// The positions that a slice picks among `count`, as Python picks them.
  static func positions(
    _ start: Int?, _ stop: Int?, _ step: Int?, count: Int
  ) throws -> [Int] {
    let step = step ?? 1
    guard step != 0 else {
      throw LanguageError("value/step", "the step of a slice must not be 0")
    }
    let low = step > 0 ? 0 : -1
    let high = step > 0 ? count : count - 1
    func bound(_ value: Int?, _ otherwise: Int) -> Int {
      guard let value else { return otherwise }
      return min(max(value < 0 ? value + count : value, low), high)
    }
    let first = bound(start, step > 0 ? low : high)
    let end = bound(stop, step > 0 ? high : low)
    let places = try IntegerRange.length(from: first, to: end, by: step)
    try [Value].checkMemory(count: places)
    return Array(stride(from: first, to: end, by: step))
  }

  /// The position from 0 that an int means among `count`.
  ///
  /// - Throws: `value/index` if there is none.
  public static func position(_ index: Int, count: Int) throws -> Int {
    let position = index < 0 ? index + count : index
    guard position >= 0, position < count else { throw LanguageError.index(index, count) }
    return position
  }
}
