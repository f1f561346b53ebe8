/// The sizes of a tensor's axes.
///
/// The product of the sizes always fits an `Int` with room for the bytes of any element type, so
/// that nothing that computes with a shape can overflow.
public struct Shape: Sendable, Hashable, CustomStringConvertible {
  /// The size of each axis, outermost first.
  public let sizes: [Int]
  /// The number of elements.
  public let count: Int

  /// The most elements that a tensor may have.
  public static let limit = 1 << 48
  /// The most axes that a tensor may have.
  public static let rankLimit = 32

  /// The shape of a single number.
  public static let scalar = Shape(sizes: [], count: 1)

  /// Makes a shape.
  ///
  /// Throws `shape/size` if a size is negative, or if the shape holds too many elements or axes.
  public init(_ sizes: [Int]) throws {
    guard sizes.count <= Shape.rankLimit else {
      throw TensorError("shape/size", "\(sizes.count) axes are more than \(Shape.rankLimit)")
    }
    self.init(sizes: sizes, count: try Shape.product(of: sizes))
  }

  private init(sizes: [Int], count: Int) {
    self.sizes = sizes
    self.count = count
  }

  /// The number of axes.
  public var rank: Int { sizes.count }

  /// The sizes as a list.
  public var description: String { "[" + sizes.map(String.init).joined(separator: ", ") + "]" }

  /// The size of an axis.
  public subscript(axis: Int) -> Int { sizes[axis] }

  /// How many elements apart neighbours along each axis lie in a row-major layout.
  public var strides: [Int] {
    var result = sizes
    var stride = 1
    for axis in sizes.indices.reversed() {
      result[axis] = stride
      stride *= max(sizes[axis], 1)
    }
    return result
  }

  /// The index along each axis of the element at a place in row-major order.
  public func indices(of place: Int) -> [Int] {
    zip(sizes, strides).map { size, stride in place / stride % max(size, 1) }
  }

  /// The axis in `0 ..< rank`, where negative axes count from the end.
  ///
  /// Throws `shape/axis` if there is no such axis.
  public func axis(_ axis: Int) throws -> Int {
    guard axis >= -rank, axis < rank else {
      throw TensorError(
        "shape/axis", "axis \(axis) does not exist in shape \(self)",
        help: [
          rank == 0
            ? "a single number has no axes"
            : "its axes go from 0 to \(rank - 1), or from -\(rank) to -1"
        ])
    }
    return axis < 0 ? axis + rank : axis
  }

  /// The named axes in ascending order, all of them for `nil`.
  ///
  /// Throws `shape/axis` if one does not exist or is named twice.
  public func axes(_ axes: [Int]?) throws -> [Int] {
    guard let axes else { return Array(0..<rank) }
    let resolved = try axes.map(axis).sorted()
    for (one, next) in zip(resolved, resolved.dropFirst()) where one == next {
      throw TensorError("shape/axis", "axis \(one) is named twice")
    }
    return resolved
  }

  /// The shape to which this one and another broadcast together.
  ///
  /// Throws `shape/broadcast` if an axis differs and neither is 1.
  public func broadcast(with other: Shape) throws -> Shape {
    if self == other { return self }
    let rank = max(self.rank, other.rank)
    var sizes = [Int](repeating: 1, count: rank)
    for back in 1...max(rank, 1) where back <= rank {
      let mine = back <= self.rank ? self.sizes[self.rank - back] : 1
      let theirs = back <= other.rank ? other.sizes[other.rank - back] : 1
      guard mine == theirs || mine == 1 || theirs == 1 else {
        throw TensorError(
          "shape/broadcast", "shapes \(self) and \(other) do not go together",
          help: [columnHint(other) ?? "sizes, compared from the last axis, must be equal or 1"])
      }
      sizes[rank - back] = mine == 1 ? theirs : mine
    }
    return try Shape(sizes)
  }

  /// What helps if one of two shapes counts the rows of the other.
  private func columnHint(_ other: Shape) -> String? {
    let (large, small) = rank > other.rank ? (self, other) : (other, self)
    guard large.rank == 2, small.rank == 1, large.sizes[0] == small.sizes[0] else { return nil }
    return "a column, of shape [\(small.sizes[0]), 1], would go with \(large)"
  }

  private static func product(of sizes: [Int]) throws -> Int {
    var count = 1
    for size in sizes {
      guard size >= 0 else {
        throw TensorError(
          "shape/size", "a size must not be negative, but one is \(size)",
          help: size == -1 ? ["only `reshape` works out a size that is written as -1"] : [])
      }
      let (product, overflow) = count.multipliedReportingOverflow(by: max(size, 1))
      guard !overflow, product <= limit else {
        throw TensorError("shape/size", "a tensor of shape \(sizes) is too large")
      }
      count = product
    }
    return sizes.contains(0) ? 0 : count
  }
}
