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
