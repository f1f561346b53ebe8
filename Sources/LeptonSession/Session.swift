/// The one door: what a front end can ask of the language.
///
/// A front end holds a `Session` and nothing else. The interpreter is one; `LeptonLink` has another
/// that carries every request to a worker process. The requests are also those of Jupyter and of an
/// editor.
public protocol Session: AnyObject {
  /// Checks cells as a whole, before anything runs: syntax, names, arity, argument names, literal
  /// types. The cells do not see, and do not change, what has run so far, save that names it
  /// defined are known.
  ///
  /// - Throws: `SessionError` if the worker is gone.
  func check(_ cells: [Cell]) throws -> [CellCheck]

  /// Runs a cell, handing over everything it gives at the moment it gives it.
  ///
  /// A failure of the program is an event and makes the result `.failed`; it is not thrown.
  ///
  /// - Throws: `SessionError` if the worker is gone.
  func run(_ cell: Cell, receive: (Event) -> Void) throws -> CellResult

  /// Tells whether a text can be run as it is, or is the beginning of something.
  func isComplete(_ text: String) throws -> Completeness

  /// Finds what may stand at a place of a text, given in UTF-8 bytes.
  func complete(_ text: String, at offset: Int) throws -> [Completion]

  /// Tells about the word at a place of a text, given in UTF-8 bytes.
  func describe(_ text: String, at offset: Int) throws -> WordDescription?

  /// Asks the running cell to stop at its next turn or step. May be called from any thread.
  func interrupt()

  /// Gives the files that cells touched since this was last asked, where the session notes that.
  func touches() throws -> [FileTouch]
}

extension Session {
  /// Nothing: the session does not note it.
  public func touches() throws -> [FileTouch] { [] }
}

/// A piece of a program that is run as one: a cell of a notebook, a prompt entry, a script.
public struct Cell: Sendable, Hashable, Codable {
  /// Its name, which is part of the key of its chance: `train`, `cell-3`.
  public var id: String
  /// The name of the file it stands in.
  public var file: String
  /// Its text.
  public var text: String
  /// The line of the file on which the text begins, from 1.
  public var firstLine: Int
  /// The seed of its chance.
  public var seed: Int
  /// Whether a static mistake in it waits until it runs, because an error is expected.
  public var expectsFailure: Bool
  /// The number under which it was entered at a prompt, where its last value gets the name `_3` and a
  /// function is often defined anew; nothing elsewhere.
  public var entry: Int?

  /// Makes a cell.
  public init(
    id: String, file: String, text: String, firstLine: Int = 1, seed: Int = 0,
    expectsFailure: Bool = false, entry: Int? = nil
  ) {
    self.id = id
    self.file = file
    self.text = text
    self.firstLine = firstLine
    self.seed = seed
    self.expectsFailure = expectsFailure
    self.entry = entry
  }
}

/// What the static check of a cell found.
public struct CellCheck: Sendable, Hashable, Codable {
  /// The cell.
  public var id: String
  /// Mistakes and warnings, in the order of their places.
  public var failures: [Failure]
  /// What the run will meet if it gets there: warnings of failures that their cell will tell of.
  public var foreseen: [Failure]
  /// The names that the cell reads and another cell may define.
  public var reads: [String]
  /// The names that the cell defines, in order.
  public var defines: [String]

  /// Makes a result of the check.
  public init(
    id: String, failures: [Failure], foreseen: [Failure] = [], reads: [String], defines: [String]
  ) {
    self.id = id
    self.failures = failures
    self.foreseen = foreseen
    self.reads = reads
    self.defines = defines
  }

  /// All that can be told of the cell before it runs.
  public var findings: [Failure] { failures + foreseen }

  /// Whether the cell may run.
  public var holds: Bool { !failures.contains { $0.severity == .error } }
}

/// Something that happened while a cell ran.
public enum Event: Sendable, Hashable, Codable {
  /// The cell gave something to be shown and kept.
  case output(Output)
  /// Work goes on.
  case progress(Progress)
  /// The evaluator is at this line of the file; sent at least once a second.
  case heartbeat(line: Int)
  /// The cell asked for something that differs from run to run, such as the time.
  case volatile
}

/// How a cell ended.
public enum CellResult: String, Sendable, Hashable, Codable {
  /// Everything ran.
  case finished
  /// A statement failed; the failure was an output, and what stands behind it did not run.
  case failed
  /// The user stopped it.
  case interrupted
}

/// Whether a text can be run as it is.
public enum Completeness: Sendable, Hashable, Codable {
  /// It can be run.
  case complete
  /// More must follow; the next line is best indented by that many spaces.
  case incomplete(indent: Int)
  /// Nothing that follows can make it right.
  case invalid
}

/// Something that may stand at a place.
public struct Completion: Sendable, Hashable, Codable {
  /// The whole word.
  public var text: String
  /// How many UTF-8 bytes before the place it replaces.
  public var replaces: Int
  /// One sentence about it.
  public var summary: String

  /// Makes a completion.
  public init(text: String, replaces: Int, summary: String) {
    self.text = text
    self.replaces = replaces
    self.summary = summary
  }
}

/// What help tells about a word.
public struct WordDescription: Sendable, Hashable, Codable {
  /// How it is called: `dense(units, activation = identity)`.
  public var heading: String
  /// One sentence.
  public var summary: String
  /// More, in Markdown; may be empty.
  public var details: String
  /// Examples: what to type, and what it gives.
  public var examples: [Example]

  /// Makes a description.
  public init(heading: String, summary: String, details: String, examples: [Example]) {
    self.heading = heading
    self.summary = summary
    self.details = details
    self.examples = examples
  }

  /// What to type, and what it gives.
  public struct Example: Sendable, Hashable, Codable {
    /// What to type.
    public var input: String
    /// What it gives.
    public var output: String

    /// Makes an example.
    public init(input: String, output: String) {
      self.input = input
      self.output = output
    }
  }
}

/// Why a session cannot answer.
public enum SessionError: Error, Sendable, Hashable {
  /// The worker could not be started; says why.
  case notStarted(String)
  /// The worker died; says how, and at which line of which cell its last sign of life was.
  case workerDied(how: String, cell: String?, line: Int?)
  /// The worker said something that this front end does not understand: they are of different versions.
  case protocolMismatch(String)
}
