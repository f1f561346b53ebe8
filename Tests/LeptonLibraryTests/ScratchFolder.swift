import Foundation
import LeptonFiles

/// A folder in which programs may read and write, gone when its test is.
final class ScratchFolder {
  let path = FileManager.default.temporaryDirectory
    .appendingPathComponent("lepton-words-\(UUID().uuidString)").path

  init() {
    try? FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// What a program shows.
  func run(_ text: String) -> String {
    Transcript(of: text, files: FileBroker(folder: path, readable: [path], writable: [path])).text
  }
}
