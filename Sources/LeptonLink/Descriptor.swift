import CPlatform
import Glibc

/// A file descriptor that is closed when nobody holds it any more.
final class Descriptor: Sendable {
  let number: Int32

  /// Takes over an open descriptor.
  init(_ number: Int32) { self.number = number }

  deinit {
    if number >= 0 { close(number) }
  }

  /// Opens a pair of connected sockets, closed on exec.
  static func socketPair() throws(SystemFailure) -> (Descriptor, Descriptor) {
    try pair { socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0, $0) }
  }

  /// Opens a pipe whose ends never block, closed on exec.
  static func pipe() throws(SystemFailure) -> (reading: Descriptor, writing: Descriptor) {
    let ends = try pair { lepton_pipe($0) }
    return (reading: ends.0, writing: ends.1)
  }

  private static func pair(
    _ open: (UnsafeMutablePointer<Int32>) -> Int32
  ) throws(SystemFailure) -> (Descriptor, Descriptor) {
    var numbers: [Int32] = [-1, -1]
    let result = numbers.withUnsafeMutableBufferPointer { buffer in
      buffer.baseAddress.map(open) ?? -1
    }
    guard result == 0 else { throw SystemFailure(errno) }
    return (Descriptor(numbers[0]), Descriptor(numbers[1]))
  }
}

/// A call of the system that failed.
struct SystemFailure: Error, Hashable {
  /// What the system says about it.
  let message: String

  init(_ number: Int32) {
    message = strerror(number).map { String(cString: $0) } ?? "error \(number)"
  }
}
