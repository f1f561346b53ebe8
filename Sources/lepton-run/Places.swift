import Glibc
import LeptonFiles
import LeptonNotebook

/// Where things lie around a run.
enum Places {
  /// The folder of a path.
  static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// A folder from the root, which means the same in every process; as it is where there is none.
  static func absolute(_ folder: String) -> String {
    guard let path = realpath(folder, nil) else { return folder }
    defer { free(path) }
    return String(cString: path)
  }

  /// Refuses what has no folder to stand in, before anything runs.
  static func requireFolders(of files: [String?]) throws(RunRefusal) {
    for case let file? in files where access(folder(of: file), F_OK) != 0 {
      throw RunRefusal(
        .notWritten, "error[file/missing]: there is no folder for \(file.quoted); nothing was run",
        help: ["make the folder \(folder(of: file).quoted), or name another"])
    }
  }

  /// The last part of a path.
  static func name(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[path.index(after: $0)...]) } ?? path
  }

  /// The folder of the file that standard output goes to; the current one if it goes to none.
  static func folderOfStandardOutput() -> String {
    var status = stat()
    guard fstat(STDOUT_FILENO, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return "." }
    let path = withUnsafeTemporaryAllocation(of: UInt8.self, capacity: Int(PATH_MAX)) { buffer in
      let count = buffer.withMemoryRebound(to: CChar.self) { characters in
        characters.baseAddress.map { readlink("/proc/self/fd/1", $0, characters.count) } ?? 0
      }
      return String(decoding: buffer.prefix(max(0, count)), as: UTF8.self)
    }
    let folder = folder(of: path)
    return path.hasPrefix("/") && access(folder, W_OK) == 0 ? folder : "."
  }
}
