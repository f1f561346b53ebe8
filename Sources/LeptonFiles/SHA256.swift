import CSodium

/// SHA-256 (FIPS 180-4).
public enum SHA256 {
  /// The digest of the bytes as 64 lower-case hexadecimal digits.
  public static func hex(_ bytes: [UInt8]) -> String {
    var digest = [UInt8](repeating: 0, count: Int(crypto_hash_sha256_BYTES))
    crypto_hash_sha256(&digest, bytes, UInt64(bytes.count))
    return digest.hexadecimal
  }
}
