import CZlib

extension [UInt8] {
  /// The bytes as zlib packs them with a head of gzip.
  var gzipped: [UInt8] {
    var stream = z_stream()
    let size = Int32(MemoryLayout<z_stream>.size)
    deflateInit2_(&stream, 9, Z_DEFLATED, 31, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, size)
    var (input, output) = (self, [UInt8](repeating: 0, count: count + 100))
    return input.withUnsafeMutableBufferPointer { input in
      output.withUnsafeMutableBufferPointer { output in
        stream.next_in = input.baseAddress
        stream.avail_in = uInt(input.count)
        stream.next_out = output.baseAddress
        stream.avail_out = uInt(output.count)
        deflate(&stream, Z_FINISH)
        deflateEnd(&stream)
        return Array(output.prefix(Int(stream.total_out)))
      }
    }
  }
}
