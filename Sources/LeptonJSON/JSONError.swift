/// Why a text is no JSON, or a value cannot be written as JSON.
public struct JSONError: Error, Sendable, Hashable, CustomStringConvertible {
  /// `json/syntax`, `json/duplicate`, `json/depth`, `json/number`, `json/text` or `json/trailing`.
  public var code: String
  /// One sentence, without a full stop and without the place.
  public var message: String
  /// Where it is, where a text was read.
  public var place: Place?

  /// Makes an error.
  public init(code: String, message: String, place: Place? = nil) {
    self.code = code
    self.message = message
    self.place = place
  }

  /// A place in a text.
  public struct Place: Sendable, Hashable {
    /// The line, from 1.
    public var line: Int
    /// The column in code points, from 1.
    public var column: Int

    /// Makes a place.
    public init(line: Int, column: Int) {
      self.line = line
      self.column = column
    }
  }

  /// The sentence, with the place where there is one.
  public var description: String {
    guard let place else { return message }
    return "line \(place.line), column \(place.column): \(message)"
  }
}
