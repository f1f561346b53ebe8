import LeptonData
import LeptonFiles
import LeptonTensor
import Testing

@Suite struct PNGTests {
  func picture(_ shape: [Int]) throws -> Tensor {
    let count = shape.reduce(1, *)
    return try Tensor((0..<count).map { UInt8(truncatingIfNeeded: $0 * 37) }, shape: shape)
  }

  @Test(
    "A picture of every number of channels reads back",
    arguments: [[5, 7], [3, 4, 2], [4, 4, 3], [2, 3, 4]])
  func roundTrip(shape: [Int]) throws {
    let picture = try picture(shape)
    let read = try PNG.tensor(PNG.bytes(of: picture))
    #expect(read.shape.sizes == shape)
    #expect(try read.elements(as: UInt8.self) == picture.elements(as: UInt8.self))
  }

  @Test("What is no picture is not written")
  func noPicture() throws {
    for shape in [[4], [2, 2, 5], [0, 3], [1, 2, 3, 4]] {
      let error = #expect(throws: TensorError.self) { try PNG.bytes(of: picture(shape)) }
      #expect(error?.code == "shape/image")
    }
    let floats = try Tensor([1, 2] as [Float], shape: [1, 2])
    #expect(throws: TensorError.self) { try PNG.bytes(of: floats) }
  }

  @Test("A picture larger than allowed is refused by its header")
  func limit() throws {
    var bytes = try PNG.bytes(of: picture([8, 8]))
    let error = #expect(throws: FileError.self) { try PNG.tensor(bytes, limit: 63) }
    #expect(error?.code == "file/size")
    bytes.replaceSubrange(16..<24, with: [0x7F, 0xFF, 0xFF, 0xFF, 0x7F, 0xFF, 0xFF, 0xFF])
    #expect(throws: FileError.self) { try PNG.tensor(bytes) }
  }

  @Test("Hostile bytes give a value or an error")
  func hostile() throws {
    let bytes = try PNG.bytes(of: picture([3, 3, 3]))
    _ = feedHostile(bytes) { _ = try PNG.tensor($0, limit: 1 << 16) }
  }
}
