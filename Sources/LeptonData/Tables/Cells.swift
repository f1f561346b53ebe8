/// What can stand in a column: whole numbers, numbers, truths and texts.
public protocol CellElement: Hashable, Sendable {
  /// What stands in memory where a value is missing.
  static var filler: Self { get }
  /// Whether it is the same value; `nan` is the same as `nan`.
  func isSame(as other: Self) -> Bool
  /// Whether it comes before another in ascending order.
  func precedes(_ other: Self) -> Bool
  /// What is the same for values that are the same.
  associatedtype Key: Hashable
  /// Its key.
  var key: Key { get }
}

/// The values of a column one after the other, of which some may be missing.
public struct Cells<Element: CellElement>: Sendable {
  /// The values, with a filler where one is missing.
  public let elements: [Element]
  /// For each place whether its value is missing; empty if none is.
  public let gaps: [Bool]

  /// Makes cells of values and of the places at which none stands.
  init(_ elements: [Element], gaps: [Bool]) {
    self.elements = elements
    self.gaps = gaps.contains(true) ? gaps : []
  }

  /// Makes cells of which none is missing.
  public init(_ elements: [Element]) { self.init(elements, gaps: []) }

  /// Makes cells of values, `nil` where one is missing.
  public init(_ values: [Element?]) {
    self.init(values.map { $0 ?? .filler }, gaps: values.map { $0 == nil })
  }

  /// How many there are.
  public var count: Int { elements.count }

  /// Whether the value at a place is missing.
  public func isMissing(_ place: Int) -> Bool { !gaps.isEmpty && gaps[place] }

  /// The value at a place; `nil` if it is missing.
  public subscript(place: Int) -> Element? { isMissing(place) ? nil : elements[place] }

  /// The values, `nil` where one is missing.
  public var values: [Element?] { elements.indices.map { self[$0] } }

  /// The cells at places, in that order; a negative place is a missing one.
  func gathered(_ places: [Int]) -> Cells {
    guard !gaps.isEmpty || places.contains(where: { $0 < 0 }) else {
      return Cells(places.map { elements[$0] })
    }
    return Cells(places.map { $0 < 0 ? nil : self[$0] })
  }

  /// The cells of a range.
  func part(_ range: Range<Int>) -> Cells {
    Cells(Array(elements[range]), gaps: gaps.isEmpty ? [] : Array(gaps[range]))
  }

  /// The cells followed by others.
  func appending(_ other: Cells) -> Cells {
    guard !gaps.isEmpty || !other.gaps.isEmpty else { return Cells(elements + other.elements) }
    return Cells(elements + other.elements, gaps: allGaps + other.allGaps)
  }

  /// For each place whether its value is missing, also where none is.
  private var allGaps: [Bool] { gaps.isEmpty ? Array(repeating: false, count: count) : gaps }

  /// The cells as values of another type, missing ones missing.
  func map<Result: CellElement>(_ transform: (Element) -> Result) -> Cells<Result> {
    Cells<Result>(elements.map(transform), gaps: gaps)
  }
}

extension Cells: Equatable {
  /// Whether all places hold the same.
  public static func == (one: Cells, other: Cells) -> Bool {
    guard one.count == other.count, one.gaps == other.gaps else { return false }
    return one.elements.indices.allSatisfy {
      one.isMissing($0) || one.elements[$0].isSame(as: other.elements[$0])
    }
  }
}

extension Cells: ExpressibleByArrayLiteral {
  /// Makes cells of a literal; `nil` stands for a missing value.
  public init(arrayLiteral values: Element?...) { self.init(values) }
}

extension CellElement {
  /// Whether it is equal.
  public func isSame(as other: Self) -> Bool { self == other }
  /// The value itself.
  public var key: Self { self }
}

extension Int: CellElement {
  /// Zero.
  public static var filler: Int { 0 }
  /// Whether it is smaller.
  public func precedes(_ other: Int) -> Bool { self < other }
}

extension Double: CellElement {
  /// Not a number, so that missing numbers need no second look where they are computed with.
  public static var filler: Double { .nan }
  /// Whether it is equal, or neither is a number.
  public func isSame(as other: Double) -> Bool { self == other || (isNaN && other.isNaN) }
  /// Whether it is smaller; what is no number comes last.
  public func precedes(_ other: Double) -> Bool { self < other || (other.isNaN && !isNaN) }
}

extension Bool: CellElement {
  /// False.
  public static var filler: Bool { false }
  /// False comes before true.
  public func precedes(_ other: Bool) -> Bool { !self && other }
}

extension String: CellElement {
  /// The empty text.
  public static var filler: String { "" }
  /// The text by its code points.
  public var key: TextKey { TextKey(self) }
  /// Whether it has the same code points.
  public func isSame(as other: String) -> Bool {
    utf8.count == other.utf8.count && utf8.elementsEqual(other.utf8)
  }
  /// Whether it comes first by code points.
  public func precedes(_ other: String) -> Bool { utf8.lexicographicallyPrecedes(other.utf8) }
}
