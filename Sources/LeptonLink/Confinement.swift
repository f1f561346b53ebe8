import CPlatform
import Glibc
import LeptonJSON

/// What the kernel still lets a worker do that runs a stranger's program, whatever its own code does.
///
/// The worker reads a few paths and writes nothing; it starts no process, opens no socket, makes no new
/// code and sends no signal; its memory and processor time have an end. The front end hands this over
/// on the command line, because it must stand before the worker has a second thread.
public struct Confinement: Sendable, Hashable, Codable {
  /// The files, and the folders with all that is in them, that may be read beside the bundled data.
  public var readable: [String]
  /// How many bytes of address space the process may have.
  public var memory: Int
  /// How many seconds of processor time all threads together may take.
  public var processorSeconds: Int

  /// Makes a confinement.
  public init(readable: [String], memory: Int, processorSeconds: Int) {
    self.readable = readable
    self.memory = memory
    self.processorSeconds = processorSeconds
  }

  /// What this system confines by, as part of a sentence; nothing where it cannot.
  public static var means: String? {
    guard lepton_filters_calls() == 1 else { return nil }
    return lepton_landlock_version() > 0 ? "Landlock and seccomp" : "seccomp"
  }

  /// The status of a worker that could not be confined, and therefore did nothing.
  public static let failedStatus: Int32 = 79

  /// What stands before the confinement on a worker's command line.
  private static let mark = "confined"

  /// The arguments that hand it over.
  var arguments: [String] {
    guard let json = try? JSON(encoding: self).bytes() else { return [Self.mark] }
    return [Self.mark, String(decoding: json, as: UTF8.self)]
  }

  /// Reads the command line of a worker; nothing where that asks for no confinement.
  ///
  /// - Throws: What is wrong with what stands there.
  public init?(arguments: [String]) throws {
    guard arguments.count > 1 else { return nil }
    guard arguments.count == 3, arguments[1] == Self.mark else {
      throw SystemFailure(EINVAL)
    }
    try self.init(decoding: JSON(parsing: Array(arguments[2].utf8)))
  }

  /// Confines this process, for good.
  ///
  /// - Parameter more: What may be read, too.
  /// - Throws: What the system says, if it refuses any part of it or there is a second thread already.
  public func apply(alsoReading more: [String]) throws {
    // The kernel says in these how much memory is left.
    let paths = readable + more + ["/proc/meminfo", "/proc/self/statm"]
    let limits = lepton_limits(
      memory: UInt(clamping: memory), cpu_seconds: UInt(clamping: processorSeconds))
    guard lepton_thread_count() == 1 else { throw SystemFailure(EBUSY) }
    // Standard error may be a terminal, to which a stranger has nothing to say.
    let nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC)
    guard nowhere >= 0, dup2(nowhere, STDOUT_FILENO) >= 0, dup2(nowhere, STDERR_FILENO) >= 0
    else { throw SystemFailure(errno) }
    close(nowhere)
    let confined = paths.withCStrings { lepton_confine_files($0, paths.count) }
    guard confined == 0, lepton_confine_use(limits) == 0, lepton_confine_calls() == 0 else {
      throw SystemFailure(errno)
    }
  }
}

extension [String] {
  /// Lends texts as an array of C strings.
  fileprivate func withCStrings<Result>(
    _ body: (UnsafePointer<UnsafePointer<CChar>?>) -> Result
  ) -> Result {
    let copies = map { UnsafePointer<CChar>(strdup($0)) }
    defer { for copy in copies { free(UnsafeMutablePointer(mutating: copy)) } }
    return copies.withUnsafeBufferPointer { buffer in
      withUnsafePointer(to: nil as UnsafePointer<CChar>?) { body(buffer.baseAddress ?? $0) }
    }
  }
}
