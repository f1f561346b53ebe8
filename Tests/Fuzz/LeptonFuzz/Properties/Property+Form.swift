import LeptonSyntax

extension Property {
  /// What is right stays the same program in the canonical form, and that form stays as it is.
  static var form: Property {
    Property("form") { bytes in
      complaint(about: String(decoding: bytes, as: UTF8.self)) { Printer.print($0.statements) }
    }
  }

  /// What is right stays the same program in the house's layout, with all its comments, and that
  /// layout stays as it is.
  static var layout: Property {
    Property("layout") { bytes in
      let text = String(decoding: bytes, as: UTF8.self)
      return complaint(about: text) { Formatter.layout(of: $0) }
        ?? lostComments(text)
    }
  }

  private static func complaint(
    about text: String, _ written: (ParsedSource) -> String
  ) -> String? {
    let parsed = Parser.parse(Source(name: "fuzz.lep", text: text))
    guard parsed.diagnostics.isEmpty else { return nil }
    let once = written(parsed)
    let again = Parser.parse(Source(name: "once.lep", text: once))
    if let mistake = again.diagnostics.first {
      return "what is written is wrong: \(mistake.code) \(mistake.message)\n\(once)"
    }
    guard again.statements.map(\.withoutSpans) == parsed.statements.map(\.withoutSpans) else {
      return "what is written is another program:\n\(once)"
    }
    let twice = written(again)
    return twice == once ? nil : "written twice, it differs:\n\(once)\n\n\(twice)"
  }

  private static func lostComments(_ text: String) -> String? {
    let parsed = Parser.parse(Source(name: "fuzz.lep", text: text))
    guard parsed.diagnostics.isEmpty else { return nil }
    let laidOut = Parser.parse(Source(name: "out.lep", text: Formatter.layout(of: parsed)))
    return laidOut.comments == parsed.comments
      ? nil : "the comments \(parsed.comments) become \(laidOut.comments)"
  }
}

extension ParsedSource {
  /// The comments, whatever spaces stand in them.
  fileprivate var comments: [String] {
    tokens.filter { $0.kind == .comment || $0.kind == .documentation }
      .map { source[$0.span].split(whereSeparator: \.isWhitespace).joined(separator: " ") }
  }
}
