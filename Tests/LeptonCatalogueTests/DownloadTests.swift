import LeptonDownload
import LeptonFiles
import Testing

/// Loading from a server on this machine, which is allowed to speak HTTP here and nowhere else.
@Suite struct DownloadTests {
  private static let content = Array("one,two\n1,2\n".utf8)
  private static let digest = SHA256.hex(content)

  private let server: LocalServer
  private let download = Download(protocols: "http")

  init() throws {
    server = try LocalServer { path, port in
      func answer(_ status: String, _ headers: String = "", _ body: [UInt8] = []) -> [UInt8] {
        Array("HTTP/1.1 \(status)\r\nConnection: close\r\n\(headers)\r\n".utf8) + body
      }
      let length = "Content-Length: \(Self.content.count)\r\n"
      return switch path {
      case "/whole": answer("200 OK", length, Self.content)
      case "/other": answer("200 OK", length, Self.content.reversed())
      case "/cut": answer("200 OK", length, Array(Self.content.dropLast(4)))
      case "/more": answer("200 OK", "", Self.content + Self.content)
      case "/moved": answer("302 Found", "Location: /whole\r\n")
      case "/away": answer("302 Found", "Location: file:///etc/passwd\r\n")
      case "/round": answer("302 Found", "Location: /round\r\n")
      case "/silent": []
      default: answer("404 Not Found")
      }
    }
  }

  private func load(_ path: String, with download: Download? = nil) throws -> [UInt8] {
    try (download ?? self.download).bytes(
      at: "http://127.0.0.1:\(server.port)/\(path)", digest: Self.digest, size: Self.content.count)
  }

  @Test func `a file comes whole, also from where it was moved to`() throws {
    #expect(try load("whole") == Self.content)
    #expect(try load("moved") == Self.content)
  }

  @Test(
    "What goes wrong is told, and gives no bytes",
    arguments: [
      ("other", "data/damaged", "SHA-256"), ("cut", "data/network", "was cut"),
      ("more", "data/network", "more than the 12 bytes"), ("gone", "data/network", "404"),
      ("away", "data/network", "only HTTPS"), ("round", "data/network", "libcurl says"),
      ("silent", "data/network", "was cut"),
    ])
  func failures(path: String, code: String, words: String) {
    let error = #expect(throws: FileError.self) { try load(path) }
    #expect(error?.code == code)
    #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
  }

  @Test func `nothing but HTTPS is spoken outside of tests`() {
    let error = #expect(throws: FileError.self) { try load("whole", with: Download()) }
    #expect(error?.message.contains("only HTTPS") == true)
    let file = #expect(throws: FileError.self) {
      try Download().bytes(at: "file:///etc/passwd", digest: "", size: 1 << 20)
    }
    #expect(file?.code == "data/network")
  }

  @Test func `a server that is not there is told`() {
    let error = #expect(throws: FileError.self) {
      try download.bytes(at: "http://127.0.0.1:1/x", digest: "", size: 1)
    }
    #expect(error?.message.contains("libcurl says") == true)
  }
}
