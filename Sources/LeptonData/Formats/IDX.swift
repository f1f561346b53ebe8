import LeptonFiles
import LeptonTensor

/// The format of MNIST: an element type, a shape, and the elements, most significant byte first.
///
/// It is described with the data (Y. LeCun, C. Cortes, C. J. C. Burges, The MNIST database of handwritten digits).
public enum IDX {
  /// Reads a whole file.
  ///
  /// - Parameter name: what messages call it.
  /// - Throws: `FileError` with code `file/damaged` if the bytes are no IDX file, or fewer or more
  ///   than its shape says; `TensorError` if memory is short.
  public static func tensor(_ bytes: [UInt8], name: String = "IDX data") throws -> Tensor {
    var reader = ByteReader(bytes, name: name)
    return try Tensor(layout(&reader), reader.take(reader.rest, "the elements"))
  }

  /// What stands before the elements, which must fill the rest.
  static func layout(_ reader: inout ByteReader) throws(FileError) -> ArrayLayout {
    let magic = try reader.bigEndian(4, "the IDX header")
    guard magic >> 16 == 0, let type = types[magic >> 8] else {
      throw .damaged(reader.name, "it does not begin as an IDX file does")
    }
    var shape: [Int] = []
    for _ in 0..<magic & 0xFF { shape.append(try reader.bigEndian(4, "the shape")) }
    guard let count = product(of: shape + [type.byteCount]) else {
      throw .damaged(reader.name, "its shape \(shape) is impossibly large")
    }
    guard count == reader.rest else {
      throw .damaged(
        reader.name,
        "shape \(shape) makes \(count) bytes of elements, but there are \(reader.rest)",
        help: ["copy or load it again"])
    }
    return ArrayLayout(type: type, shape: shape, start: reader.position, isBigEndian: true)
  }

  private static let types: [Int: RawType] = [
    0x08: .uint8, 0x09: .int8, 0x0B: .int16, 0x0C: .int32, 0x0D: .float32, 0x0E: .float64,
  ]
}
