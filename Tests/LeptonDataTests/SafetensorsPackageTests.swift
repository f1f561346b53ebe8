import Foundation
import LeptonData
import LeptonTensor
import Testing

/// Our files and those of the safetensors package for Python.
@Suite struct SafetensorsPackageTests {
  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("Files").path

  /// A Python that has the package, where `LEPTON_PYTHON` names one.
  private static let python = ProcessInfo.processInfo.environment["LEPTON_PYTHON"]

  @Test func `a file that the package wrote is read`() throws {
    let bytes = try #require(
      FileManager.default.contents(atPath: "\(Self.folder)/python.safetensors"))
    let file = try Safetensors(reading: Array(bytes))
    #expect(file.metadata == ["format": "np", "by": "café"])
    #expect(
      try file["0.dense.kernel"]?.elements(as: Float.self) == [-0.5, -0.25, 0, 0.25, 0.5, 0.75])
    #expect(file["0.dense.kernel"]?.shape.sizes == [2, 3])
    let bias = try #require(file["0.dense.bias"]).elements(as: Float.self)
    #expect(bias[0].sign == .plus && bias[1].sign == .minus && bias[2] == .infinity)
    #expect(try file["half"]?.elements(as: Double.self) == [1.5, -0.25, 65504])
    #expect(try file["double"]?.elements(as: Double.self) == [0.1])
    #expect(try file["count"]?.elements(as: Int.self) == [-(1 << 40)])
    #expect(try file["pixels"]?.elements(as: Int.self) == Array(0..<8))
    #expect(file["pixels"]?.shape.sizes == [2, 2, 2])
    #expect(try file["mask"]?.elements(as: Int.self) == [1, 0, 1])
    #expect(file["empty"]?.shape.sizes == [0, 4])
    #expect(file.tensors.count == 8)
  }

  @Test(.enabled(if: python != nil)) func `the package reads what we write`() throws {
    let path = NSTemporaryDirectory() + "lepton-\(UUID().uuidString).safetensors"
    defer { try? FileManager.default.removeItem(atPath: path) }
    let entries: [Safetensors.Entry] = [
      .init("0.dense.kernel", try Tensor([0.5, -1.5] as [Float], shape: [1, 2])),
      .init("count", try Tensor([7, -8], shape: [2])),
      .init("mask", try Tensor([true, false], shape: [2])),
      .init("exact", try Tensor([0.1], shape: [1])),
      .init("pixels", try Tensor([1, 255] as [UInt8], shape: [2])),
      .init("empty", try Tensor([] as [Float], shape: [0, 3])),
    ]
    let bytes = try Safetensors(entries, metadata: ["format": "lepton model 1"]).bytes()
    try Data(bytes).write(to: URL(fileURLWithPath: path))
    let program = """
      from safetensors import safe_open
      with safe_open("\(path)", "numpy") as f:
        print(f.metadata())
        for name in sorted(f.keys()):
          t = f.get_tensor(name)
          print(name, t.dtype, list(t.shape), t.reshape(-1).tolist())
      """
    let process = Process()
    process.executableURL = URL(fileURLWithPath: try #require(Self.python))
    process.arguments = ["-c", program]
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let text = String(
      decoding: try output.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
    process.waitUntilExit()
    #expect(
      text == """
        {'format': 'lepton model 1'}
        0.dense.kernel float32 [1, 2] [0.5, -1.5]
        count int64 [2] [7, -8]
        empty float32 [0, 3] []
        exact float64 [1] [0.1]
        mask bool [2] [True, False]
        pixels uint8 [2] [1, 255]

        """)
  }
}
