/// Unpacks gzip (RFC 1952), of one member or several.
///
/// - Throws: `file/damaged` if the bytes are truncated, damaged or followed by others, and
///   `file/size` if more than `limit` bytes would come out.
public func gunzip(
  _ bytes: [UInt8], limit: Int = 1 << 31, name: String = "gzip data"
) throws(FileError) -> [UInt8] {
  throw FileError(code: "file/damaged", message: "not yet")
}
