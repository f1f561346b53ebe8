import Foundation
import LeptonLibrary
import LeptonRuntime
import LeptonSyntax
import Testing

/// The pages of `stdlib/` that are printed, from a mark on, from the tables they describe.
///
/// `UPDATE_GOLDEN=1` prints them anew.
@Suite struct PrintedPagesTests {
  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("stdlib")

  @Test(
    "A page is what its table says",
    arguments: ["README.md", "grammar.md", "cheat-sheet.md"])
  func page(name: String) throws {
    let file = Self.folder.appendingPathComponent(name)
    let page = try String(contentsOf: file, encoding: .utf8)
    let mark = try #require(
      page.range(of: #"<!-- printed [^\n]*-->\n\n"#, options: .regularExpression))
    let expected = page[..<mark.upperBound] + Self.printed(name)
    if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" {
      try String(expected).write(to: file, atomically: true, encoding: .utf8)
    } else {
      #expect(page == expected, "stdlib/\(name) is old: make reference prints it anew")
    }
  }

  @Test func `the cheat sheet fits two pages`() throws {
    let file = Self.folder.appendingPathComponent("cheat-sheet.md")
    let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
    let rows = lines.reduce(0) { $0 + ($1.utf8.count + 109) / 110 }
    #expect(rows <= 2 * 70)
  }

  @Test func `the cheat sheet shows every keyword and every operator`() throws {
    let file = Self.folder.appendingPathComponent("cheat-sheet.md")
    let source = Source(name: "", text: try String(contentsOf: file, encoding: .utf8))
    let tokens = Set(Lexer.tokens(of: source).map { source[$0.span] })
    let all = Keyword.allCases.map(\.rawValue) + Grammar.operators.flatMap(\.self)
    #expect(Set(all).subtracting(tokens).sorted() == [])
  }

  private static func printed(_ name: String) -> String {
    let library = Library.standard()
    switch name {
    case "README.md": return library.reference
    case "grammar.md": return Grammar.reference
    default: return library.overview
    }
  }
}
