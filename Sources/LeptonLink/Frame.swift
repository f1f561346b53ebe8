/// One message as bytes: a header of eight bytes, then JSON.
///
/// The header is `LPTN` shortened to two letters, the version, a zero, and the length of the payload
/// as a little-endian 32-bit number. A reader knows after eight bytes whether it talks to one of its
/// kind and how much will follow, and refuses before it makes room.
public struct Frame: Sendable, Hashable {
  /// The version of the protocol; a front end and a worker of different versions do not talk.
  public static let version: UInt8 = 1
  /// How many bytes the header has.
  package static let headerSize = 8
  /// The longest payload that is accepted: 256 MiB.
  public static let longestPayload = 1 << 28
  /// What every frame begins with.
  package static let mark: [UInt8] = [UInt8(ascii: "L"), UInt8(ascii: "P")]

  /// The JSON text of the message.
  public var payload: [UInt8]

  /// Makes a frame.
  ///
  /// - Throws: `FrameError.tooLong` if no reader would accept it.
  public init(payload: [UInt8]) throws(FrameError) {
    guard payload.count <= Frame.longestPayload else { throw .tooLong(payload.count) }
    self.payload = payload
  }

  /// The header and the payload.
  public var bytes: [UInt8] {
    let length = UInt32(payload.count)
    var bytes = Frame.mark
    bytes.reserveCapacity(Frame.headerSize + payload.count)
    bytes += [Frame.version, 0]
    for shift in stride(from: UInt32(0), to: 32, by: 8) {
      bytes.append(UInt8(truncatingIfNeeded: length >> shift))
    }
    bytes += payload
    return bytes
  }
}

/// Why bytes are not a frame.
public enum FrameError: Error, Sendable, Hashable {
  /// The bytes do not begin as a frame does.
  case foreign
  /// The frame is of another version of the protocol.
  case version(UInt8)
  /// The frame says that it is that long.
  case tooLong(Int)
  /// The payload is not the message that was expected.
  case unreadable(String)

  /// One sentence about it, without a full stop.
  public var message: String {
    switch self {
    case .foreign: "something that is not a message arrived"
    case .version(let version):
      "version \(version) of the protocol is spoken there, version \(Frame.version) here"
    case .tooLong(let length):
      "a message of \(length) bytes is longer than the limit of \(Frame.longestPayload)"
    case .unreadable(let reason): "a message cannot be read: \(reason)"
    }
  }
}
