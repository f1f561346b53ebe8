import Dispatch
import Glibc

/// A server on this machine that answers each path with bytes of its own, and then hangs up.
final class LocalServer: Sendable {
  /// The port on which it listens.
  let port: UInt16
  private let descriptor: Int32

  /// Starts a server; `answers` are whole answers of HTTP by path.
  init(_ answers: @escaping @Sendable (_ path: String, _ port: UInt16) -> [UInt8]) throws {
    descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let number = descriptor
    try withUnsafeMutablePointer(to: &address) { address in
      try address.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        guard bind(number, address, size) == 0, listen(number, 8) == 0,
          getsockname(number, address, &size) == 0
        else { throw ServerError() }
      }
    }
    let port = UInt16(bigEndian: address.sin_port)
    self.port = port
    DispatchQueue(label: "server").async {
      while true {
        let client = accept(number, nil, nil)
        guard client >= 0 else { return }
        LocalServer.answer(client) { answers($0, port) }
        close(client)
      }
    }
  }

  deinit {
    shutdown(descriptor, Int32(SHUT_RDWR))
    close(descriptor)
  }

  private static func answer(_ client: Int32, _ answers: (String) -> [UInt8]) {
    var buffer = [UInt8](repeating: 0, count: 4096)
    let count = read(client, &buffer, buffer.count)
    let words = String(decoding: buffer.prefix(max(0, count)), as: UTF8.self).split(separator: " ")
    var bytes = answers(words.count > 1 ? String(words[1]) : "/")[...]
    while !bytes.isEmpty {
      let sent = bytes.withUnsafeBytes {
        send(client, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      guard sent > 0 else { return }
      bytes = bytes.dropFirst(sent)
    }
  }
}

/// The server could not be started.
struct ServerError: Error {}
