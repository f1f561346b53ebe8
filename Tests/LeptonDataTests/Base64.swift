/// The bytes that a text in base 64 (RFC 4648) stands for.
func bytes(base64 text: String) -> [UInt8] {
  let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
  var (bytes, bits, count): ([UInt8], UInt32, Int) = ([], 0, 0)
  for digit in text.utf8 {
    guard let value = digits.firstIndex(of: digit) else { continue }
    bits = bits << 6 | UInt32(value)
    count += 6
    if count >= 8 {
      count -= 8
      bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
    }
  }
  return bytes
}
