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
  ]
}
