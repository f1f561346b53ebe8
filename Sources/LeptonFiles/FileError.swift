/// Why a file could not be read or written, in words for the user.
public struct FileError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The name under which `explain` knows it: `file/missing`.
  public var code: String
  /// One sentence, without a full stop; it names the file.
  public var message: String
  /// What can be done about it.
  public var help: [String]
  /// Where a file is missing, its name and the names that stand in its folder.
  public var missing: Missing?

  /// A name that is not there.
  public struct Missing: Sendable, Hashable {
    /// The name.
    public var name: String
    /// The names that are there.
    public var others: [String]
  }

  /// Makes an error.
  public init(code: String, message: String, help: [String] = []) {
    self.code = code
    self.message = message
    self.help = help
  }

  /// The sentence.
  public var description: String { message }
}
