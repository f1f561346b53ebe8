import Testing

/// Who may know whom.
@Suite struct ArrowTests {
  static let leafDependencies: [String: Set<String>] = [
    "LeptonSyntax": [], "LeptonJSON": [], "LeptonSession": ["LeptonSyntax"],
    "LeptonFiles": ["CPlatform", "CZlib", "CSodium"],
  ]
  static let engine: Set<String> = ["LeptonTensor", "LeptonLearning", "LeptonData"]
  static let language: Set<String> = [
    "LeptonSyntax", "LeptonSession", "LeptonRuntime", "LeptonLibrary", "LeptonLink",
    "LeptonDisplay",
    "LeptonNotebook",
  ]
  /// What comes with Swift and the system, and belongs to no target.
  static let system: Set<String> = [
    "Glibc", "Synchronization", "Dispatch", "Swift", "Foundation", "Musl", "Darwin",
  ]

  @Test("The manifest names every module and its dependencies")
  func manifest() {
    #expect(Set(SourceTree.modules).subtracting(Manifest.dependencies.keys) == [])
    #expect(Manifest.dependencies["LeptonData"]?.contains("CPNG") == true)
    #expect(Manifest.dependencies["lepton-run"]?.contains("ArgumentParser") == true)
  }

  @Test("A leaf depends on nothing but what it is a leaf over", arguments: leafDependencies)
  func leaves(module: String, allowed: Set<String>) {
    #expect(Manifest.dependencies[module] == allowed)
  }

  @Test("LeptonSyntax imports nothing")
  func syntax() {
    for file in SourceTree.swift where file.module == "LeptonSyntax" {
      #expect(file.imports == [], "\(file.path)")
    }
  }

  @Test("A module imports only what the manifest says it depends on")
  func imports() {
    for file in SourceTree.swift {
      let known = (Manifest.dependencies[file.module] ?? []).union(Self.system)
      #expect(file.imports.subtracting(known) == [], "\(file.path)")
    }
  }

  @Test("The manifest draws no arrow that no import follows", arguments: SourceTree.modules)
  func arrows(module: String) {
    let files = SourceTree.swift.filter { $0.module == module }
    let imported = files.reduce(into: Set<String>()) { $0.formUnion($1.imports) }
    #expect((Manifest.dependencies[module] ?? []).subtracting(imported) == [])
  }

  @Test("The map tells every arrow of the manifest, and no other")
  func map() throws {
    let map = try #require(SourceTree.text("Sources/README.md"))
    var told: [String: Set<String>] = [:]
    for row in map.matches(#"^\| `([\w-]+)` \| ([^|]*) \|"#) {
      told[row.groups[0]] = Set(row.groups[1].matches(#"`([\w-]+)`"#).map { $0.groups[0] })
    }
    for module in Set(SourceTree.swift.map(\.module)).subtracting([""]) {
      #expect(told[module] == Manifest.dependencies[module], "\(module)")
    }
  }

  @Test("The engine does not know that it is scripted")
  func scripting() {
    for module in Self.engine {
      #expect(Manifest.closure(of: module).isDisjoint(with: Self.language), "\(module)")
    }
  }

  @Test("Front ends link no engine and no evaluator")
  func frontEnds() {
    let programs = SourceTree.modules.filter { $0.hasPrefix("lepton-") && $0 != "lepton-worker" }
    #expect(programs.isEmpty == false)
    let far = Self.engine.union(["LeptonRuntime", "LeptonLibrary", "CBLAS", "CKernels"])
    for program in programs {
      #expect(Manifest.closure(of: program).isDisjoint(with: far), "\(program)")
    }
  }

  @Test("Foundation, which is slow to start, comes only with the libraries that need it")
  func foundation() {
    let slow: Set<String> = ["lepton-run", "LeptonNotebook"]
    for file in SourceTree.swift where !slow.contains(file.module) {
      #expect(!file.imports.contains("Foundation"), "\(file.path)")
    }
  }

  @Test("The worker brings neither a reader of YAML nor one of command lines")
  func worker() {
    #expect(Manifest.closure(of: "lepton-worker").isDisjoint(with: ["Yams", "ArgumentParser"]))
  }
}
