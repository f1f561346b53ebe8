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

  @Test(
    "Numbers are read as they stand in the file, 16 bits of them too, whatever colours they are said to be"
  )
  func deep() throws {
    let pictures: [(text: String, type: ElementType, shape: [Int], pixels: [Int])] = [
      (
        """
        iVBORw0KGgoAAAANSUhEUgAAAAMAAAACEAAAAADoj+WFAAAAFklEQVR4nGNgYGBgZGRkKDX4/+//fwANygSkF2L54wAAAABJRU5ErkJggg==
        """, .int32, [2, 3], [0, 1, 257, 30000, 65534, 65535]
      ),
      // The same, said to be linear light.
      (
        """
        iVBORw0KGgoAAAANSUhEUgAAAAMAAAACEAAAAADoj+WFAAAABGdBTUEAAYagMeiWXwAAABZJREFUeJxjYGBgYGRkZCg1+P/v/38ADcoEpB
        di+eMAAAAASUVORK5CYII=
        """, .int32, [2, 3], [0, 1, 257, 30000, 65534, 65535]
      ),
      (
        """
        iVBORw0KGgoAAAANSUhEUgAAAAIAAAABEAIAAAAr0DSeAAAAFUlEQVR4nGNgYGRgYmB+lcD45f9/AA14BETeUNeiAAAAAElFTkSuQmCC
        """, .int32, [1, 2, 3], [1, 2, 3, 60000, 500, 65535]
      ),
      (
        """
        iVBORw0KGgoAAAANSUhEUgAAAAEAAAABEAYAAABPhRjKAAAAEUlEQVR4nGMQMgmrmLWngQEAC/0C6wkAvNoAAAAASUVORK5CYII=
        """, .uint8, [1, 1, 4], [0x12, 0x56, 0x9A, 0x80]
      ),
      (
        """
        iVBORw0KGgoAAAANSUhEUgAAAAMAAAABCAAAAAA+i0toAAAABGdBTUEAAYagMeiWXwAAAAxJREFUeJxj4Gr4BQACHAGFxprBAQAAAABJRU
        5ErkJggg==
        """, .uint8, [1, 3], [10, 128, 250]
      ),
    ]
    for (text, type, shape, pixels) in pictures {
      let picture = try PNG.tensor(LeptonDataTests.bytes(base64: text))
      #expect(picture.elementType == type)
      #expect(picture.shape.sizes == shape)
      #expect(try picture.elements(as: Int.self) == pixels)
    }
  }

  @Test("A picture of another format is called so")
  func others() {
    for (beginning, name) in [("GIF89a", "GIF"), ("BM", "BMP"), ("RIFF1234WEBP", "WebP")] {
      let error = #expect(throws: FileError.self) {
        try PNG.tensor(Array(beginning.utf8), name: "a.png")
      }
      #expect(error?.message == "`a.png` is no PNG or JPEG file: it begins as \(name) does")
    }
    #expect(throws: FileError.self) { try PNG.tensor([]) }
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
