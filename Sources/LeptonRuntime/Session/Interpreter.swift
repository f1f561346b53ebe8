import LeptonFiles
import LeptonSession
import LeptonSyntax

/// The language in this process: a session that checks and runs cells.
///
/// It is used by one thread at a time, save for `interrupt`, which any thread may call.
public final class Interpreter: Session, @unchecked Sendable {
  /// What the words of this session can reach.
  public let context: Context

  /// Makes a session over a library and the files that it may touch.
  public init(library: Library, files: FileBroker = FileBroker()) {
    context = Context(library: library, files: files)
  }

  /// Checks cells as a whole, before anything runs.
  public func check(_ cells: [Cell]) -> [CellCheck] { [] }

  /// Runs a cell, handing over everything it gives at the moment it gives it.
  public func run(_ cell: Cell, receive: (Event) -> Void) -> CellResult { .finished }

  /// Tells whether a text can be run as it is, or is the beginning of something.
  public func isComplete(_ text: String) -> Completeness { .complete }

  /// Finds what may stand at a place of a text.
  public func complete(_ text: String, at offset: Int) -> [Completion] { [] }

  /// Tells about the word at a place of a text.
  public func describe(_ text: String, at offset: Int) -> WordDescription? { nil }

  /// Asks the running cell to stop at its next turn or step.
  public func interrupt() {}
}
