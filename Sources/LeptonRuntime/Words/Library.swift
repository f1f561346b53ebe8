/// Every word of the language: families of words written in Swift, and files written in Lepton.
public final class Library {
  /// A file of the library that is written in Lepton.
  public struct File {
    /// Its name without `.lep`, which is also the name of the module.
    public var name: String
    /// Its text.
    public var text: String

    /// Makes a file.
    public init(name: String, text: String) {
      self.name = name
      self.text = text
    }
  }

  /// The families, in the order of the reference.
  public let families: [Family]
  /// The files written in Lepton.
  public let files: [File]
  /// The words written in Swift, by name.
  let words: [String: Word]

  /// Makes a library.
  public init(families: [Family], files: [File] = []) {
    self.families = families
    self.files = files
    var words: [String: Word] = [:]
    for word in families.flatMap(\.words) { words[word.name] = Word(word) }
    self.words = words
  }

  /// Finds a word.
  public func lookup(_ name: String) -> Builtin? { words[name]?.builtin }
}
