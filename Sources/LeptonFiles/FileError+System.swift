import Glibc

// The wording of everything that can go wrong with a file.
extension FileError {
  /// Nothing allows it.
  static func denied(_ path: String, _ verb: String) -> FileError {
    let option = verb == "read" ? "--allow-read" : "--allow-write"
    return FileError(
      code: "file/denied", message: "\(path.quoted) may not be \(verb) here",
      help: ["run with \(option)=\(path) if you trust what runs"])
  }

  static func tooLarge(_ path: String, limit: Int) -> FileError {
    FileError(
      code: "file/size", message: "\(path.quoted) has more than the \(limit) bytes that are allowed"
    )
  }

  static func notRegular(_ path: String, _ status: stat) -> FileError {
    FileError(
      code: "file/kind", message: "\(path.quoted) is \(status.kind), not a file",
      help: status.isFolder ? ["name a file in the folder"] : ["name a regular file"])
  }

  /// It is another one than when it was opened.
  static func changed(_ path: String) -> FileError {
    FileError(
      code: "file/changed", message: "\(path.quoted) was changed after it had been opened",
      help: ["open it again when nothing writes to it any more"])
  }

  /// The system would not open or read it.
  static func reading(_ path: String, _ error: SystemError) -> FileError {
    switch error.number {
    case ENOENT, ENOTDIR:
      FileError(
        code: "file/missing", message: "there is no file \(path.quoted)",
        help: ["paths are relative to the folder of the notebook"])
    case ENXIO:
      FileError(code: "file/kind", message: "\(path.quoted) is not a file")
    default: opening(path, error, "read")
    }
  }

  /// The system would not write it.
  static func writing(_ path: String, _ error: SystemError) -> FileError {
    switch error.number {
    case ENOENT, ENOTDIR:
      FileError(code: "file/missing", message: "there is no folder for \(path.quoted)")
    case ENOSPC, EDQUOT, EFBIG:
      FileError(
        code: "file/full",
        message: "there is no space left to write \(path.quoted) (\(error.words))",
        help: ["make space and try again; what was there before is as it was"])
    default: opening(path, error, "written")
    }
  }

  private static func opening(_ path: String, _ error: SystemError, _ verb: String) -> FileError {
    switch error.number {
    case EXDEV, ELOOP:
      FileError(
        code: "file/denied",
        message: "\(path.quoted) leads through a link out of the folders that are allowed")
    case EACCES, EPERM, EROFS:
      FileError(
        code: "file/permission",
        message: "\(path.quoted) cannot be \(verb): the system says \"\(error.words)\"",
        help: ["change who may do that, or choose another file"])
    default:
      FileError(
        code: verb == "read" ? "file/read" : "file/write",
        message: "\(path.quoted) could not be \(verb): the system says \"\(error.words)\"")
    }
  }
}

extension FileError {
  /// Does something with a file, and puts into words what the system has against it.
  static func wording<Result: ~Copyable>(
    _ word: (String, SystemError) -> FileError, _ path: String, _ body: () throws -> Result
  ) throws(FileError) -> Result {
    do {
      return try body()
    } catch let error as FileError {
      throw error
    } catch let error as SystemError {
      throw word(path, error)
    } catch {
      throw word(path, SystemError(EIO))
    }
  }
}

extension String {
  /// The text between backquotes, with characters that would act on a terminal written as escapes.
  package var quoted: String {
    var text = "`"
    for scalar in unicodeScalars {
      text +=
        scalar.properties.generalCategory == .control
        ? scalar.escaped(asASCII: true) : String(scalar)
    }
    return text + "`"
  }
}

extension stat {
  var isRegular: Bool { st_mode & S_IFMT == S_IFREG }
  var isFolder: Bool { st_mode & S_IFMT == S_IFDIR }

  /// What it is, for messages.
  var kind: String {
    switch st_mode & S_IFMT {
    case S_IFDIR: "a folder"
    case S_IFIFO: "a pipe"
    case S_IFSOCK: "a socket"
    case S_IFCHR, S_IFBLK: "a device"
    case S_IFLNK: "a link"
    default: "something else"
    }
  }
}
