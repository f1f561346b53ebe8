import CPNG
import LeptonFiles
import LeptonTensor

/// Pictures in the PNG format, as tensors of `uint8`: `[height, width]` for grey, and
/// `[height, width, channels]` with 2 (grey, alpha), 3 (red, green, blue) or 4 channels.
public enum PNG {
  /// Reads a picture as its numbers stand in the file, whatever colours these are said to be; palettes
  /// become colours.
  ///
  /// A picture of 16 bits for each channel becomes one of `int32`, from 0 to 65,535; beside transparency only the
  /// upper 8 of them are read.
  ///
  /// - Parameters:
  ///   - limit: how many bytes the pixels may take.
  ///   - name: what messages call it.
  /// - Throws: `FileError` with code `file/damaged` or `file/size`; `TensorError` if memory is short.
  public static func tensor(
    _ bytes: [UInt8], limit: Int = 1 << 28, name: String = "PNG data"
  ) throws -> Tensor {
    guard bytes.starts(with: PNGChunks.signature) else { throw PictureFormat.failure(bytes, name) }
    var image = png_image()
    image.version = png_uint_32(PNG_IMAGE_VERSION)
    defer { png_image_free(&image) }
    return try PNGChunks.withoutColourSpaces(bytes).withUnsafeBytes { source in
      guard png_image_begin_read_from_memory(&image, source.baseAddress, source.count) != 0 else {
        throw FileError.damaged(name, "libpng says \"\(image.words)\"")
      }
      let isDeep = image.format & png_uint_32(deep) != 0 && image.format & png_uint_32(alpha) == 0
      image.format &= png_uint_32(isDeep ? colour | deep : colour | alpha)
      if !isDeep { image.flags |= asEightBits }
      let sizes = [Int(image.height), Int(image.width), channels(of: image.format)]
      guard let count = product(of: sizes + [isDeep ? 4 : 1]), count <= limit else {
        throw FileError(
          code: "file/size",
          message: "\(name.quoted) has \(sizes[1]) × \(sizes[0]) pixels, more than \(limit) bytes")
      }
      let shape = sizes[2] == 1 ? Array(sizes.dropLast()) : sizes
      return try Tensor(form: Form(Shape(shape), isDeep ? .int32 : .uint8)) { target in
        guard png_image_finish_read(&image, nil, target.baseAddress, 0, nil) != 0 else {
          throw FileError.damaged(name, "libpng says \"\(image.words)\"")
        }
        guard PNGChunks(bytes).contains(where: { $0.isEnd }) else {
          throw FileError.damaged(name, "it is cut off behind its pixels")
        }
        if isDeep { widen(target) }
      }
    }
  }

  /// Makes numbers of 32 bits of those of 16 that stand in the first half of the memory.
  private static func widen(_ memory: UnsafeMutableRawBufferPointer) {
    for place in (0..<memory.count / 4).reversed() {
      let value = memory.load(fromByteOffset: place * 2, as: UInt16.self)
      memory.storeBytes(of: Int32(value), toByteOffset: place * 4, as: Int32.self)
    }
  }

  /// Writes a picture.
  ///
  /// - Throws: `TensorError` with code `shape/image` if the tensor is none, `trace/read` if it has no
  ///   elements yet; `FileError` with code `data/png` if libpng refuses it.
  public static func bytes(of tensor: Tensor) throws -> [UInt8] {
    var image = png_image()
    image.version = png_uint_32(PNG_IMAGE_VERSION)
    try describe(tensor, in: &image)
    defer { png_image_free(&image) }
    return try tensor.withUnsafeBytes { pixels in
      var size: png_alloc_size_t = 0
      guard png_image_write_to_memory(&image, nil, &size, 0, pixels.baseAddress, 0, nil) != 0 else {
        throw FileError(code: "data/png", message: "libpng says \"\(image.words)\"")
      }
      var bytes = [UInt8](repeating: 0, count: Int(size))
      guard png_image_write_to_memory(&image, &bytes, &size, 0, pixels.baseAddress, 0, nil) != 0
      else { throw FileError(code: "data/png", message: "libpng says \"\(image.words)\"") }
      return Array(bytes.prefix(Int(size)))
    }
  }

  private static func describe(_ tensor: Tensor, in image: inout png_image) throws {
    let sizes = tensor.shape.sizes
    let formats: [Int: Int32] = [1: 0, 2: alpha, 3: colour, 4: colour | alpha]
    guard tensor.elementType == .uint8, sizes.count == 2 || sizes.count == 3,
      let format = formats[sizes.count == 3 ? sizes[2] : 1],
      let height = png_uint_32(exactly: sizes[0]), let width = png_uint_32(exactly: sizes[1]),
      height > 0, width > 0
    else {
      throw TensorError(
        "shape/image",
        "a tensor of \(tensor.elementType.rawValue) and shape \(tensor.shape) is no picture",
        help: ["a picture is uint8 with shape [height, width] or [height, width, 1 to 4]"])
    }
    image.format = png_uint_32(format)
    image.width = width
    image.height = height
  }

  // The flags of `PNG_FORMAT_…`, whose macros Swift does not see.
  private static let alpha: Int32 = 1
  private static let colour: Int32 = 2
  private static let deep: Int32 = 4
  /// `PNG_IMAGE_FLAG_16BIT_sRGB`: 16 bits are cut to 8 as they are.
  private static let asEightBits: png_uint_32 = 4

  private static func channels(of format: png_uint_32) -> Int {
    (format & png_uint_32(colour) == 0 ? 1 : 3) + (format & png_uint_32(alpha) == 0 ? 0 : 1)
  }
}

extension png_image {
  /// What libpng says went wrong.
  fileprivate var words: String {
    withUnsafeBytes(of: message) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
  }
}
