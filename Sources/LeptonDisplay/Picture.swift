/// A drawing for a document, and what stands for it where it cannot be seen.
public struct Picture: Sendable, Hashable {
  /// The drawing: a whole SVG file.
  public var svg: String
  /// One sentence for readers who do not see it.
  public var alternative: String

  /// Makes a picture.
  public init(svg: String, alternative: String) {
    self.svg = svg
    self.alternative = alternative
  }
}
