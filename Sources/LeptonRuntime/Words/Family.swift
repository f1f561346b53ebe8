/// Words that belong together, under one title of the reference.
public struct Family {
  /// The title: `Lists`.
  public var title: String
  /// The words, in the order of the reference.
  public var words: [Builtin]

  /// Makes a family.
  public init(_ title: String, _ words: [Builtin]) {
    self.title = title
    self.words = words
  }
}
