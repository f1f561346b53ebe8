import Foundation
import Testing

/// A folder of its own in which a test runs the programs as a user does.
final class Workshop {
  /// The folder.
  let folder: String

  /// Makes an empty folder.
  init() throws {
    folder = NSTemporaryDirectory() + "lepton-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  /// Makes a file.
  func write(_ text: String, to name: String) throws { try write(Data(text.utf8), to: name) }

  /// Makes a file of bytes.
  func write(_ bytes: Data, to name: String) throws {
    try bytes.write(to: URL(fileURLWithPath: "\(folder)/\(name)"))
  }

  /// The text of a file; nothing if there is none.
  func read(_ name: String) -> String? {
    FileManager.default.contents(atPath: "\(folder)/\(name)").map {
      String(decoding: $0, as: UTF8.self)
    }
  }

  /// The names in the folder, sorted.
  func names(in name: String = ".") -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: "\(folder)/\(name)")) ?? []).sorted()
  }

  /// Starts a program.
  func start(
    _ program: String, _ arguments: [String], input: String? = nil, output: String = "stdout"
  ) throws -> RunningProgram {
    try RunningProgram(program, arguments, folder: folder, input: input, output: output)
  }

  /// Runs a program to its end.
  @discardableResult func run(
    _ program: String, _ arguments: String..., input: String? = nil, output: String = "stdout"
  ) throws -> Ending {
    try start(program, arguments, input: input, output: output).wait()
  }
}

/// How a program ended and what it said.
struct Ending {
  /// What it ended with.
  var code: Int32
  /// What it wrote to standard output.
  var output: String
  /// What it wrote to standard error.
  var messages: String
}

/// A program that runs.
final class RunningProgram {
  private let process = Process()
  private let folder: String
  private let output: String

  /// The folder of the programs: that of the tests.
  static let programs: String = {
    let path = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
    return URL(fileURLWithPath: path).deletingLastPathComponent().path
  }()

  init(
    _ program: String, _ arguments: [String], folder: String, input: String?, output: String
  ) throws {
    self.folder = folder
    self.output = output.hasPrefix("/") ? output : "\(folder)/\(output)"
    let path = program.hasPrefix("/") ? program : "\(Self.programs)/\(program)"
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = arguments
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    process.environment = ["PATH": "/usr/bin:/bin", "HOME": folder, "LANG": "C.UTF-8"]
    process.standardInput = try Self.input(input, folder: folder)
    process.standardOutput = try Self.file(self.output)
    process.standardError = try Self.file("\(folder)/stderr")
    try process.run()
  }

  /// The process.
  var identifier: Int32 { process.processIdentifier }

  /// Sends a signal.
  func send(_ signal: Int32) { kill(identifier, signal) }

  /// What it has written to standard output so far.
  var outputSoFar: String { Self.text(output) }

  /// What it has written to standard error so far.
  var messagesSoFar: String { Self.text("\(folder)/stderr") }

  /// Waits until it has written something.
  func waitFor(_ text: String) throws {
    for _ in 0..<3000 {
      if outputSoFar.contains(text) { return }
      try #require(process.isRunning, "it ended: \(Self.text("\(folder)/stderr"))")
      usleep(10_000)
    }
    Issue.record("it never wrote \(text)")
  }

  /// The processes that it started.
  var children: [Int32] {
    let list = Self.text("/proc/\(identifier)/task/\(identifier)/children")
    return list.split(separator: " ").compactMap { Int32($0) }
  }

  /// Waits for its end, and brings it about where it does not come in time.
  func wait(seconds: Int = 60) -> Ending {
    for _ in 0..<seconds * 100 where process.isRunning { usleep(10_000) }
    if process.isRunning { kill(identifier, SIGKILL) }
    process.waitUntilExit()
    let code =
      process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus
    return Ending(
      code: code, output: output.hasPrefix("/dev/") ? "" : outputSoFar,
      messages: Self.text("\(folder)/stderr"))
  }

  private static func input(_ text: String?, folder: String) throws -> FileHandle {
    guard let text else { return .nullDevice }
    let path = "\(folder)/stdin"
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    return try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
  }

  private static func file(_ path: String) throws -> FileHandle {
    if !path.hasPrefix("/dev/") { _ = FileManager.default.createFile(atPath: path, contents: nil) }
    return try FileHandle(forWritingTo: URL(fileURLWithPath: path))
  }

  private static func text(_ path: String) -> String {
    guard let file = FileHandle(forReadingAtPath: path) else { return "" }
    return String(decoding: (try? file.readToEnd()) ?? Data(), as: UTF8.self)
  }
}
