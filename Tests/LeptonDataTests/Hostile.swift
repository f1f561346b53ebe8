import Testing

/// Feeds a reader every beginning of a file, every single changed bit and random changes: each must
/// give a value or an error.
///
/// - Returns: how many of the beginnings were read without an error.
func feedHostile(_ bytes: [UInt8], to read: ([UInt8]) throws -> Void) -> Int {
  func isRead(_ bytes: [UInt8]) -> Bool { (try? read(bytes)) != nil }
  for index in bytes.indices {
    for bit in 0..<8 {
      var changed = bytes
      changed[index] ^= 1 << bit
      _ = isRead(changed)
    }
    for value: UInt8 in [0, 0x7F, 0x80, 0xFF] {
      var changed = bytes
      for place in index..<min(index + 8, bytes.count) {
        changed[place] = value
        _ = isRead(changed)
      }
    }
  }
  _ = isRead(bytes + bytes)
  return (0..<bytes.count).count { isRead(Array(bytes[..<$0])) }
}
