import Glibc

/// Keeps a folder for one program at a time, as long as the lock lives.
///
/// The kernel holds the lock, on the folder itself: nothing is written, and it ends with the program.
public final class FolderLock: Sendable {
  private let folder: Int32
  /// The folder that was made in order to lock it.
  private let made: String?

  /// Locks a folder; nothing where there is no such folder, or its file system has no locks.
  ///
  /// - Parameter making: Whether to make the folder where it is missing; it is gone with the lock if
  ///   nothing was put into it.
  /// - Throws: `file/busy` if another program, or this one, holds it.
  public init?(_ path: String, making: Bool = false) throws(FileError) {
    made = making && mkdir(path, 0o777) == 0 ? path : nil
    let number = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard number >= 0 else { return nil }
    guard flock(number, LOCK_EX | LOCK_NB) != 0 else {
      folder = number
      return
    }
    let isBusy = errno == EWOULDBLOCK
    let holder = isBusy ? Self.holder(of: number) : nil
    close(number)
    guard isBusy else { return nil }
    throw .busy(path, holder: holder)
  }

  deinit {
    if let made { rmdir(made) }
    close(folder)
  }

  /// The process that holds the lock on an open folder, as the kernel lists it:
  /// `1: FLOCK  ADVISORY  WRITE 4711 08:01:1234 0 EOF`.
  private static func holder(of folder: Int32) -> Int? {
    var status = stat()
    guard fstat(folder, &status) == 0,
      let list = try? Descriptor.opening("/proc/locks", O_RDONLY).contents(
        limit: 1 << 20, expected: 0)
    else { return nil }
    for line in String(decoding: list, as: UTF8.self).split(separator: "\n") {
      let words = line.split(separator: " ")
      guard words.count > 5, words[1] == "FLOCK", words[5].hasSuffix(":\(status.st_ino)") else {
        continue
      }
      if let process = Int(words[4]), process > 0 { return process }
    }
    return nil
  }
}

extension FileError {
  /// Another program writes there.
  fileprivate static func busy(_ path: String, holder: Int?) -> FileError {
    let who = holder.map { "process \($0)" } ?? "another run"
    return FileError(
      code: "file/busy", message: "\(who) is writing into \(path.quoted)",
      help: ["wait until it has ended, or write into another folder with -o"])
  }
}
