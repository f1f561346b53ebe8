import CZlib

/// Unpacks gzip (RFC 1952), of one member or several.
///
/// - Parameters:
///   - limit: how many bytes may come out.
///   - name: what messages call the bytes.
/// - Throws: `file/damaged` if the bytes are truncated, damaged or followed by others, and
///   `file/size` if more than `limit` bytes would come out.
public func gunzip(
  _ bytes: [UInt8], limit: Int = 1 << 31, name: String = "gzip data"
) throws(FileError) -> [UInt8] {
  let result = bytes.withUnsafeBufferPointer { input in
    Inflation(input, limit: max(0, limit)).run()
  }
  switch result {
  case .success(let unpacked): return unpacked
  case .failure(.truncated): throw .truncatedGzip(name)
  case .failure(.damaged): throw .damagedGzip(name)
  case .failure(.tooLarge):
    throw FileError(
      code: "file/size", message: "\(name.quoted) would unpack to more than \(limit) bytes")
  }
}

extension FileError {
  static func truncatedGzip(_ name: String) -> FileError {
    FileError(
      code: "file/damaged", message: "\(name.quoted) ends too early: it is not the whole file",
      help: ["copy or load it again"])
  }

  static func damagedGzip(_ name: String) -> FileError {
    FileError(
      code: "file/damaged", message: "\(name.quoted) is damaged, or is no gzip file",
      help: ["copy or load it again"])
  }
}

/// One run of the unpacker.
private final class Inflation {
  enum Failure: Error {
    case truncated, damaged, tooLarge
  }

  private let input: UnsafeBufferPointer<UInt8>
  private let limit: Int
  private var stream = z_stream()
  private var consumed = 0
  private var isAtEnd = false
  private var failure: Failure?

  init(_ input: UnsafeBufferPointer<UInt8>, limit: Int) {
    self.input = input
    self.limit = limit
  }

  func run() -> Result<[UInt8], Failure> {
    let gzipWindow: Int32 = 15 + 16
    let size = Int32(MemoryLayout<z_stream>.size)
    guard inflateInit2_(&stream, gzipWindow, ZLIB_VERSION, size) == Z_OK else {
      return .failure(.damaged)
    }
    defer { inflateEnd(&stream) }
    var unpacked: [UInt8] = []
    var room = firstRoom
    while !isAtEnd {
      let chunk = unpack(upTo: room)
      if let failure { return .failure(failure) }
      if unpacked.isEmpty { unpacked = chunk } else { unpacked += chunk }
      if unpacked.count > limit { return .failure(.tooLarge) }
      room = min(max(unpacked.count, 1 << 16), limit - unpacked.count + 1)
    }
    return .success(unpacked)
  }

  /// The size that the last four bytes declare, as far as it is possible; one more, so that the end
  /// is seen without another allocation.
  private var firstRoom: Int {
    guard input.count >= 18 else { return 1 }
    let declared = input.suffix(4).reversed().reduce(0) { $0 << 8 | Int($1) }
    // Deflate cannot pack 1032 bytes into less than one.
    let possible = input.count.multipliedReportingOverflow(by: 1032)
    return min(declared, possible.overflow ? .max : possible.partialValue, limit) + 1
  }

  private func unpack(upTo room: Int) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: room) { output, filled in
      LargePages.advise(UnsafeMutableRawBufferPointer(output))
      while filled < room, !isAtEnd, failure == nil {
        filled += step(UnsafeMutableBufferPointer(rebasing: output[filled..<room]))
      }
    }
  }

  /// Unpacks some bytes; tells how many.
  private func step(_ output: UnsafeMutableBufferPointer<UInt8>) -> Int {
    let inputSize = uInt(clamping: input.count - consumed)
    let outputSize = uInt(clamping: output.count)
    stream.next_in = UnsafeMutablePointer(mutating: input.baseAddress.map { $0 + consumed })
    stream.avail_in = inputSize
    stream.next_out = output.baseAddress
    stream.avail_out = outputSize
    let status = inflate(&stream, Z_NO_FLUSH)
    consumed += Int(inputSize - stream.avail_in)
    switch status {
    case Z_OK: break
    case Z_STREAM_END: finishMember()
    case Z_BUF_ERROR: failure = .truncated
    default: failure = .damaged
    }
    return Int(outputSize - stream.avail_out)
  }

  /// Goes on to the next member, where there is one.
  private func finishMember() {
    isAtEnd = consumed == input.count
    if !isAtEnd, inflateReset(&stream) != Z_OK { failure = .damaged }
  }
}
