import Glibc
import LeptonTensor

/// Elements of a tensor as they are written.
struct TensorNumbers {
  private enum Elements {
    case truths([Int])
    case integers([Int])
    case singles([Double])
    case doubles([Double])
  }

  private let elements: Elements
  /// Where each place is among the elements; nothing where all of them are there.
  private let indices: [Int: Int]?

  /// Takes the elements at some places, or all of them.
  init(_ tensor: Tensor, at places: [Int]? = nil) throws {
    func taken<E: Element>(_ type: E.Type) throws -> [E] {
      guard let places else { return try tensor.elements() }
      return try tensor.elements(at: places)
    }
    indices = places.map { Dictionary(zip($0, $0.indices)) { first, _ in first } }
    switch tensor.elementType {
    case .bool: elements = .truths(try taken(Int.self))
    case .float32: elements = .singles(try taken(Double.self))
    case .float64: elements = .doubles(try taken(Double.self))
    default: elements = .integers(try taken(Int.self))
    }
  }

  private func index(of place: Int) -> Int { indices?[place] ?? place }

  /// The shortest text that reads back as the element at a place.
  func literal(_ place: Int) -> String {
    let index = index(of: place)
    switch elements {
    case .truths(let elements): return elements[index] != 0 ? "true" : "false"
    case .integers(let elements): return String(elements[index])
    case .singles(let elements) where elements[index].isFinite:
      return Float(elements[index]).description
    case .singles(let elements), .doubles(let elements): return ValueWriter.number(elements[index])
    }
  }

  /// The elements at places, in texts of one width.
  func aligned(at places: [Int]) -> AlignedNumbers {
    switch elements {
    case .truths, .integers: AlignedNumbers(places.map { ($0, literal($0)) })
    case .singles(let elements), .doubles(let elements):
      AlignedNumbers(Self.texts(places.map { ($0, elements[index(of: $0)]) }, literal))
    }
  }

  /// Numbers with the same count of digits behind the point: as many as the most exact one needs, but
  /// five significant ones of the largest at the most; with an exponent if that is very large or small.
  private static func texts(
    _ numbers: [(place: Int, value: Double)], _ literal: (Int) -> String
  ) -> [(Int, String)] {
    let finite = numbers.filter { $0.value.isFinite }
    let largest = finite.map { abs($0.value) }.max() ?? 0
    let isExtreme = largest >= 1e8 || (largest > 0 && largest < 1e-3)
    let digits = largest >= 1 ? Int(log10(largest)) + 1 : 1
    let needed = finite.map { decimals(of: literal($0.place)) }.max() ?? 1
    let shown = max(1, min(needed, 5 - digits))
    return numbers.map { number in
      guard number.value.isFinite else { return (number.place, ValueWriter.number(number.value)) }
      return (number.place, printed(number.value, isExtreme ? "e" : "f", isExtreme ? 4 : shown))
    }
  }

  /// How many digits behind the point a number has; many if it is written with an exponent.
  private static func decimals(of text: String) -> Int {
    if text.contains("e") { return .max }
    return text.split(separator: ".").dropFirst().first?.count ?? 0
  }

  private static func printed(_ number: Double, _ style: String, _ digits: Int) -> String {
    var buffer = [CChar](repeating: 0, count: 64)
    let count = withVaList([Int32(clamping: digits), number]) {
      vsnprintf(&buffer, buffer.count, "%.*\(style)", $0)
    }
    return String(
      decoding: buffer.prefix(Int(max(count, 0))).map(UInt8.init(bitPattern:)), as: UTF8.self)
  }
}

/// Numbers of a tensor as texts of one width.
struct AlignedNumbers {
  private let texts: [Int: String]
  private let width: Int

  init(_ texts: [(Int, String)]) {
    self.texts = Dictionary(texts) { first, _ in first }
    width = texts.map(\.1.count).max() ?? 0
  }

  /// The text of the element at a place.
  func text(at place: Int) -> String {
    let text = texts[place] ?? ""
    return String(repeating: " ", count: max(0, width - text.count)) + text
  }
}
