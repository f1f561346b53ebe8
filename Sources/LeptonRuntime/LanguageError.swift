/// An error of the engine that knows more than a message and how it is told in the language.
public protocol Explained: Error {
  /// The mistake as the language tells it.
  var explained: LanguageError { get }
}

/// A mistake at run time, thrown by a word without knowing where it was called.
///
/// The machine adds the place of the call and the calls that led there.
public struct LanguageError: Error, Sendable, Hashable {
  /// The name under which `explain` knows it, as `area/name`.
  public var code: String
  /// One sentence, without a full stop.
  public var message: String
  /// How it may be mended.
  public var help: [String]
  /// The place that is at fault, where it is another than that of the call.
  public var site: CallSite?
  /// What to say under the caret, if more than the message.
  public var label = ""
  /// The argument whose value is wrong, if it is one; the machine shows its place.
  var argument: Argument?

  /// An argument of a word.
  struct Argument: Sendable, Hashable {
    /// The word.
    var word: String
    /// The parameter.
    var parameter: String
    /// The position of the parameter, from 0.
    var position: Int
  }

  /// Makes an error.
  public init(_ code: String, _ message: String, help: [String] = []) {
    self.code = code
    self.message = message
    self.help = help
  }
}
