/// SHA-256 (FIPS 180-4).
public enum SHA256 {
  /// The digest of the bytes as 64 lower-case hexadecimal digits.
  public static func hex(_ bytes: [UInt8]) -> String {
    ""
  }
}
