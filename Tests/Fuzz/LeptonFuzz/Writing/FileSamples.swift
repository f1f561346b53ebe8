import LeptonData
import LeptonTensor

/// Whole files of every format that is read, small ones.
enum FileSamples {
  static let all: [[UInt8]] = written + [jpeg, packed]

  private static let written: [[UInt8]] = {
    let numbers = try? Tensor([1.5, -2, 3, 4] as [Float], shape: [2, 2])
    let pixels = try? Tensor((0..<60).map { UInt8($0 * 4) }, shape: [4, 5, 3])
    let samples = try? Tensor((0..<40).map { Float($0) / 40 }, shape: [40])
    let files: [[UInt8]?] = [
      Array("name,size\nant,1.5\n\"b, \"\"c\"\"\",2\n".utf8),
      Array("{\"a\": 1, \"b\": [1, 2]}\n{\"a\": null, \"b\": []}\n".utf8),
      Array("[{\"a\": 1, \"b\": {\"c\": \"],\"}},\n {\"b.c\": \"x\", \"b\": null}]\n".utf8),
      [0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 3, 1, 2, 3, 4, 5, 6],
      numbers.flatMap { try? NPY.bytes(of: $0) },
      numbers.flatMap { try? NPZ.bytes(of: [("a", $0)]) },
      numbers.flatMap { try? Safetensors([.init("a", $0)]).bytes() },
      pixels.flatMap { try? PNG.bytes(of: $0) },
      samples.flatMap { try? Sound(samples: $0, rate: 8000).wav() },
    ]
    return files.compactMap(\.self)
  }()

  /// Grey pixels, 8 × 8.
  private static let jpeg = bytes(
    """
    ffd8ffe000104a46494600010100000100010000ffdb004300020101010101020101010202020202040302020202
    0504040304060506060605060606070908060709070606080b08090a0a0a0a0a06080b0c0b0a0c090a0a0affc000
    0b080008000801011100ffc40014000100000000000000000000000000000007ffc4001810000203000000000000
    00000000000000000a4786c5ffda0008010100003f003768d832cd927fffd9
    """)

  /// A table that gzip has packed.
  private static let packed = bytes(
    """
    1f8b0800000000000203cbcf4bd52929cfe732d431e232d631e1ca27c007001ef50b5230000000
    """)

  private static func bytes(_ hexadecimal: String) -> [UInt8] {
    let digits = hexadecimal.compactMap(\.hexDigitValue)
    return stride(from: 0, to: digits.count - 1, by: 2).map {
      UInt8(digits[$0] << 4 | digits[$0 + 1])
    }
  }
}
