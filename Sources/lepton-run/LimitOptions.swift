import ArgumentParser
import LeptonNotebook

/// What the command line says about what a run may use.
struct LimitOptions: ParsableArguments, Sendable {
  @Option(help: ArgumentHelp("Stop a cell after this time: 90, 60s, 2m.", valueName: "time"))
  var timeout: String?

  @Option(help: ArgumentHelp("Stop the whole run after this time.", valueName: "time"))
  var totalTimeout: String?

  @Option(help: ArgumentHelp("Give the run so much memory: 512MB, 2GB.", valueName: "size"))
  var maxMemory: String?

  @Option(
    help: ArgumentHelp("Stop a cell that gives more text than this: 10MB.", valueName: "size"))
  var maxOutput: String?

  @Flag(
    help: """
      Run it as a stranger's: it reads the bundled data and what --allow-read names, writes nothing, starts no \
      process, reaches no network, and has limits on time, memory and output.
      """)
  var untrusted = false

  /// What a stranger's program may use, where nothing else is said.
  static let strangers = (
    seconds: 60.0, totalSeconds: 600.0, memory: 2 << 30, output: 10 << 20, totalOutput: 50 << 20
  )

  /// Less does not even hold the worker.
  static let leastMemory = 768 << 20

  func validate() throws {
    for (name, text) in [("--timeout", timeout), ("--total-timeout", totalTimeout)] {
      guard text == nil || text.flatMap(Double.seconds) != nil else {
        throw ValidationError("\(name) must be a length of time, such as 90, 60s or 2m.")
      }
    }
    for (name, text) in [("--max-memory", maxMemory), ("--max-output", maxOutput)] {
      guard text == nil || text.flatMap({ Int.bytes($0) }) != nil else {
        throw ValidationError("\(name) must be a size, such as 512MB or 2GB.")
      }
    }
    if let memory, memory < Self.leastMemory {
      throw ValidationError("--max-memory must be at least \(Self.leastMemory >> 20)MB.")
    }
  }

  /// The bytes of memory.
  var memory: Int? {
    maxMemory.flatMap { Int.bytes($0) } ?? (untrusted ? Self.strangers.memory : nil)
  }

  /// The seconds of a cell.
  var seconds: Double? {
    timeout.flatMap(Double.seconds) ?? (untrusted ? Self.strangers.seconds : nil)
  }

  /// The seconds of a run.
  var totalSeconds: Double? {
    totalTimeout.flatMap(Double.seconds) ?? (untrusted ? Self.strangers.totalSeconds : nil)
  }

  /// The bytes that a cell may give.
  var output: Int? {
    maxOutput.flatMap { Int.bytes($0) } ?? (untrusted ? Self.strangers.output : nil)
  }

  /// The bytes that all cells together may give.
  var totalOutput: Int? { untrusted ? max(Self.strangers.totalOutput, output ?? 0) : nil }
}
