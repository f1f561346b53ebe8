import CSodium

/// A short text that tells data apart: BLAKE2b (RFC 7693), several times as fast as SHA-256.
public final class Digest {
  /// The state of the library, whose size only the library knows.
  private let state = UnsafeMutableRawPointer.allocate(
    byteCount: crypto_generichash_statebytes(), alignment: 64)
  private var pointer: OpaquePointer { OpaquePointer(state) }

  private static let byteCount = 16

  /// Begins a digest of nothing.
  public init() { crypto_generichash_init(pointer, nil, 0, Digest.byteCount) }

  deinit { state.deallocate() }

  /// Takes bytes in.
  public func add(_ bytes: UnsafeRawBufferPointer) {
    guard let base = bytes.bindMemory(to: UInt8.self).baseAddress else { return }
    crypto_generichash_update(pointer, base, UInt64(bytes.count))
  }

  /// Takes a text in, with its length, so that two texts are not one long one.
  public func add(_ text: String) {
    let bytes = Array("\(text.utf8.count):\(text)".utf8)
    bytes.withUnsafeBytes { add($0) }
  }

  /// Ends the digest and gives its 32 hexadecimal digits.
  public func finish() -> String {
    var digest = [UInt8](repeating: 0, count: Digest.byteCount)
    crypto_generichash_final(pointer, &digest, digest.count)
    return digest.hexadecimal
  }
}

extension [UInt8] {
  /// Two lower-case digits for each byte.
  var hexadecimal: String {
    let digits = Array("0123456789abcdef".utf8)
    return String(
      decoding: flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }
}
