import LeptonSession
import LeptonSyntax

extension Property {
  /// Whatever the text: its tokens cover it, what is told lies within it, and whether it is complete
  /// agrees with whether it is right.
  static var syntax: Property {
    Property("syntax") { bytes in
      let text = String(decoding: bytes, as: UTF8.self)
      let parsed = Parser.parse(Source(name: "fuzz.lep", text: text))
      return gaps(parsed) ?? disorder(parsed) ?? misplaced(parsed.diagnostics)
        ?? disagreement(text)
    }
  }

  private static func gaps(_ parsed: ParsedSource) -> String? {
    var end = 0
    for token in parsed.tokens {
      guard token.span.start == end, token.span.end >= end else { return "a gap at \(end)" }
      end = token.span.end
    }
    guard end == parsed.source.text.utf8.count else { return "the tokens end at \(end)" }
    let printed = Printer.print(parsed)
    guard printed.utf8.elementsEqual(parsed.source.text.utf8) else {
      return "printing gives another text"
    }
    return nil
  }

  private static func disorder(_ parsed: ParsedSource) -> String? {
    var end = 0
    for statement in parsed.statements {
      guard statement.span.start >= end, statement.span.end >= statement.span.start else {
        return "a statement at \(statement.span) stands before \(end)"
      }
      end = statement.span.end
    }
    return end <= parsed.source.text.utf8.count ? nil : "a statement ends behind the text"
  }

  private static func misplaced(_ diagnostics: [Diagnostic]) -> String? {
    diagnostics.lazy.compactMap { $0.misplacement(among: [$0.source]) }.first
  }

  private static func disagreement(_ text: String) -> String? {
    let isRight = Parser.parse(Source(name: "fuzz.lep", text: text + "\n")).diagnostics.isEmpty
    switch completeness(of: text) {
    case .complete: return isRight ? nil : "complete, and yet a mistake"
    case .invalid: return isRight ? "invalid, and yet no mistake" : nil
    case .incomplete(let indent):
      return (0...100_000).contains(indent) ? nil : "an indent of \(indent)"
    }
  }
}

extension Diagnostic {
  /// What is wrong with the place or the words of a diagnostic that has to do with some texts.
  func misplacement(among sources: [Source]) -> String? {
    let range = 0...source.text.utf8.count
    guard range.contains(span.start), range.contains(span.end), span.start <= span.end else {
      return "\(code) is told outside of the text: \(span)"
    }
    return Failure(self).misplacement(in: sources)
  }
}

extension Failure {
  /// What is wrong with the place or the words of a failure that happened in one of some texts.
  func misplacement(in sources: [Source]) -> String? {
    let isCode = code.split(separator: "/", omittingEmptySubsequences: false).count == 2
    guard isCode, !code.hasPrefix("/"), !code.hasSuffix("/") else { return "the code is `\(code)`" }
    guard code != "internal/error" else { return "something inside: \(message)" }
    guard !message.isEmpty, !message.hasSuffix(".") || message.hasSuffix("...") else {
      return "\(code) says `\(message)`"
    }
    return ([place] + notes + trace.map(\.place)).lazy
      .compactMap { $0.mistake(in: sources).map { "\(code): \($0)" } }.first
  }
}

extension Failure.Place {
  /// What is wrong with a place.
  fileprivate func mistake(in sources: [Source]) -> String? {
    guard line >= 1, column >= 1, length >= 1 else {
      return "line \(line), column \(column), length \(length)"
    }
    guard let source = sources.first(where: { $0.name == file && $0.holds(line) }) else {
      return file.hasPrefix("stdlib/") ? nil : "line \(line) of `\(file)` is not in the text"
    }
    let count = text.unicodeScalars.count
    guard column <= count + 1, column + length <= max(count + 1, column + 1) else {
      return "column \(column), length \(length) in a line of \(count)"
    }
    let isThere = text.isEmpty || source.text.utf8.firstRange(of: text.utf8) != nil
    return isThere ? nil : "the line `\(text)` is not in the text"
  }
}

extension Source {
  /// Whether a line of the file is one of this text.
  fileprivate func holds(_ line: Int) -> Bool {
    line >= firstLine && line <= location(of: text.utf8.count).line
  }
}
