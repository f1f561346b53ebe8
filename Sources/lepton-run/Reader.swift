import Glibc
import LeptonFiles
import LeptonNotebook

/// Reads what is to be run.
enum Reader {
  /// Reads a file, or standard input for `-`.
  static func read(_ path: String) throws(RunRefusal) -> SourceText {
    try SourceText(decoding: bytes(path), name: path == "-" ? "stdin" : path)
  }

  /// Reads the bytes of a file, or of standard input for `-`.
  static func bytes(_ path: String) throws(RunRefusal) -> [UInt8] {
    path == "-" ? standardInput() : try file(path)
  }

  /// How a file begins; nothing where it cannot be read.
  static func beginning(of path: String) -> String {
    let bytes = try? FileBroker(readable: [path]).read(path, limit: SourceText.sizeLimit)
    return String(decoding: bytes?.prefix(2) ?? [], as: UTF8.self)
  }

  private static func file(_ path: String) throws(RunRefusal) -> [UInt8] {
    do {
      // One byte more than is allowed tells what is too large.
      return try FileBroker(readable: [path]).read(path, limit: SourceText.sizeLimit + 1)
    } catch {
      guard error.code != "file/size" else { throw .tooLarge(path, limit: SourceText.sizeLimit) }
      throw RunRefusal(.usage, "error[\(error.code)]: \(error.message)")
    }
  }

  private static func standardInput() -> [UInt8] {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while bytes.count <= SourceText.sizeLimit {
      let count = Glibc.read(STDIN_FILENO, &buffer, buffer.count)
      if count > 0 {
        bytes += buffer[..<count]
      } else if count == 0 || errno != EINTR {
        break
      }
    }
    return bytes
  }
}
