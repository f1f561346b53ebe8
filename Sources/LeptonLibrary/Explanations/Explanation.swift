import LeptonRuntime
import LeptonSession
import LeptonSyntax

/// A page about a code that messages carry: what it means, a program that gets it, and one that
/// does not.
public struct Explanation: Sendable, Hashable {
  /// The code, as `area/name`: `shape/inner`.
  public let code: String
  /// What happened: one sentence, without a full stop.
  public let title: String
  /// What it means and what to do, in Markdown.
  public let text: String
  /// Two programs that show it; `nil` for what happens around programs and not in them.
  public let example: Example?

  /// A program that gets the message, and one that does not.
  public struct Example: Sendable, Hashable {
    /// The program that gets the message.
    public let wrong: String
    /// The program as it should be.
    public let right: String
    /// Whether they are whole notebooks.
    public let isNotebook: Bool
  }

  /// Makes a page about something that a program shows.
  init(_ code: String, _ title: String, _ text: String, wrong: String, right: String) {
    self.init(code, title, text, Example(wrong: wrong, right: right, isNotebook: false))
  }

  /// Makes a page about something that a notebook shows.
  init(_ code: String, _ title: String, _ text: String, wrongNotebook: String, right: String) {
    self.init(code, title, text, Example(wrong: wrongNotebook, right: right, isNotebook: true))
  }

  /// Makes a page about something that no program shows.
  init(_ code: String, _ title: String, _ text: String, _ example: Example? = nil) {
    self.code = code
    self.title = title
    self.text = text
    self.example = example
  }

  /// What stands before the stroke of the code.
  public var area: String { String(code.prefix { $0 != "/" }) }
}

extension Explanation {
  /// All pages, in the order of the language: texts, names, values, tensors, learning, files, runs.
  public static let all =
    syntax + names + calls + imports + types + values + limits + shapes + algebra + tables
    + learning + data + dataFiles + files + notebooks + runs

  /// The page about a code; `nil` if there is none.
  public static func page(about code: String) -> Explanation? { all.first { $0.code == code } }

  /// The page as it is read.
  public var page: String {
    let programs = example.map {
      "\n\nWrong:\n\n\(Self.indented($0.wrong))\n\nRight:\n\n\(Self.indented($0.right))"
    }
    return "\(code): \(title)\n\n\(text)\(programs ?? "")"
  }

  private static func indented(_ program: String) -> String {
    program.split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0.isEmpty ? "" : "    " + $0 }.joined(separator: "\n")
  }
}

extension Explanation {
  /// The codes of an area, or all for an empty text, each with its sentence.
  ///
  /// - Throws: `name/unknown` if there is no page of that area.
  static func table(of area: String) throws -> Table {
    let pages = area.isEmpty ? all : all.filter { $0.area == area }
    guard !pages.isEmpty else {
      let near = Spelling.nearest(to: area, in: all.map(\.code) + all.map(\.area))
      throw LanguageError(
        "name/unknown", "there is no page about `\(area)`",
        help: [near.map { "did you mean `\($0)`?" } ?? "explain() lists all codes"])
    }
    return Table(
      columns: [.init("code"), .init("what happened")],
      rows: pages.map { [.text($0.code), .text($0.title)] })
  }
}
