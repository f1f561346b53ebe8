/// Pictures in rows, each with a caption.
public struct ImageGrid: Sendable, Hashable, Codable {
  /// A line above the pictures.
  public var title: String
  /// The pictures, in reading order.
  public var images: [Image]
  /// How many stand in a row.
  public var columns: Int

  /// Makes a grid of pictures.
  public init(title: String = "", images: [Image], columns: Int = 8) {
    self.title = title
    self.images = images
    self.columns = columns
  }

  /// A picture.
  public struct Image: Sendable, Hashable, Codable {
    /// The width in pixels.
    public var width: Int
    /// The height in pixels.
    public var height: Int
    /// 1 for grey, 3 for red, green, blue.
    public var channels: Int
    /// The pixels, row by row, channels innermost: `height * width * channels` bytes.
    public var pixels: [UInt8]
    /// What stands under the picture.
    public var caption: String

    /// Makes a picture.
    public init(width: Int, height: Int, channels: Int, pixels: [UInt8], caption: String = "") {
      self.width = width
      self.height = height
      self.channels = channels
      self.pixels = pixels
      self.caption = caption
    }
  }
}
