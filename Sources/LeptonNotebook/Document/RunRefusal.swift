/// Why a notebook or script is not run at all: one sentence, what to do, and the exit code.
public struct RunRefusal: Error, Sendable, Hashable {
  /// What the program ends with.
  public var exit: ExitCode
  /// The whole message, with the file and the place where there is one.
  public var message: String
  /// How it may be mended.
  public var help: [String]

  /// Makes a refusal.
  public init(_ exit: ExitCode, _ message: String, help: [String] = []) {
    self.exit = exit
    self.message = message
    self.help = help
  }

  /// The refusal of a file that is too large.
  public static func tooLarge(_ name: String, limit: Int) -> RunRefusal {
    RunRefusal(
      .unreadable, "\(name): error[notebook/size]: a notebook may have at most \(limit >> 20) MiB",
      help: ["keep data in files of their own and read them from the notebook"])
  }

  static func binary(_ name: String, line: Int) -> RunRefusal {
    RunRefusal(
      .unreadable,
      "\(name):\(line): error[notebook/binary]: this is not text: it holds a zero byte",
      help: ["a notebook is Markdown in UTF-8"])
  }

  static func notUTF8(_ name: String, line: Int) -> RunRefusal {
    RunRefusal(
      .unreadable, "\(name):\(line): error[notebook/encoding]: this is not UTF-8",
      help: ["save the file as UTF-8"])
  }
}
