import Glibc
import LeptonFiles

/// Standard output or standard error, written without buffer and without dying of a closed pipe.
struct StandardStream {
  let descriptor: Int32

  init(_ descriptor: Int32) { self.descriptor = descriptor }

  /// Whether a person may be looking.
  var isTerminal: Bool { isatty(descriptor) == 1 }

  /// How many columns the terminal has.
  var width: Int {
    var size = winsize()
    guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
    return Int(size.ws_col)
  }

  /// Writes a line; what cannot be said is lost.
  func say(_ line: String) { try? write(line.hasSuffix("\n") ? line : line + "\n") }

  /// Writes all of a text.
  func write(_ text: String) throws(FileError) {
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count > 0 {
        bytes = bytes.dropFirst(count)
      } else if errno == EAGAIN {
        wait()
      } else if errno != EINTR {
        throw failure(errno)
      }
    }
  }

  /// Another program may have made the descriptor one that does not block.
  private func wait() {
    var request = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
    _ = poll(&request, 1, -1)
  }

  private func failure(_ error: Int32) -> FileError {
    if error == EPIPE {
      return FileError(code: Self.closedPipe, message: "nobody reads the report")
    }
    let why = String(cString: strerror(error))
    return FileError(
      code: "file/write", message: "the report cannot be written to standard output: \(why)")
  }

  /// The code of the one failure about which nothing is said.
  static let closedPipe = "file/pipe"
}
