import Glibc
import LeptonFiles
import LeptonLink
import LeptonNotebook

/// The file in which a notebook's folder keeps what its cells gave.
struct CacheFile: Sendable {
  private let broker: FileBroker
  private let path: String

  /// How many bytes it may have; what is larger is not worth reading.
  private static let limit = 256 << 20

  /// The file in the folder of a notebook's pictures.
  init(folder: String) {
    broker = FileBroker(folder: Places.folder(of: folder), readable: ["."], writable: ["."])
    path = "\(Places.name(of: folder))/cells.cache"
  }

  /// What is kept there; nothing where there is no such file, or one that cannot be read.
  func read() -> CellCache {
    let bytes = try? broker.read(path, limit: Self.limit)
    return CellCache(reading: bytes ?? [], engine: WorkerProgram.fingerprint)
  }

  /// Writes what a run left, if that is something else than what was there; where the report has no
  /// folder it makes none.
  func write(_ cache: CellCache) throws {
    guard cache.isChanged, access(broker.folder, F_OK) == 0 else { return }
    try broker.write(cache.bytes(), to: path)
  }
}
