/// The settings of one use of an operation, known before it runs.
public struct Attributes: Sendable, Hashable {
  /// Axes that the operation names, in ascending order or, for a transposition, in the new order.
  public var axes: [Int]
  /// Sizes of the result, or other whole numbers.
  public var sizes: [Int]
  /// First places along each axis.
  public var starts: [Int]
  /// Distances along each axis.
  public var steps: [Int]
  /// Fractions.
  public var numbers: [Double]
  /// The element type of the result, where it is not given by the operands.
  public var elementType: ElementType?

  /// Makes settings.
  public init(
    axes: [Int] = [], sizes: [Int] = [], starts: [Int] = [], steps: [Int] = [],
    numbers: [Double] = [], elementType: ElementType? = nil
  ) {
    self.axes = axes
    self.sizes = sizes
    self.starts = starts
    self.steps = steps
    self.numbers = numbers
    self.elementType = elementType
  }
}
