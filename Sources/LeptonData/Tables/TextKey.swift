/// A text by its code points: what Swift takes for equal, such as `é` as one character and as two, are
/// two texts here, as they are in the language.
public struct TextKey: Hashable, Comparable, Sendable {
  /// The text.
  public let text: String

  /// Makes a key of a text.
  public init(_ text: String) { self.text = text }

  /// Whether both have the same code points.
  public static func == (one: TextKey, other: TextKey) -> Bool { one.text.isSame(as: other.text) }

  /// Whether one comes before the other by code points.
  public static func < (one: TextKey, other: TextKey) -> Bool { one.text.precedes(other.text) }

  /// Hashes the bytes.
  public func hash(into hasher: inout Hasher) {
    var text = text
    text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
  }
}

extension Sequence<String> {
  /// The different texts, in order of their code points.
  public var distinct: [String] { Set(map(TextKey.init)).sorted().map(\.text) }

  /// How often each text comes up.
  var totals: [TextKey: Int] { reduce(into: [:]) { $0[TextKey($1), default: 0] += 1 } }

  /// Whether one has the same code points.
  public func holds(_ text: String) -> Bool { contains { $0.isSame(as: text) } }
}
