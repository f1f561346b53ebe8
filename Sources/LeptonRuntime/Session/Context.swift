import LeptonFiles
import LeptonSession
import LeptonTensor

/// What a running word can reach: output, progress, interruption, chance, files, calls back.
///
/// There is no global mutable state; all of it travels here.
public final class Context {
  /// Every word of the language.
  public let library: Library
  /// The one door to files.
  public let files: FileBroker
  /// Things that a family of words keeps while its word runs, such as the scope in which layers ask
  /// for parameters; the key is the family's own.
  public var attachments: [String: AnyObject] = [:]

  /// Makes the context of an interpreter.
  init(library: Library, files: FileBroker) {
    self.library = library
    self.files = files
  }

  /// Emits something to be shown and kept.
  public func emit(_ output: Output) {}

  /// Tells how far a long piece of work is.
  public func report(_ progress: Progress) {}

  /// Whether the user has asked the running cell to stop.
  public var isInterrupted: Bool { false }

  /// Takes note of an interruption: the cell goes on with what the word gives back.
  public func settleInterruption() {}

  /// Sends a sign of life where one is due, and stops the cell if the user asked for it.
  ///
  /// - Throws: `LanguageError` with code `run/interrupted`.
  public func checkInterruption() throws {}

  /// The key of the next draw of chance: it depends on the seed, the cell and the ordinal of the draw
  /// within the cell, and on nothing else.
  public func nextKey() -> RandomKey { RandomKey(seed: 0) }

  /// Calls anything that can be called.
  public func call(_ function: Value, _ arguments: Arguments) throws -> Value {
    throw LanguageError("internal/unfinished", "not yet")
  }

  /// Calls anything that can be called with values by position.
  public func call(_ function: Value, _ arguments: [Value]) throws -> Value {
    try call(function, Arguments(arguments))
  }
}
