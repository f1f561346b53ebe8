import CPNG
import LeptonSession

/// Writes pictures as PNG.
enum PNG {
  /// Writes a picture; nothing if its sizes do not fit its pixels.
  static func bytes(of picture: ImageGrid.Image) -> [UInt8]? {
    guard picture.isSound else { return nil }
    var image = png_image()
    image.version = png_uint_32(PNG_IMAGE_VERSION)
    image.width = png_uint_32(picture.width)
    image.height = png_uint_32(picture.height)
    image.format = picture.channels == 1 ? 0 : png_uint_32(PNG_FORMAT_FLAG_COLOR)
    defer { png_image_free(&image) }
    var size = 0
    guard png_image_write_to_memory(&image, nil, &size, 0, picture.pixels, 0, nil) != 0 else {
      return nil
    }
    var bytes = [UInt8](repeating: 0, count: size)
    guard png_image_write_to_memory(&image, &bytes, &size, 0, picture.pixels, 0, nil) != 0 else {
      return nil
    }
    return Array(bytes.prefix(size))
  }
}

extension ImageGrid.Image {
  /// Whether the sizes are possible and there are as many pixels as they say.
  var isSound: Bool {
    guard (1...16384).contains(width), (1...16384).contains(height), channels == 1 || channels == 3
    else { return false }
    return pixels.count == width * height * channels
  }
}
