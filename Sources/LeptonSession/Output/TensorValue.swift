/// A tensor as it is shown and compared.
public struct TensorValue: Sendable, Hashable, Codable {
  /// The name of its element type: `float32`.
  public var elementType: String
  /// Its shape.
  public var shape: [Int]
  /// Its elements in row-major order, widened to doubles; empty where there are too many to carry.
  public var elements: [Double]
  /// Its display form: the Lepton that makes it, shortened where it is large.
  public var text: String

  /// Makes a tensor to be shown.
  public init(elementType: String, shape: [Int], elements: [Double], text: String) {
    self.elementType = elementType
    self.shape = shape
    self.elements = elements
    self.text = text
  }

  /// The display form, and below it the element type and the shape as a remark.
  public var shownText: String {
    "\(text)\n# \(elementType) [\(shape.map { "\($0)" }.joined(separator: ", "))]"
  }
}
