import CTurboJPEG
import LeptonFiles
import LeptonTensor

/// Pictures in the JPEG format, as tensors of `uint8`: `[height, width]` for grey, and
/// `[height, width, 3]` for colours.
public enum JPEG {
  /// Whether bytes begin as a JPEG file does.
  public static func begins(_ bytes: [UInt8]) -> Bool { bytes.starts(with: [0xFF, 0xD8, 0xFF]) }

  /// Reads a picture; the four colours of a printer (CMYK) become three.
  ///
  /// - Parameters:
  ///   - limit: how many bytes the pixels may take.
  ///   - name: what messages call it.
  /// - Throws: `FileError` with code `file/damaged` (also for a picture that ends too early) or
  ///   `file/size`; `TensorError` if memory is short.
  public static func tensor(
    _ bytes: [UInt8], limit: Int = 1 << 28, name: String = "JPEG data"
  ) throws -> Tensor {
    guard let decoder = tjInitDecompress() else {
      throw FileError(code: "file/read", message: "libjpeg-turbo could not be started")
    }
    defer { tjDestroy(decoder) }
    let header = try Header(bytes, decoder, name: name)
    let sizes = [header.height, header.width, header.channels]
    guard let count = product(of: sizes), count <= limit else {
      throw FileError(
        code: "file/size",
        message:
          "\(name.quoted) has \(header.width) × \(header.height) pixels, more than \(limit) bytes")
    }
    let shape = header.channels == 1 ? Array(sizes.dropLast()) : sizes
    return try Tensor(form: Form(Shape(shape), .uint8)) { target in
      func decode(_ format: TJPF, into pixels: UnsafeMutableRawBufferPointer) throws {
        let status = tjDecompress2(
          decoder, bytes, UInt(bytes.count), pixels.baseAddress, Int32(header.width), 0,
          Int32(header.height), format.rawValue, TJFLAG_ACCURATEDCT | TJFLAG_LIMITSCANS)
        guard status == 0 else { throw failure(decoder, name) }
      }
      guard header.isPrinted else {
        return try decode(header.channels == 1 ? TJPF_GRAY : TJPF_RGB, into: target)
      }
      var inks = [UInt8](repeating: 0, count: header.height * header.width * 4)
      try inks.withUnsafeMutableBytes { try decode(TJPF_CMYK, into: $0) }
      mix(inks, into: target)
    }
  }

  /// Makes colours of cyan, magenta, yellow and black, of which files hold what is left of the light.
  private static func mix(_ inks: [UInt8], into target: UnsafeMutableRawBufferPointer) {
    for pixel in 0..<inks.count / 4 {
      let black = Int(inks[pixel * 4 + 3])
      for channel in 0..<3 {
        target[pixel * 3 + channel] = UInt8((Int(inks[pixel * 4 + channel]) * black + 127) / 255)
      }
    }
  }

  /// What stands before the pixels.
  private struct Header {
    let height: Int
    let width: Int
    let channels: Int
    /// Whether its colours are those of a printer.
    let isPrinted: Bool

    init(_ bytes: [UInt8], _ decoder: tjhandle, name: String) throws {
      var (width, height, sampling, colours): (Int32, Int32, Int32, Int32) = (0, 0, 0, 0)
      guard
        tjDecompressHeader3(
          decoder, bytes, UInt(bytes.count), &width, &height, &sampling, &colours) == 0
      else { throw failure(decoder, name) }
      guard width > 0, height > 0 else { throw FileError.damaged(name, "it has no pixels") }
      isPrinted = colours == TJCS_CMYK.rawValue || colours == TJCS_YCCK.rawValue
      self.height = Int(height)
      self.width = Int(width)
      channels = colours == TJCS_GRAY.rawValue ? 1 : 3
    }
  }

  private static func failure(_ decoder: tjhandle, _ name: String) -> FileError {
    let words = tjGetErrorStr2(decoder).map { String(cString: $0) } ?? "unknown"
    return .damaged(name, "libjpeg-turbo says \"\(words)\"")
  }
}
