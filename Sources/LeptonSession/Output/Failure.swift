import LeptonSyntax

/// A diagnostic that needs no source any more: it carries the lines it talks about.
public struct Failure: Sendable, Hashable, Codable {
  /// How bad it is.
  public var severity: Diagnostic.Severity
  /// The name under which `explain` knows it, as `area/name`.
  public var code: String
  /// One sentence, without a full stop.
  public var message: String
  /// The place.
  public var place: Place
  /// Other places, each with what to say there.
  public var notes: [Place]
  /// How it may be mended, where that is known.
  public var help: [String]
  /// The calls that led there, innermost first; at most ten.
  public var trace: [Frame]

  /// Makes a failure.
  public init(
    severity: Diagnostic.Severity = .error, code: String, message: String, place: Place,
    notes: [Place] = [], help: [String] = [], trace: [Frame] = []
  ) {
    self.severity = severity
    self.code = code
    self.message = message
    self.place = place
    self.notes = notes
    self.help = help
    self.trace = trace
  }

  /// Takes from a diagnostic's sources what a reader needs to see.
  public init(_ diagnostic: Diagnostic, trace: [Frame] = []) {
    self.init(
      severity: diagnostic.severity, code: diagnostic.code, message: diagnostic.message,
      place: Place(source: diagnostic.source, span: diagnostic.span, label: diagnostic.label),
      notes: diagnostic.notes.map { Place(source: $0.source, span: $0.span, label: $0.message) },
      help: diagnostic.help, trace: trace)
  }

  /// A place in a file, with the line that stands there.
  public struct Place: Sendable, Hashable, Codable {
    /// The name of the file, as the user gave it.
    public var file: String
    /// The line, from 1.
    public var line: Int
    /// The column in code points, from 1.
    public var column: Int
    /// How many code points of the line are meant; at least 1.
    public var length: Int
    /// The line itself.
    public var text: String
    /// What to say under the caret; may be empty.
    public var label: String
    /// The lines on which the place goes on, if it has several.
    public var more: [Line] = []

    /// A further line of a place.
    public struct Line: Sendable, Hashable, Codable {
      /// The line, from 1.
      public var line: Int
      /// The line itself, up to the end of the place.
      public var text: String
      /// The column in code points at which it is meant, from 1.
      public var column: Int
      /// How many code points of the line are meant.
      public var length: Int
    }

    /// Makes a place.
    public init(file: String, line: Int, column: Int, length: Int, text: String, label: String = "")
    {
      self.file = file
      self.line = line
      self.column = column
      self.length = length
      self.text = text
      self.label = label
    }

    /// Finds the place of a span.
    public init(source: Source, span: Span, label: String = "") {
      let start = source.location(of: span.start)
      let end = source.location(of: span.end)
      let text = source.line(at: span.start)
      let count = text.unicodeScalars.count
      // An end of line may be two characters, neither of which is part of the line.
      let column = min(start.column, count + 1)
      let rest = max(1, count - column + 1)
      let length = end.line == start.line ? min(rest, max(1, end.column - column)) : rest
      self.init(
        file: source.name, line: start.line, column: column, length: length, text: text,
        label: label)
      if end.line > start.line { more = Self.lines(of: source, span, upTo: end) }
    }

    /// How many further lines are carried.
    private static let lineLimit = 12

    /// The lines behind the first that say something; of many the first ones and the last.
    private static func lines(
      of source: Source, _ span: Span, upTo end: Source.Location
    ) -> [Line] {
      let texts = source[span].split(separator: "\n", omittingEmptySubsequences: false)
      var lines: [Line] = []
      for (index, text) in texts.enumerated().dropFirst() {
        if index >= lineLimit, index < texts.count - 1 { continue }
        let scalars = text.unicodeScalars
        let indentation = scalars.prefix { $0.properties.isWhitespace }.count
        guard indentation < scalars.count else { continue }
        let isLast = index == texts.count - 1
        lines.append(
          Line(
            line: end.line - (texts.count - 1 - index),
            text: isLast ? source.line(at: span.end) : String(text), column: indentation + 1,
            length: scalars.count - indentation))
      }
      return lines
    }
  }

  /// A call that led to a failure.
  public struct Frame: Sendable, Hashable, Codable {
    /// The name of the function that was running.
    public var function: String
    /// Where the call stood: file, line, column.
    public var place: Place
    /// How many more calls of the function from this very place were going on.
    public var repetitions: Int

    /// Makes a frame.
    public init(function: String, place: Place, repetitions: Int = 0) {
      self.function = function
      self.place = place
      self.repetitions = repetitions
    }
  }
}
