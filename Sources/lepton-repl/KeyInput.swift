@preconcurrency import CReadline
import Glibc

/// The bytes that come from the terminal, taken in as many at a time as there are.
///
/// Readline would ask the system three times for each byte, which a long paste would feel.
struct KeyInput {
  private var bytes: [UInt8] = []
  private var position = 0

  /// Whether bytes are here that nobody has taken.
  var hasMore: Bool { position < bytes.count }

  /// Whether bytes are here, or can be read within so many milliseconds.
  func hasMore(within milliseconds: Int32) -> Bool {
    if hasMore { return true }
    var polls = [pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)]
    return poll(&polls, 1, milliseconds) > 0
  }

  /// Whether zeros are passed over, at which readline would end a pasted text.
  var skipsZeros = false

  /// The next byte, for which it waits; `EOF` where there will be none.
  mutating func next() -> Int32 {
    while true {
      if !hasMore { fill() }
      guard hasMore else { return EOF }
      position += 1
      if bytes[position - 1] != 0 || !skipsZeros { return Int32(bytes[position - 1]) }
    }
  }

  private mutating func fill() {
    position = 0
    bytes = [UInt8](unsafeUninitializedCapacity: 1 << 16) { buffer, count in
      var result = 0
      repeat {
        result = read(STDIN_FILENO, buffer.baseAddress, buffer.count)
      } while result < 0 && errno == EINTR
      count = max(0, result)
    }
  }
}
