import LeptonData
import LeptonRuntime
import LeptonTensor

/// A column that is no tensor: texts, or truths of which some are missing.
///
/// It is gone through and indexed like a list, and compared element by element like a tensor.
final class ColumnObject: ListLike, Bridged {
  let values: ColumnValues

  init(_ values: ColumnValues) { self.values = values }

  static var typeName: String { "column" }
  var source: String { "column(\(Value.list(elements).source))" }
  var display: String { "column(\(Value.list(elements).display))" }
  var count: Int? { values.count }
  var elements: [Value] { values.list }

  func element(at position: Int) throws -> Value? {
    position < values.count ? values.value(at: position) : nil
  }

  func part(at subscripts: [Subscript]) throws -> Value? {
    guard subscripts.count == 1, try subscripts[0].single == nil else { return nil }
    return ColumnObject(values.gathered(try subscripts[0].positions(among: values.count))).value
  }

  func setting(_ subscripts: [Subscript], to value: Value) throws -> (any Object)? {
    guard subscripts.count == 1 else { return nil }
    var list = elements
    try list.replace(subscripts[0], by: value)
    return ColumnObject(try ColumnValues(.list(list), name: "values"))
  }

  func isSame(as other: any Object) -> Bool {
    (other as? ColumnObject)?.values.isSame(as: values) ?? false
  }

  /// For each place whether the relation holds; what is missing fulfils none but `!=`.
  func compared(_ relation: Relation, with other: Value) throws -> Value? {
    let truths: [Bool]
    switch (values, other) {
    case (.texts(let cells), .string(let text)):
      truths = cells.values.map { relation.holds($0.map(TextKey.init), TextKey(text)) }
    case (.truths(let cells), .bool(let bool)):
      truths = cells.values.map { relation.holds($0.map(Int.init(truth:)), bool ? 1 : 0) }
    case (_, .nothing) where relation.isEquality:
      truths = (0..<values.count).map { values.isMissing($0) == (relation == .equal) }
    case (.texts(let cells), .list), (.texts(let cells), .object(is ColumnObject)):
      let others = try [String?].bridging(other)
      guard others.count == cells.count else {
        throw LanguageError(
          "shape/columns", "\(cells.count) values are compared with \(others.count)")
      }
      truths = zip(cells.values, others).map { one, other in
        other.map { relation.holds(one.map(TextKey.init), TextKey($0)) }
          ?? (relation == .notEqual && one != nil)
      }
    default: return nil
    }
    return .tensor(try Tensor(truths, shape: [truths.count]))
  }
}

extension ColumnValues {
  /// Whether the value at a place is missing.
  func isMissing(_ place: Int) -> Bool { !gaps.isEmpty && gaps[place] }

  /// Whether all values are the same; kinds do not matter where nothing stands.
  func isSame(as other: ColumnValues) -> Bool {
    self == other || (count == other.count && missingCount == count && other.missingCount == count)
  }
}

extension Relation {
  /// Whether it holds for a value that may be missing.
  fileprivate func holds<Element: Comparable>(_ one: Element?, _ other: Element) -> Bool {
    one.map { holds($0, other) } ?? (self == .notEqual)
  }
}

extension Int {
  fileprivate init(truth: Bool) { self = truth ? 1 : 0 }
}

extension [Value] {
  /// Puts one value into all places that a subscript picks, or as many values as there are places.
  mutating func replace(_ item: Subscript, by value: Value) throws {
    let places = try item.positions(among: count)
    guard case .list = value else {
      for place in places { self[place] = value }
      return
    }
    let values = try [Value].bridging(value)
    guard values.count == places.count else {
      throw LanguageError(
        "value/count", "\(values.count) values do not fill \(places.count) places")
    }
    for (place, value) in zip(places, values) { self[place] = value }
  }
}
