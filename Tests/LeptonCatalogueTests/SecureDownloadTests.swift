import Foundation
import LeptonDownload
import LeptonFiles
import Testing

/// Loading over HTTPS from a server on this machine, whose certificate nobody but itself vouches for.
@Suite(.enabled(if: SecureServer.isPossible)) struct SecureDownloadTests {
  private static let content = Array("one,two\n1,2\n".utf8)

  private let server: SecureServer

  init() throws {
    func answer(_ status: String, _ headers: String = "", _ body: [UInt8] = []) -> [UInt8] {
      Array("HTTP/1.0 \(status)\r\nConnection: close\r\n\(headers)\r\n".utf8) + body
    }
    server = try SecureServer([
      "whole": answer("200 OK", "Content-Length: \(Self.content.count)\r\n", Self.content),
      "more": answer("200 OK", "", Self.content + Self.content),
      "plain": answer("302 Found", "Location: http://127.0.0.1:1/whole\r\n"),
      "file": answer("302 Found", "Location: file:///etc/passwd\r\n"),
    ])
  }

  /// Loads as soon as the server listens.
  private func load(_ path: String, trusting authorities: String?) throws -> [UInt8] {
    let download = Download(protocols: "https", authorities: authorities)
    for _ in 0..<200 {
      do {
        return try download.bytes(
          at: "https://localhost:\(server.port)/\(path)", digest: SHA256.hex(Self.content),
          size: Self.content.count)
      } catch {
        guard error.message.contains("connect") else { throw error }
        Thread.sleep(forTimeInterval: 0.05)
      }
    }
    return []
  }

  @Test func `a certificate that nobody vouches for is refused, and works where it is trusted`()
    throws
  {
    let error = #expect(throws: FileError.self) { try load("whole", trusting: nil) }
    #expect(error?.code == "data/network")
    #expect(error?.message.contains("nobody who is trusted") == true, "\(error?.message ?? "")")
    #expect(error?.help.contains { $0.contains("CURL_CA_BUNDLE") } == true)
    #expect(try load("whole", trusting: server.certificate) == Self.content)
  }

  @Test(
    "Trust in the server is no trust in what it says",
    arguments: [
      ("plain", "only HTTPS"), ("file", "only HTTPS"), ("more", "more than the 12 bytes"),
    ])
  func failures(path: String, words: String) {
    let error = #expect(throws: FileError.self) { try load(path, trusting: server.certificate) }
    #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
  }
}
