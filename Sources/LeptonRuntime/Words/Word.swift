/// A word as a value that can be called.
public final class Word: Callable {
  /// The row of the table.
  public let builtin: Builtin

  /// Makes a value of a row.
  public init(_ builtin: Builtin) { self.builtin = builtin }

  /// The word itself.
  public var name: String { builtin.name }
  /// The word itself.
  public var source: String { builtin.name }

  /// Calls the word.
  public func call(_ arguments: Arguments, in context: Context) throws -> Value {
    throw LanguageError("internal/unfinished", "not yet")
  }
}
