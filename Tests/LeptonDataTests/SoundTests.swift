import LeptonData
import LeptonFiles
import LeptonTensor
import Testing

/// Sounds that Python's soundfile wrote: three frames of two channels, 8,000 in a second.
@Suite struct SoundTests {
  /// WAV, 24 bits a sample.
  private static let wav24 = bytes(
    base64: """
      UklGRjYAAABXQVZFZm10IBAAAAABAAIAQB8AAIC7AAAGABgAZGF0YRIAAAAAAAAAAEAAAMAAACD//38AAIA=
      """)
  /// WAV, fractions.
  private static let wavFloat = bytes(
    base64: """
      UklGRmgAAABXQVZFZm10IBAAAAADAAIAQB8AAAD6AAAIACAAZmFjdAQAAAADAAAAUEVBSxgAAAABAAAAO2AH
      awAAgD8CAAAAAACAPwIAAABkYXRhGAAAAAAAAAAAAAA/AAAAvwAAgD4AAIA/AACAvw==
      """)
  /// FLAC, 16 bits a sample.
  private static let flac = bytes(
    base64: """
      ZkxhQwAAACIQABAAAAAUAAAUAfQC8AAAAAMqjzs6ksHmn+EL6sfa+svjhAAAKCAAAAByZWZlcmVuY2UgbGli
      RkxBQyAxLjQuMyAyMDIzMDYyMwAAAAD/+GQYAAJPAgAAwAB//wMACjBX/g==
      """)

  @Test func `Samples are fractions from -1 to 1`() throws {
    for bytes in [Self.wav24, Self.wavFloat, Self.flac] {
      let sound = try Sound(reading: bytes)
      #expect(sound.rate == 8000)
      #expect(sound.samples.shape.sizes == [3, 2])
      let samples = try sound.samples.elements(as: Double.self)
      for (one, two) in zip(samples, [0, 0.5, -0.5, 0.25, 1, -1]) { #expect(abs(one - two) < 1e-4) }
    }
  }

  @Test func `What is written is read again, cut off at -1 and 1`() throws {
    let samples = try Tensor([0, 0.5, -0.25, 2, -3] as [Float], shape: [5])
    let sound = try Sound(reading: Sound(samples: samples, rate: 16_000).wav())
    #expect(sound.rate == 16_000)
    #expect(sound.samples.shape.sizes == [5])
    let read = try sound.samples.elements(as: Double.self)
    for (one, two) in zip(read, [0, 0.5, -0.25, 1, -1]) { #expect(abs(one - two) < 1e-4) }
    #expect(throws: TensorError.self) {
      try Sound(samples: Tensor([1] as [Float], shape: [1, 1, 1]), rate: 8000).wav()
    }
    #expect(throws: TensorError.self) { try Sound(samples: samples, rate: 0).wav() }
  }

  @Test func `What is no sound says so`() {
    #expect(throws: FileError.self) { try Sound(reading: []) }
    #expect(throws: FileError.self) { try Sound(reading: Array("RIFF".utf8)) }
    let long = #expect(throws: FileError.self) { try Sound(reading: Self.wav24, limit: 2) }
    #expect(long?.code == "file/size")
  }

  @Test func `Hostile bytes give a value or an error`() {
    for bytes in [Self.wav24, Self.wavFloat, Self.flac] {
      _ = feedHostile(bytes) { _ = try Sound(reading: $0, limit: 1 << 20) }
    }
  }
}
