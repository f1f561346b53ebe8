import LeptonData
import LeptonFiles
import LeptonTensor
import Testing

@Suite struct IDXTests {
  let labels: [UInt8] = [0, 0, 8, 1, 0, 0, 0, 3, 7, 8, 9]

  @Test("Bytes are read in their shape")
  func bytes() throws {
    let tensor = try IDX.tensor([0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 2, 1, 2, 3, 4])
    #expect(tensor.shape.sizes == [2, 2])
    #expect(tensor.elementType == .uint8)
    #expect(try tensor.elements(as: Int.self) == [1, 2, 3, 4])
  }

  @Test("Every element type is read, most significant byte first")
  func types() throws {
    func element(_ type: UInt8, _ bytes: [UInt8]) throws -> Double {
      try IDX.tensor([0, 0, type, 1, 0, 0, 0, 1] + bytes).elements(as: Double.self)[0]
    }
    #expect(try element(0x08, [200]) == 200)
    #expect(try element(0x09, [0xFE]) == -2)
    #expect(try element(0x0B, [0xFF, 0xFE]) == -2)
    #expect(try element(0x0C, [0, 0, 1, 2]) == 258)
    #expect(try element(0x0D, [0x3F, 0xC0, 0, 0]) == 1.5)
    #expect(try element(0x0E, [0xBF, 0xF8, 0, 0, 0, 0, 0, 0]) == -1.5)
  }

  @Test("A file that ends too early is told with the bytes it should and does have")
  func truncated() {
    let error = #expect(throws: FileError.self) {
      try IDX.tensor(Array(labels.dropLast()), name: "labels")
    }
    #expect(error?.code == "file/damaged")
    #expect(
      error?.message == "`labels` is damaged: shape [3] makes 3 bytes of elements, but there are 2")
  }

  @Test("Impossible shapes are refused before memory is taken")
  func impossible() {
    let sizes: [UInt8] = [0x7F, 0xFF, 0xFF, 0xFF]
    for rank in 1...8 {
      let header = [0, 0, 0x0E, UInt8(rank)] + Array(repeating: sizes, count: rank).joined()
      #expect(throws: FileError.self) { try IDX.tensor(header) }
    }
    let empty = [UInt8](repeating: 0, count: 4 * 255)
    #expect(throws: (any Error).self) { try IDX.tensor([0, 0, 8, 255] + empty) }
  }

  @Test("Hostile bytes give a value or an error")
  func hostile() {
    #expect(feedHostile(labels) { _ = try IDX.tensor($0) } == 0)
  }
}
