import Glibc

/// One end of the socket pair between a front end and its worker, which never blocks by itself.
final class Connection {
  /// The socket.
  let socket: Descriptor
  private var decoder = FrameDecoder()

  /// Whether everything that the other side said has been taken in, and no more will come.
  private(set) var isClosed = false
  /// Whether the other side takes in no more.
  private(set) var isDeaf = false

  /// Takes over a connected socket.
  init(_ socket: Descriptor) {
    self.socket = socket
    let flags = fcntl(socket.number, F_GETFL)
    _ = fcntl(socket.number, F_SETFL, flags | O_NONBLOCK)
  }

  /// Gives the next frame that has wholly arrived.
  func nextFrame() throws(FrameError) -> Frame? {
    try decoder.next()
  }

  /// Takes in everything that can be had without waiting.
  func readAvailable() {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 1 << 16) { buffer in
      while !isClosed {
        let count = recv(socket.number, buffer.baseAddress, buffer.count, 0)
        if count > 0 {
          decoder.append(buffer.prefix(count))
        } else if count < 0 && errno == EINTR {
          continue
        } else {
          isClosed = count == 0 || (errno != EAGAIN && errno != EWOULDBLOCK)
          return
        }
      }
    }
  }

  /// Sends as much as can be sent without waiting, and removes it from `bytes`.
  func writeAvailable(_ bytes: inout ArraySlice<UInt8>) {
    while !bytes.isEmpty && !isDeaf {
      let count = bytes.withUnsafeBytes {
        send(socket.number, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      if count >= 0 {
        bytes = bytes.dropFirst(count)
      } else if errno != EINTR {
        isDeaf = errno != EAGAIN && errno != EWOULDBLOCK
        return
      }
    }
  }
}

/// What `poll` can wait for.
struct Readiness {
  /// Waits until one of the descriptors is ready, or the milliseconds are over; -1 waits for ever.
  ///
  /// A signal that comes meanwhile shortens nothing.
  ///
  /// - Parameter reading: Descriptors awaited for reading; those below 0 are never ready.
  /// - Returns: For each descriptor whether it is ready. None is when the time was over.
  static func wait(
    reading: [Int32], writing: Int32 = -1, milliseconds: Int32 = -1
  ) -> (reading: [Bool], writing: Bool) {
    var polls = reading.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
    polls.append(pollfd(fd: writing, events: Int16(POLLOUT), revents: 0))
    let end = ContinuousClock.now + .milliseconds(milliseconds)
    var count = poll(&polls, nfds_t(polls.count), milliseconds)
    while count < 0 && errno == EINTR {
      let left = ContinuousClock.now.duration(to: end) / .milliseconds(1)
      count = poll(
        &polls, nfds_t(polls.count), milliseconds < 0 ? -1 : Int32(max(0, left.rounded(.up))))
    }
    let ready = polls.map { count > 0 && $0.revents != 0 }
    return (Array(ready.dropLast()), ready.last ?? false)
  }
}
