import LeptonData
import LeptonFiles
import LeptonLearning
import LeptonRuntime
import LeptonSession
import LeptonTensor

/// The file in which a run of training keeps where it stands, with the one before beside it.
///
/// At any moment the file or the one before is whole; what goes wrong while writing leaves both.
final class CheckpointFile {
  private let path: String
  private let context: Context
  /// Whether the file that is there is worth to be kept when the next one is written.
  private var keepsOld = true

  /// What stands behind the name of the one before.
  static let ending = ".previous"

  /// Names a file.
  init(_ path: String, in context: Context) {
    self.path = path
    self.context = context
  }

  /// Keeps a checkpoint.
  func write(_ checkpoint: Checkpoint) throws {
    let tensors = try checkpoint.tensors()
    var texts = checkpoint.texts
    texts[CheckpointFile.digestName] = try Fingerprint.of(tensors, texts)
    let entries = tensors.map { Safetensors.Entry($0.name, $0.tensor) }
    let bytes = try Safetensors(entries, metadata: texts).bytes()
    try context.files.write(
      bytes, to: path, keepingOldWith: keepsOld ? CheckpointFile.ending : nil)
    keepsOld = true
  }

  /// The checkpoint that was kept last; the one before if the last is damaged, nothing if there is none.
  ///
  /// - Throws: `file/damaged` or `train/checkpoint` if none can be read.
  func read() throws -> Checkpoint? {
    let path = path
    do {
      return try checkpoint(in: path)
    } catch let error as FileError where error.code == "file/missing" {
      return nil
    } catch let error as FileError where error.code == "file/damaged" {
      let earlier = path + CheckpointFile.ending
      guard context.files.exists(earlier) else { throw error }
      let found = try checkpoint(in: earlier)
      keepsOld = false
      context.emit(.notice("\(error.message); training goes on from \(earlier)"))
      return found
    }
  }

  private func checkpoint(in path: String) throws -> Checkpoint {
    let file = try Safetensors(reading: context.files.read(path), name: path)
    let tensors = file.tensors.map { (name: $0.name, tensor: $0.tensor) }
    var texts = file.metadata
    let digest = texts.removeValue(forKey: CheckpointFile.digestName)
    if texts["format"] == Checkpoint.format, try digest != Fingerprint.of(tensors, texts) {
      throw FileError(
        code: "file/damaged",
        message: "\(path.quoted) is damaged: it does not hold what was written to it")
    }
    return try telling { try Checkpoint(tensors: tensors, texts: texts) }
  }

  /// The name of the text that tells whether anything has changed since it was written.
  private static let digestName = "digest"

  /// What stands before the name of a fact in the file.
  static let factPrefix = "run/"

  /// The parameters and states that a model takes from a checkpoint: the best ones, else the last.
  static func tensors(in file: Safetensors) -> [Safetensors.Entry] {
    func entries(_ prefixes: String...) -> [Safetensors.Entry] {
      prefixes.flatMap { prefix in
        file.tensors.filter { $0.name.hasPrefix(prefix) }.map {
          .init(String($0.name.dropFirst(prefix.count)), $0.tensor)
        }
      }
    }
    let best = entries("best/parameters/", "best/states/")
    return best.isEmpty ? entries("parameters/", "states/") : best
  }

  /// Does something with a checkpoint; what does not suit is told with the name of the file.
  func telling<Result>(_ body: () throws -> Result) throws -> Result {
    do {
      return try body()
    } catch let error as TensorError where error.code == "train/checkpoint" {
      throw LanguageError(
        error.code, "training cannot go on from \(path): \(error.message)", help: error.help)
    }
  }
}
