/// Something to tell the user about a place in a source.
///
/// Every stage of the language returns these; `LeptonSession` turns them into a `Failure`, which
/// needs no source any more, and `LeptonDisplay` draws that.
public struct Diagnostic: Sendable, Hashable, Error {
  /// How bad it is.
  public enum Severity: String, Sendable, Hashable, Codable {
    case error, warning, note
  }

  /// Another place that has to do with it.
  public struct Note: Sendable, Hashable {
    /// What to say there.
    public var message: String
    /// The source of the place.
    public var source: Source
    /// The place.
    public var span: Span

    /// Makes a note.
    public init(_ message: String, source: Source, span: Span) {
      self.message = message
      self.source = source
      self.span = span
    }
  }

  /// How bad it is.
  public var severity: Severity
  /// The name under which `explain` knows it, as `area/name`: `name/unknown`, `shape/inner`.
  public var code: String
  /// One sentence, without a full stop.
  public var message: String
  /// The source in which it happened.
  public var source: Source
  /// The place: the whole expression.
  public var span: Span
  /// What to say under the caret, if more than the message.
  public var label: String
  /// Other places.
  public var notes: [Note]
  /// How it may be mended, where that is known.
  public var help: [String]

  /// Makes a diagnostic.
  public init(
    _ severity: Severity = .error, code: String, _ message: String, source: Source, span: Span,
    label: String = "", notes: [Note] = [], help: [String] = []
  ) {
    self.severity = severity
    self.code = code
    self.message = message
    self.source = source
    self.span = span
    self.label = label
    self.notes = notes
    self.help = help
  }

  /// Whether a text can be a code: an area and a name, of letters, digits, hyphens and underscores.
  public static func isCode(_ text: String) -> Bool {
    let parts = text.unicodeScalars.split(separator: "/", omittingEmptySubsequences: false)
    return parts.count == 2
      && parts.allSatisfy { part in
        !part.isEmpty
          && part.allSatisfy {
            $0.properties.isAlphabetic || $0.properties.numericType != nil || $0 == "-" || $0 == "_"
          }
      }
  }
}
