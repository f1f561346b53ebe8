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

  /// Rooms in which the furniture still stands about; to be struck out one by one.
  static let unfinished: Set<String> = ["LeptonLibrary", "lepton-run", "lepton-worker"]

  @Test("Every room that is furnished opens with half a page", arguments: SourceTree.modules)
  func readmes(module: String) throws {
    let files = SourceTree.swift.filter { $0.module == module }
    guard files.contains(where: { !$0.path.hasSuffix("/Placeholder.swift") }) else { return }
    try withKnownIssue(isIntermittent: true) {
      let readme = try #require(SourceTree.text("Sources/\(module)/README.md"))
      #expect(readme.hasPrefix("# "))
      #expect(readme.split(separator: "\n").count <= 40)
    } when: {
      Self.unfinished.contains(module)
    }
  }

  @Test("A placeholder of a module stands in an empty room only")
  func placeholders() {
    for file in SourceTree.swift where file.path.hasSuffix("/Placeholder.swift") {
      #expect(SourceTree.swift.filter { $0.module == file.module }.count == 1, "\(file.path)")
    }
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
