/// A half-open range of UTF-8 offsets in a source's text.
///
/// A text holds as many of them as tokens and twice as many again, and is far below 2 GiB: an offset takes
/// four bytes.
public struct Span: Sendable, Hashable {
  private var first: Int32
  private var last: Int32

  /// Makes the range from `start` up to, not including, `end`.
  public init(_ start: Int, _ end: Int) {
    first = Int32(clamping: start)
    last = Int32(clamping: end)
  }

  /// The offset of the first byte.
  public var start: Int {
    get { Int(first) }
    set { first = Int32(clamping: newValue) }
  }

  /// The offset behind the last byte.
  public var end: Int {
    get { Int(last) }
    set { last = Int32(clamping: newValue) }
  }

  /// The smallest range that holds both.
  public func joined(with other: Span) -> Span {
    Span(min(start, other.start), max(end, other.end))
  }
}
