import CSodium

/// SHA-256 (FIPS 180-4).
public enum SHA256 {
  /// The digest of the bytes as 64 lower-case hexadecimal digits.
  public static func hex(_ bytes: [UInt8]) -> String {
    var digest = [UInt8](repeating: 0, count: Int(crypto_hash_sha256_BYTES))
    crypto_hash_sha256(&digest, bytes, UInt64(bytes.count))
    return digest.hexadecimal
  }

  /// The digest of the bytes of a file, of which a block at a time is in memory.
  ///
  /// - Throws: What reading throws.
  static func hex(of file: OpenFile) throws(FileError) -> String {
    let blockSize = 1 << 20
    var state = crypto_hash_sha256_state()
    crypto_hash_sha256_init(&state)
    var place = 0
    while place < file.count {
      let block = try file.read(min(blockSize, file.count - place), at: place)
      crypto_hash_sha256_update(&state, block, UInt64(block.count))
      place += block.count
    }
    var digest = [UInt8](repeating: 0, count: Int(crypto_hash_sha256_BYTES))
    crypto_hash_sha256_final(&state, &digest)
    return digest.hexadecimal
  }
}

extension SHA256 {
  /// HMAC-SHA-256 (RFC 2104) of the bytes: who has no key can neither make it nor try out what it may stand for.
  public static func hex(_ bytes: [UInt8], key: [UInt8]) -> String {
    var state = crypto_auth_hmacsha256_state()
    var digest = [UInt8](repeating: 0, count: Int(crypto_auth_hmacsha256_BYTES))
    crypto_auth_hmacsha256_init(&state, key, key.count)
    crypto_auth_hmacsha256_update(&state, bytes, UInt64(bytes.count))
    crypto_auth_hmacsha256_final(&state, &digest)
    return digest.hexadecimal
  }
}
