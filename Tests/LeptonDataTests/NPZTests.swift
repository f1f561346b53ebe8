import LeptonData
import LeptonFiles
import LeptonTensor
import Testing

@Suite struct NPZTests {
  /// What `numpy.savez_compressed` wrote: `a` = float32 [[0, 1, 2], [3, 4, 5]], `b` = int64 [1, 2, 3].
  private static let packed = bytes(
    base64: """
      UEsDBC0AAAAIAAAAIQBP6QAq//////////8FABQAYS5ucHkBABAAmAAAAAAAAABVAAAAAAAAAJvsF+obEMnI
      UMZQrZ6SWpxcpG6loG6TZqKuo6Cell9UUpSYF59flJIKEndLzClOBYoXZyQWpAL5GkY6CsaaOgq1CmQDLgYw
      aLAHEg5ABMQNQLzAAQBQSwMELQAAAAgAAAAhALyRVY7//////////wUAFABiLm5weQEAEACYAAAAAAAAAE0A
      AAAAAAAAm+wX6hsQychQxlCtnpJanFykbqWgbpNpoa6joJ6WX1RSlJgXn1+UkgoSd0vMKU4FihdnJBakAvka
      xjqaOgq1ChQALkYGCGCC0sxQGgBQSwECLQMtAAAACAAAACEAT+kAKlUAAACYAAAABQAAAAAAAAAAAAAAgAEA
      AAAAYS5ucHlQSwECLQMtAAAACAAAACEAvJFVjk0AAACYAAAABQAAAAAAAAAAAAAAgAGMAAAAYi5ucHlQSwUG
      AAAAAAIAAgBmAAAAEAEAAAAA
      """)

  @Test func `Arrays that NumPy packed are read`() throws {
    let tensors = try NPZ.tensors(Self.packed)
    #expect(tensors.map(\.name) == ["a", "b"])
    #expect(tensors[0].tensor.shape.sizes == [2, 3])
    #expect(try tensors[0].tensor.elements(as: Int.self) == [0, 1, 2, 3, 4, 5])
    #expect(tensors[1].tensor.elementType == .int64)
  }

  @Test func `Some arrays can be chosen, whatever the others are`() throws {
    var bytes = try NPZ.bytes(of: [
      ("a", Tensor([1] as [Float], shape: [1])), ("b", Tensor([2] as [Float], shape: [1])),
    ])
    let place = try #require(
      (0..<bytes.count - 3).first { bytes[$0..<$0 + 3].elementsEqual("<f4".utf8) })
    bytes.replaceSubrange(place..<place + 3, with: "<M8".utf8)
    #expect(throws: FileError.self) { try NPZ.tensors(bytes) }
    let read = try NPZ.tensors(bytes, named: ["b"])
    #expect(read.map(\.name) == ["b"])
    let error = #expect(throws: FileError.self) {
      try NPZ.tensors(bytes, named: ["c"], name: "t.npz")
    }
    #expect(error?.message == "`t.npz` holds no array `c`")
    #expect(error?.help == ["its arrays are `a`, `b`"])
  }

  @Test func `What is written is read again`() throws {
    let tensor = try Tensor([1.5, -2] as [Double], shape: [2, 1])
    let read = try NPZ.tensors(NPZ.bytes(of: [("x", tensor), ("größe", tensor)]))
    #expect(read.map(\.name) == ["x", "größe"])
    #expect(try read[1].tensor.elements(as: Double.self) == [1.5, -2])
    #expect(try NPZ.tensors(NPZ.bytes(of: [])).isEmpty)
  }

  @Test func `An archive that lies about sizes is refused`() throws {
    var bytes = try NPZ.bytes(of: [("x", Tensor([1] as [Float], shape: [1]))])
    let directory = try #require(
      (0..<bytes.count - 4).last { Array(bytes[$0..<$0 + 4]) == [0x50, 0x4B, 1, 2] })
    bytes[directory + 27] = 0x7F
    let error = #expect(throws: FileError.self) { try NPZ.tensors(bytes, name: "t.npz") }
    #expect(error?.message.hasPrefix("`t.npz` is no archive that can be read") == true)
  }

  @Test func `Hostile bytes give a value or an error`() throws {
    #expect(feedHostile(Self.packed) { _ = try NPZ.tensors($0) } == 0)
    let plain = try NPZ.bytes(of: [("x", Tensor([1, 2] as [Float], shape: [2]))])
    #expect(feedHostile(plain) { _ = try NPZ.tensors($0) } == 0)
  }
}
