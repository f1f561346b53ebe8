/// The layers of a model, as boxes that data go through from top to bottom.
public struct Diagram: Sendable, Hashable, Codable {
  /// A line above the boxes.
  public var title: String
  /// The shape of what goes in: `[28, 28]`.
  public var input: String
  /// The boxes, each behind the one in which it stands.
  public var boxes: [Box]

  /// Makes a diagram.
  public init(title: String = "", input: String, boxes: [Box]) {
    self.title = title
    self.input = input
    self.boxes = boxes
  }

  /// A layer.
  public struct Box: Sendable, Hashable, Codable {
    /// The Lepton that makes the layer.
    public var title: String
    /// What it costs, in words: `109,386 parameters`; may be empty.
    public var detail: String
    /// The shape of its output.
    public var output: String
    /// In how many other boxes it stands.
    public var depth: Int

    /// Makes a layer of a diagram.
    public init(title: String, detail: String = "", output: String, depth: Int = 0) {
      self.title = title
      self.detail = detail
      self.output = output
      self.depth = depth
    }
  }
}
