import Testing

/// What no code of a module may do.
@Suite struct SafetyTests {
  /// The places of a pattern in the code of all modules but some.
  func places(
    _ pattern: String, except exempt: Set<String> = [], programs: Bool = true
  ) -> [String] {
    SourceTree.swift.filter { !exempt.contains($0.module) && (programs || !$0.isProgram) }
      .flatMap { $0.places(pattern) }
  }

  @Test("The reader of sources sees code, and neither comments nor texts")
  func reader() throws {
    let file = try #require(SourceFile("Tests/HouseTests/SafetyTests.swift"))
    // try! in a comment, and in texts:
    let texts = [
      "try! here", #"try! "there"#,
      """
      try! "everywhere" \("try!")
      """,
    ]
    #expect(texts.count == 3)
    #expect(SourceTree.text(file.path)?.matches("try" + "!").count ?? 0 >= 4)
    #expect(file.places(#"try!"#).isEmpty)
    #expect(file.places(#"func reader"#).count == 1)
  }

  @Test("Nothing stops the program: no try!, no fatalError, no forced cast")
  func stops() {
    #expect(
      places(#"\btry!|\bas!|\b(?:fatalError|preconditionFailure|assertionFailure|abort)\("#) == [])
  }

  @Test("Nothing is unwrapped by force")
  func unwrapping() {
    #expect(places(#"[\w)\]]!(?:$|[^=])"#) == [])
  }

  @Test("Only programs print, exit or read standard input")
  func printing() {
    let own = Set(SourceTree.swift.filter { !$0.places(#"func print\("#).isEmpty }.map(\.module))
    let call = #"(?:^|[^\w.`])(?:print|debugPrint|dump)\("#
    let found = places(call, except: own, programs: false)
    #expect(found.filter { !$0.contains("func ") } == [])
    #expect(places(#"(?:^|[^\w.])(?:readLine|exit|_exit)\("#, programs: false) == [])
  }

  @Test("Files are opened by the broker, and by the prompt for its history")
  func files() {
    let exempt: Set<String> = ["LeptonFiles", "lepton-repl"]
    let call = #"\b(?:fopen|openat|open64|creat|opendir|FileManager|FileHandle|contentsOfFile)\b"#
    #expect(places(call, except: exempt) == [])
  }

  @Test("No state is global: what is not a constant travels in a context")
  func globals() {
    #expect(places(#"\bstatic var \w+(?:\s*:[^={]+)?\s*="#, programs: false) == [])
    #expect(
      places(#"^(?:(?:public|package|private|fileprivate) )?var "#, programs: false).filter {
        !$0.contains("{")
      } == [])
    #expect(places(#"nonisolated\(unsafe\)\s+(?:static )?var"#, programs: false) == [])
  }

  @Test("Untrusted text meets no Regex")
  func patterns() {
    #expect(places(#"\bRegex\b|\bRegexBuilder\b|\bNSRegularExpression\b"#) == [])
  }

  @Test("Environments are set and processes made by the link alone, by posix_spawn")
  func processes() {
    #expect(places(#"(?:^|[^\w.])(?:fork|vfork|system|popen|execv|execvp|execve)\("#) == [])
    #expect(places(#"\bposix_spawnp?\("#, except: ["LeptonLink"]) == [])
  }
}
