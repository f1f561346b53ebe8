/// How far a number may be from what is expected: |actual − expected| ≤ absolute + relative · |expected|.
public struct Tolerance: Sendable, Hashable {
  /// The part that grows with the expected number.
  public var relative: Double?
  /// The part that does not.
  public var absolute: Double?

  /// Makes a tolerance; without parts, a number is compared with the precision as written.
  public init(relative: Double? = nil, absolute: Double? = nil) {
    self.relative = relative
    self.absolute = absolute
  }

  /// Whether nothing was said.
  public var isUnstated: Bool { relative == nil && absolute == nil }

  /// This tolerance, or where it says nothing the other.
  public func or(_ other: Tolerance) -> Tolerance { isUnstated ? other : self }

  /// The largest distance from an expected number.
  public func margin(around expected: Double) -> Double {
    (absolute ?? 0) + (relative ?? 0) * expected.magnitude
  }

  /// A number that can be a part of a tolerance.
  package static func number(_ text: String) -> Double? {
    Double(text).flatMap { $0 >= 0 && $0.isFinite ? $0 : nil }
  }
}
