extension JSON {
  /// How a JSON text is laid out.
  public enum Form: Sendable, Hashable {
    /// In one line, without spaces.
    case compact
    /// A member or element to a line, indented by two spaces, for people to read.
    case pretty
  }

  /// Writes a JSON text in UTF-8, without a line end behind it.
  ///
  /// Deterministic: doubles have the fewest digits that read back as the same double, members keep
  /// their order. What is written can be read: a double that is not finite, a name twice in an
  /// object, and what is deeper than `depthLimit` are refused.
  public func bytes(_ form: Form = .compact) throws(JSONError) -> [UInt8] {
    throw JSONError(code: "json/syntax", message: "not yet")
  }

  /// Writes a JSON text; see `bytes(_:)`.
  public func text(_ form: Form = .compact) throws(JSONError) -> String {
    String(decoding: try bytes(form), as: UTF8.self)
  }
}
