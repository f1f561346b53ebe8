import CZlib

/// What gzip data (RFC 1952, one member or several) unpack to, block by block.
public final class GunzipStream: ByteStream {
  private let source: any ByteStream
  private let blockSize: Int
  private let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
  /// Packed bytes that have come, and how many of them are used up.
  private var packed: [UInt8] = []
  private var used = 0
  /// Whether a member has begun and not ended.
  private var isInside = true

  /// Takes packed bytes.
  init(_ source: any ByteStream, blockSize: Int = 1 << 23) {
    self.source = source
    self.blockSize = blockSize
    stream.initialize(to: z_stream())
    inflateInit2_(stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
  }

  deinit {
    inflateEnd(stream)
    stream.deinitialize(count: 1)
    stream.deallocate()
  }

  /// What messages call the packed bytes.
  public var name: String { source.name }

  /// The next unpacked bytes.
  ///
  /// - Throws: `file/damaged` if the bytes are truncated, damaged or followed by others; `file/read`.
  public func next() throws(FileError) -> [UInt8] {
    var unpacked: [UInt8] = []
    while unpacked.isEmpty {
      if used == packed.count {
        packed = try source.next()
        used = 0
        if packed.isEmpty {
          if isInside { throw .truncatedGzip(name) }
          return []
        }
      }
      unpacked = try unpackSome()
    }
    return unpacked
  }

  /// Begins again.
  ///
  /// - Throws: `file/read`.
  public func rewind() throws(FileError) {
    try source.rewind()
    (packed, used, isInside) = ([], 0, true)
    inflateReset(stream)
  }

  /// Unpacks what fits into a block.
  private func unpackSome() throws(FileError) -> [UInt8] {
    var isDamaged = false
    let unpacked = [UInt8](unsafeUninitializedCapacity: blockSize) { output, filled in
      packed.withUnsafeMutableBufferPointer { input in
        while filled < blockSize, used < input.count, !isDamaged {
          let status = step(input, output, &filled)
          isDamaged = status != Z_OK && status != Z_STREAM_END && status != Z_BUF_ERROR
          if status == Z_STREAM_END { isDamaged = inflateReset(stream) != Z_OK }
          isInside = status != Z_STREAM_END
        }
      }
    }
    if isDamaged { throw .damagedGzip(name) }
    return unpacked
  }

  private func step(
    _ input: UnsafeMutableBufferPointer<UInt8>, _ output: UnsafeMutableBufferPointer<UInt8>,
    _ filled: inout Int
  ) -> Int32 {
    let given = uInt(clamping: input.count - used)
    let room = uInt(clamping: output.count - filled)
    stream.pointee.next_in = input.baseAddress.map { $0 + used }
    stream.pointee.avail_in = given
    stream.pointee.next_out = output.baseAddress.map { $0 + filled }
    stream.pointee.avail_out = room
    let status = inflate(stream, Z_NO_FLUSH)
    used += Int(given - stream.pointee.avail_in)
    filled += Int(room - stream.pointee.avail_out)
    return status
  }
}

extension ByteStream {
  /// The same bytes, unpacked if they are gzip data.
  ///
  /// - Throws: `file/read`.
  public func unpacked() throws(FileError) -> any ByteStream {
    try peek(2) == [0x1F, 0x8B] ? GunzipStream(self) : self
  }
}
