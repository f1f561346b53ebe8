import CZlib
import LeptonFiles
import Testing

@Suite struct GzipTests {
  /// Packs bytes with zlib.
  static func gzip(_ bytes: [UInt8]) -> [UInt8] {
    var stream = z_stream()
    let size = Int32(MemoryLayout<z_stream>.size)
    deflateInit2_(&stream, 9, Z_DEFLATED, 31, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, size)
    var input = bytes
    var output = [UInt8](repeating: 0, count: bytes.count + 100)
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

  let small = Array("hello, hello, hello".utf8)

  @Test("What was packed comes out, of any length and of several members")
  func roundTrip() throws {
    for count in [0, 1, 1000, 70_000, 1_000_000] {
      let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* $0 >> 7) }
      #expect(try gunzip(Self.gzip(bytes)) == bytes)
    }
    #expect(try gunzip(Self.gzip(small) + Self.gzip([]) + Self.gzip(small)) == small + small)
  }

  @Test("Every beginning of a packed file is refused as one that ends too early or is none")
  func truncation() {
    let packed = Self.gzip(small)
    for end in 0..<packed.count {
      let error = #expect(throws: FileError.self) {
        try gunzip(Array(packed[..<end]), name: "a.gz")
      }
      #expect(error?.code == "file/damaged")
      #expect(error?.message.contains("`a.gz`") == true)
    }
  }

  @Test("Changed bytes never give other bytes without an error")
  func damage() {
    let packed = Self.gzip(small)
    for index in packed.indices {
      for bit in 0..<8 {
        var changed = packed
        changed[index] ^= 1 << bit
        if let bytes = try? gunzip(changed) { #expect(bytes == small) }
      }
    }
  }

  @Test("Bytes behind the end are refused")
  func trailing() {
    #expect(throws: FileError.self) { try gunzip(Self.gzip(small) + [0]) }
    #expect(throws: FileError.self) { try gunzip(Self.gzip(small) + Array("garbage".utf8)) }
  }

  @Test("More than the limit does not come out, whatever the size that is declared")
  func limit() throws {
    var packed = Self.gzip([UInt8](repeating: 0, count: 100_000))
    #expect(try gunzip(packed, limit: 100_000).count == 100_000)
    for declared: [UInt8] in [[0xA0, 0x86, 1, 0], [0, 0, 0, 0], [255, 255, 255, 255]] {
      packed.replaceSubrange(packed.count - 4..<packed.count, with: declared)
      let error = #expect(throws: FileError.self) { try gunzip(packed, limit: 99_999) }
      #expect(error?.code == "file/size" || declared != [0xA0, 0x86, 1, 0])
    }
    #expect(throws: FileError.self) { try gunzip(packed, limit: -1) }
  }
}
