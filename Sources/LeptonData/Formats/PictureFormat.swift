import LeptonFiles

/// Formats of pictures by what their files begin with.
enum PictureFormat {
  private static let beginnings: [(name: String, bytes: [UInt8])] = [
    ("GIF", Array("GIF8".utf8)), ("BMP", Array("BM".utf8)), ("WebP", Array("RIFF".utf8)),
    ("TIFF", [0x49, 0x49, 0x2A, 0]), ("TIFF", [0x4D, 0x4D, 0, 0x2A]),
    ("SVG", Array("<svg".utf8)), ("SVG", Array("<?xml".utf8)),
  ]

  /// What is said of a file that is neither PNG nor JPEG.
  static func failure(_ bytes: [UInt8], _ name: String) -> FileError {
    let format = beginnings.first { bytes.starts(with: $0.bytes) }?.name
    return FileError(
      code: "file/damaged",
      message: "\(name.quoted) is no PNG or JPEG file"
        + (format.map { ": it begins as \($0) does" } ?? ""),
      help: ["save the picture as PNG, which loses nothing"])
  }
}
