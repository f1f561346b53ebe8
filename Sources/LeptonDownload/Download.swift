import CCurl
import Glibc
import LeptonFiles

/// Loads files whose content is known beforehand.
public struct Download: Sendable {
  private let protocols: String
  /// A file of certificates of those who are trusted to vouch for a server; nothing for the system's.
  private let authorities: String?

  /// Makes a download, which speaks HTTPS only.
  ///
  /// Where the environment names certificates as it does for the program `curl`, in `CURL_CA_BUNDLE` or
  /// `SSL_CERT_FILE`, those are trusted.
  public init() {
    let variables: [String] = ["CURL_CA_BUNDLE", "SSL_CERT_FILE"]
    let named = variables.compactMap { variable in getenv(variable).map { String(cString: $0) } }
    self.init(protocols: "https", authorities: named.first { !$0.isEmpty })
  }

  /// Makes a download that speaks other protocols, or trusts others, for a server on this machine.
  package init(protocols: String, authorities: String? = nil) {
    self.protocols = protocols
    self.authorities = authorities
  }

  /// The bytes at an address.
  ///
  /// - Parameters:
  ///   - digest: their SHA-256 in hexadecimal digits.
  ///   - size: how many they are.
  /// - Throws: `data/network` if they do not come whole, `data/damaged` if others come.
  public func bytes(
    at address: String, digest: String, size: Int
  ) throws(FileError) -> [UInt8] {
    let basket = Basket(limit: size)
    var status = 0
    var words = [CChar](repeating: 0, count: 256)
    let end = ccurl_load(
      address, protocols, authorities, { Basket.take($0, $1, $2) },
      Unmanaged.passUnretained(basket).toOpaque(), &status, &words, words.count)
    let said = String(
      decoding: words.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    if let why = Download.failure(end, status: status, size: size, said: said) {
      throw FileError(
        code: "data/network", message: "\(address.quoted) cannot be loaded: \(why)",
        help: [
          "nothing was kept of it; try again, or load it yourself: lepton-run data add NAME FILE"
        ]
          + (end == CCURL_UNTRUSTED
            ? ["who vouches for a server of your own is named in CURL_CA_BUNDLE, a file"] : []))
    }
    let found = SHA256.hex(basket.bytes)
    guard found == digest else {
      throw FileError(
        code: "data/damaged",
        message: "\(address.quoted) has other bytes than the catalogue says: "
          + "their SHA-256 should be \(digest), but is \(found)",
        help: ["nothing was kept of it"])
    }
    return basket.bytes
  }

  /// Why nothing came, or not all; nil if all went well.
  private static func failure(
    _ end: ccurl_end, status: Int, size: Int, said: String
  ) -> String? {
    switch end {
    case CCURL_DONE: nil
    case CCURL_NO_LIBRARY: "libcurl is not installed (libcurl4)"
    case CCURL_PROTOCOL: "only HTTPS is spoken, and nothing else after a redirection"
    case CCURL_STATUS: "the server answers with \(status)"
    case CCURL_UNTRUSTED: "nobody who is trusted vouches for the server: \(said)"
    case CCURL_CUT: "the connection was cut"
    case CCURL_STOPPED: "it has more than the \(size) bytes that were expected"
    default: "libcurl says \"\(said)\""
    }
  }
}

/// What has come so far, never more than was expected.
private final class Basket {
  private(set) var bytes: [UInt8] = []
  private let limit: Int

  init(limit: Int) { self.limit = limit }

  private func take(_ more: UnsafeRawBufferPointer) -> Int {
    guard more.count <= limit - bytes.count else { return 0 }
    bytes.append(contentsOf: more)
    return more.count
  }

  static func take(_ bytes: UnsafeRawPointer?, _ count: Int, _ user: UnsafeMutableRawPointer?)
    -> Int
  {
    guard let user else { return 0 }
    let basket = Unmanaged<Basket>.fromOpaque(user).takeUnretainedValue()
    return basket.take(UnsafeRawBufferPointer(start: bytes, count: count))
  }
}
