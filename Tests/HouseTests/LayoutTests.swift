import Foundation
import Testing

/// How the sources are laid out.
@Suite struct LayoutTests {
  let all =
    SourceTree.files(under: "Sources") + SourceTree.files(under: "Tests")
    + SourceTree.files(under: "stdlib")

  @Test("The tree is found")
  func tree() {
    #expect(SourceTree.swift.count > 20)
    #expect(SourceTree.modules.contains("LeptonSyntax"))
  }

  @Test("No file has more than 500 lines")
  func length() {
    #expect(all.filter { $0.lineCount > 500 }.map { "\($0.path): \($0.lineCount)" } == [])
  }

  @Test("Half of the files have at most 120 lines, nine of ten at most 300")
  func lengths() throws {
    let lengths = SourceTree.swift.map(\.lineCount).sorted()
    try #require(!lengths.isEmpty)
    #expect(lengths[lengths.count / 2] <= 120)
    #expect(lengths[lengths.count * 9 / 10] <= 300)
  }

  @Test(
    "Every room opens with half a page",
    arguments: SourceTree.modules.map { "Sources/" + $0 } + [
      "Sources", "Tests", "notebooks", "stdlib",
    ])
  func readmes(folder: String) throws {
    let readme = try #require(SourceTree.text("\(folder)/README.md"))
    #expect(readme.hasPrefix("# "))
    let written = readme.components(separatedBy: "<!-- printed").first ?? ""
    if folder != "Sources" { #expect(written.split(separator: "\n").count <= 40) }
  }

  @Test("No module is empty, and no file only holds a place")
  func placeholders() {
    #expect(all.map(\.path).filter { $0.hasSuffix("/Placeholder.swift") } == [])
  }

  @Test("No name says only that it manages, helps or is a base")
  func names() {
    let pattern =
      #"\b(?:class|struct|enum|protocol|actor|typealias) \w*(?:Manager|Helpers?|Utils?|Utilities|Base|Impl)\b"#
    #expect(all.flatMap { $0.places(pattern) } == [])
    let files = all.map(\.path).filter {
      !$0.matches(#"(?:Manager|Helpers?|Utils?|Utilities|Impl)\.\w+$"#).isEmpty
    }
    #expect(files == [])
  }

  @Test("Tests use what a module shows, and nothing is @testable")
  func testable() {
    #expect(all.flatMap { $0.places("@" + "testable") } == [])
  }

  @Test("The top level holds what the map says, and beside it only licence, Makefile and dot files")
  func topLevel() {
    for folder in ["Sources", "Tests", "notebooks", "stdlib"] {
      #expect(SourceTree.isFolder(folder))
    }
    for file in ["Package.swift", "LICENSE", "Makefile"] {
      #expect(SourceTree.text(file) != nil, "\(file)")
    }
  }
}
