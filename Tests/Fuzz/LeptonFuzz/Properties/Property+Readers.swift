import Foundation
import LeptonData
import LeptonFiles
import LeptonTensor

extension Property {
  /// Whatever the bytes: each reader of data gives a value or an error in words, within its limit.
  static var readers: Property {
    Property("readers") { bytes in
      for (name, read) in readersByName {
        do {
          try read(bytes)
        } catch let error as FileError {
          if error.message.isEmpty || !error.code.contains("/") { return "\(name): no words" }
        } catch let error as TensorError {
          if !error.code.contains("/") { return "\(name): no code" }
        } catch {
          return "\(name): \(error)"
        }
      }
      return nil
    }
  }

  /// How many bytes a reader may make of an input.
  private static let limit = 1 << 20

  private static let readersByName: [(String, @Sendable ([UInt8]) throws -> Void)] = [
    ("CSV", { _ = try CSV.table($0, name: "a") }),
    ("JSON Lines", { _ = try JSONLines.table($0, name: "a") }),
    ("JSON Lines in blocks", readBlocks),
    (
      "JSON Lines in parts",
      { bytes in
        for policy in BadRows.allCases {
          let stream = MemoryStream(bytes, name: "a", blockSize: 5)
          let parts = try TableParts(stream, JSONLines.Form(badRows: policy), rowCount: 2)
          while try parts.next() != nil {}
        }
      }
    ),
    (
      "CSV in parts",
      { bytes in
        let stream = MemoryStream(bytes, name: "a", blockSize: 5)
        let parts = try TableParts(stream, CSV.Dialect(badRows: .null), rowCount: 2)
        while try parts.next() != nil {}
      }
    ),
    (
      "lines",
      { bytes in
        let lines = TextLines(MemoryStream(bytes, name: "a", blockSize: 5), rowCount: 2)
        while try lines.next() != nil {}
      }
    ),
    ("IDX", { _ = try IDX.tensor($0, name: "a") }),
    ("NPY", { _ = try NPY.tensor($0, name: "a") }),
    ("NPZ", { _ = try NPZ.tensors($0, name: "a") }),
    ("safetensors", { _ = try Safetensors(reading: $0, name: "a") }),
    ("PNG", { _ = try PNG.tensor($0, limit: limit, name: "a") }),
    ("JPEG", { _ = try JPEG.tensor($0, limit: limit, name: "a") }),
    ("sound", { _ = try Sound(reading: $0, limit: limit, name: "a") }),
    ("gzip", { _ = try gunzip($0, limit: limit, name: "a") }),
    ("array file", readRows),
  ]

  /// Records in small blocks, which must say what they say at once.
  private static let readBlocks: @Sendable ([UInt8]) throws -> Void = { bytes in
    let whole = Result { try JSONLines.table(bytes, name: "a") }
    let blocks = Result {
      try JSONLines.read(MemoryStream(bytes, name: "a", blockSize: 3)).table
    }
    switch (whole, blocks) {
    case (.success(let one), .success(let other)) where one == other: break
    case (.failure(let one as FileError), .failure(let other as FileError)) where one == other:
      break
    default: throw Difference()
    }
  }

  /// A file was read in two ways, with two results.
  private struct Difference: Error {}

  /// The bytes as a file of which the first, the last and some scattered rows are read.
  private static let readRows: @Sendable ([UInt8]) throws -> Void = { bytes in
    let url = FileManager.default.temporaryDirectory
      .appendingPathComponent("lepton-fuzz-\(UUID().uuidString)")
    try Data(bytes).write(to: url)
    defer { try? FileManager.default.removeItem(at: url) }
    let array = try ArrayFile(FileBroker(readable: [url.path]).opened(url.path))
    let count = array.rowCount
    if array.rowSize > limit { return }
    _ = try array.rows(0..<min(count, 2))
    _ = try array.rows(at: [count - 1, 0, count / 2].filter { (0..<count).contains($0) })
  }
}
