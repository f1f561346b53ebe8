import Foundation
import Glibc

/// A server on this machine that speaks HTTPS with a certificate that it made itself; OpenSSL's program does it.
final class SecureServer {
  /// The port on which it listens.
  let port: UInt16
  /// The file of its certificate.
  let certificate: String
  private let folder: String
  private let process = Process()
  private static let program = "/usr/bin/openssl"

  /// Whether OpenSSL's program is installed.
  static var isPossible: Bool { FileManager.default.isExecutableFile(atPath: program) }

  /// Starts a server that answers with files of these names, each a whole answer of HTTP.
  init(_ answers: [String: [UInt8]]) throws {
    folder = NSTemporaryDirectory() + "lepton-https-" + UUID().uuidString
    certificate = folder + "/certificate.pem"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    for (name, bytes) in answers {
      try Data(bytes).write(to: URL(fileURLWithPath: "\(folder)/\(name)"))
    }
    let request = try Self.started(
      [
        "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "key.pem", "-out",
        "certificate.pem", "-days", "2", "-subj", "/CN=localhost", "-addext",
        "subjectAltName=DNS:localhost,IP:127.0.0.1",
      ], in: folder)
    request.waitUntilExit()
    port = UInt16.random(in: 20_000...60_000)
    try Self.start(
      process,
      [
        "s_server", "-accept", "127.0.0.1:\(port)", "-key", "key.pem", "-cert", "certificate.pem",
        "-HTTP",
      ],
      in: folder)
  }

  deinit {
    // It may have inherited that it waits on politer signals.
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
    try? FileManager.default.removeItem(atPath: folder)
  }

  private static func started(_ arguments: [String], in folder: String) throws -> Process {
    let process = Process()
    try start(process, arguments, in: folder)
    return process
  }

  private static func start(_ process: Process, _ arguments: [String], in folder: String) throws {
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    process.standardInput = Pipe()
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
  }
}
