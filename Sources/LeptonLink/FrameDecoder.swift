/// Cuts a stream of bytes into frames, however the bytes arrive.
public struct FrameDecoder: Sendable {
  private var buffer: [UInt8] = []
  private var start = 0

  /// Makes a decoder that has seen nothing.
  public init() {}

  /// Whether bytes of an unfinished frame have arrived.
  public var isInsideFrame: Bool { start < buffer.count }

  /// Takes what arrived.
  public mutating func append(_ bytes: some Sequence<UInt8>) {
    buffer.append(contentsOf: bytes)
  }

  /// Gives the next whole frame, or nothing while it is not all there.
  ///
  /// - Throws: `FrameError` as soon as the header cannot be that of a frame. The stream is lost then.
  public mutating func next() throws(FrameError) -> Frame? {
    guard let length = try payloadLength() else { return nil }
    let body = start + Frame.headerSize
    guard buffer.count - body >= length else {
      // A sender that lies about much gets no room for it beforehand.
      buffer.reserveCapacity(body + min(length, 1 << 24))
      return nil
    }
    let frame = try Frame(payload: Array(buffer[body..<body + length]))
    start = body + length
    discardWhatWasRead()
    return frame
  }

  private func payloadLength() throws(FrameError) -> Int? {
    let header = buffer[start...].prefix(Frame.headerSize)
    guard header.starts(with: Frame.mark.prefix(header.count)) else { throw .foreign }
    guard header.count == Frame.headerSize else { return nil }
    guard buffer[start + 2] == Frame.version else { throw .version(buffer[start + 2]) }
    guard buffer[start + 3] == 0 else { throw .foreign }
    let length = (0..<4).reduce(0) { $0 | Int(buffer[start + 4 + $1]) << (8 * $1) }
    guard length <= Frame.longestPayload else { throw .tooLong(length) }
    return length
  }

  /// Moving the rest to the front pays only once much has been read.
  private mutating func discardWhatWasRead() {
    if start == buffer.count {
      buffer.removeAll(keepingCapacity: buffer.capacity <= 1 << 20)
      start = 0
    } else if start > 1 << 16 {
      buffer.removeFirst(start)
      start = 0
    }
  }
}
