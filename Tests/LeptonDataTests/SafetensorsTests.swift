import LeptonData
import LeptonFiles
import LeptonTensor
import Testing

@Suite struct SafetensorsTests {
  func file(_ header: String, _ elements: [UInt8] = []) -> [UInt8] {
    withUnsafeBytes(of: UInt64(header.utf8.count).littleEndian) { Array($0) } + header.utf8
      + elements
  }

  @Test("A file of another program is read, its elements in any order of the header")
  func reading() throws {
    let header = """
      {"b":{"dtype":"U8","shape":[2],"data_offsets":[8,10]},"__metadata__":{"format":"pt"},
      "a":{"dtype":"F32","shape":[1,2],"data_offsets":[0,8]}}   
      """
    let read = try Safetensors(reading: file(header, [0, 0, 0x80, 0x3F, 0, 0, 0, 0xC0, 7, 8]))
    #expect(read.tensors.map(\.name) == ["a", "b"])
    #expect(try read["a"]?.elements(as: Float.self) == [1, -2])
    #expect(read["a"]?.shape.sizes == [1, 2])
    #expect(try read["b"]?.elements(as: Int.self) == [7, 8])
    #expect(read["b"]?.elementType == .uint8)
    #expect(read.metadata == ["format": "pt"])
  }

  @Test("Narrow types are widened without loss")
  func narrow() throws {
    func read(_ type: String, _ bytes: [UInt8]) throws -> Double? {
      let header = #"{"x":{"dtype":"\#(type)","shape":[],"data_offsets":[0,\#(bytes.count)]}}"#
      return try Safetensors(reading: file(header, bytes))["x"]?.elements(as: Double.self).first
    }
    #expect(try read("F16", [0x00, 0x3E]) == 1.5)
    #expect(try read("F16", [0x01, 0x80]) == -0x1p-24)
    #expect(try read("F16", [0x00, 0x7C]) == .infinity)
    #expect(try read("BF16", [0xC0, 0xBF]) == -1.5)
    #expect(try read("I16", [0xFE, 0xFF]) == -2)
    #expect(try read("U16", [0xFE, 0xFF]) == 65_534)
    #expect(try read("U32", [0, 0, 0, 0x80]) == 2_147_483_648)
    #expect(try read("BOOL", [9]) == 1)
  }

  @Test("What is written reads back, and is the same bytes whatever the order")
  func roundTrip() throws {
    let entries: [Safetensors.Entry] = [
      .init("u", try Tensor([1, 2, 3] as [UInt8], shape: [3])),
      .init("é \"w\"", try Tensor([1.5, .nan, -.infinity] as [Float], shape: [3, 1])),
      .init("i", try Tensor([Int.min, .max], shape: [2])),
      .init("t", try Tensor([true, false], shape: [2])),
      .init("d", try Tensor([0.1], shape: [])),
      .init("empty", try Tensor([] as [Float], shape: [0, 5])),
    ]
    let bytes = try Safetensors(entries, metadata: ["b": "2", "a": "1"]).bytes()
    #expect(try Safetensors(entries.reversed(), metadata: ["a": "1", "b": "2"]).bytes() == bytes)
    let read = try Safetensors(reading: bytes)
    #expect(read.metadata == ["a": "1", "b": "2"])
    for entry in entries {
      let tensor = try #require(read[entry.name])
      #expect(tensor.shape == entry.tensor.shape)
      #expect(tensor.elementType == entry.tensor.elementType)
      #expect(try raw(tensor) == raw(entry.tensor))
    }
    #expect(throws: FileError.self) { try Safetensors([entries[0], entries[0]]).bytes() }
  }

  @Test(
    "A header that is not exact is refused",
    arguments: [
      #"{"a":{"dtype":"U8","shape":[2],"data_offsets":[1,3]}}"#,
      #"{"a":{"dtype":"U8","shape":[3],"data_offsets":[0,2]}}"#,
      #"{"a":{"dtype":"U8","shape":[2],"data_offsets":[2,0]}}"#,
      #"{"a":{"dtype":"U8","shape":[-2],"data_offsets":[0,2]}}"#,
      #"{"a":{"dtype":"U8","shape":[2.0],"data_offsets":[0,2]}}"#,
      #"{"a":{"dtype":"X8","shape":[2],"data_offsets":[0,2]}}"#,
      #"{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2],"path":"/etc"}}"#,
      #"{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}}"#,
      #"{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"a":{"dtype":"U8","shape":[0],"data_offsets":[0,0]}}"#,
      #"{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"b":{"dtype":"U8","shape":[2],"data_offsets":[0,2]}}"#,
      #"{"a":{"dtype":"U8","shape":[9223372036854775807,9223372036854775807],"data_offsets":[0,2]}}"#,
      #"{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"__metadata__":{"n":1}}"#,
      #"{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]}} x"#, "[]", "{}", "",
    ])
  func refusals(header: String) {
    let error = #expect(throws: FileError.self) { try Safetensors(reading: file(header, [1, 2])) }
    #expect(error?.code == "file/damaged")
  }

  @Test("An impossible length of the header is refused")
  func headerLength() {
    for length: [UInt8] in [[255, 255, 255, 255, 255, 255, 255, 255], [0, 0, 0, 0, 1, 0, 0, 0]] {
      #expect(throws: FileError.self) { try Safetensors(reading: length + [0x7B, 0x7D]) }
    }
  }

  @Test("Hostile bytes give a value or an error")
  func hostile() throws {
    let tensor = try Tensor([1, 2, 3] as [Float], shape: [3])
    let bytes = try Safetensors([.init("w", tensor)], metadata: ["k": "v"]).bytes()
    #expect(feedHostile(bytes) { _ = try Safetensors(reading: $0) } == 0)
  }

  func raw(_ tensor: Tensor) throws -> [UInt8] {
    try tensor.withUnsafeBytes { Array($0) }
  }
}
