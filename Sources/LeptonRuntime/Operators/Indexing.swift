import LeptonTensor

/// What `x[…]` gives.
package enum Indexing {
  /// The part of a value that subscripts pick.
  package static func value(of value: Value, at subscripts: [Subscript]) throws -> Value {
    switch value {
    case .tensor(let tensor): return .tensor(try TensorIndexing.value(of: tensor, at: subscripts))
    case .object(let object):
      if let part = try object.part(at: subscripts) { return part }
      guard let first = subscripts.first, subscripts.count == 1 else {
        return try asTensor(value, at: subscripts)
      }
      return try single(value, first)
    case .list, .string, .record:
      guard let first = subscripts.first, subscripts.count == 1 else {
        return try asTensor(value, at: subscripts)
      }
      return try single(value, first)
    default: throw LanguageError.notIndexable(value)
    }
  }

  /// Several subscripts: the list must be rectangular.
  private static func asTensor(_ value: Value, at subscripts: [Subscript]) throws -> Value {
    guard let tensor = try value.asTensor() else { throw LanguageError.notIndexable(value) }
    return .tensor(try TensorIndexing.value(of: tensor, at: subscripts))
  }

  private static func single(_ value: Value, _ item: Subscript) throws -> Value {
    switch (value, try item.withoutTensor) {
    case (.record(let record), .position(.string(let name))):
      guard let field = record[name] else { throw Fields.missing(name, in: value) }
      return field
    case (.record, _): throw LanguageError.recordKey
    case (_, .ellipsis): return value
    case (.string(let text), _):
      return try string(text, item)
    case (.list(let elements), .position(.int(let index))):
      return elements[try Subscript.position(index, count: elements.count)]
    case (.object(let object), .position(.int(let index))):
      guard let count = object.count,
        let element = try object.element(at: Subscript.position(index, count: count))
      else { throw LanguageError.notIndexable(value) }
      return element
    case (.object(let range as IntegerRange), let item):
      return .list(try positions(item, count: range.length).compactMap(range.element))
    case (_, let item):
      let elements = try Iteration.elements(of: value)
      return .list(try positions(item, count: elements.count).map { elements[$0] })
    }
  }

  private static func string(_ text: String, _ item: Subscript) throws -> Value {
    let scalars = Array(text.unicodeScalars)
    var result = String.UnicodeScalarView()
    result.append(contentsOf: try positions(item, count: scalars.count).map { scalars[$0] })
    return .string(String(result))
  }

  /// The positions that a subscript picks among `count`.
  static func positions(_ item: Subscript, count: Int) throws -> [Int] {
    switch item {
    case .slice(let start, let stop, let step):
      return try Subscript.positions(start, stop, step, count: count)
    case .ellipsis: return Array(0..<count)
    case .position(.list(let none)) where none.isEmpty: return []
    case .position(let value):
      guard let tensor = try value.asTensor(), !tensor.elementType.isFloat else {
        throw LanguageError.subscriptType(value)
      }
      let numbers = try tensor.elements(as: Int.self)
      if tensor.elementType == .bool && tensor.shape.rank > 0 {
        guard numbers.count == count else { throw LanguageError.mask(numbers.count, count) }
        return numbers.indices.filter { numbers[$0] != 0 }
      }
      return try numbers.map { try Subscript.position($0, count: count) }
    }
  }

  /// The bound of a slice.
  static func bound(_ value: Value) throws -> Int? {
    switch value {
    case .nothing: return nil
    case .int(let int): return min(max(int, .min / 2), .max / 2)
    case .tensor(let tensor) where tensor.shape.count == 1 && tensor.elementType.isInteger:
      return try tensor.integerItem()
    default: throw LanguageError.bound(value)
    }
  }
}
