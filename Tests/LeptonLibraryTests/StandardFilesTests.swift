import Glibc
import LeptonFiles
import LeptonLibrary
import LeptonRuntime
import LeptonSyntax
import Testing

/// The files of the library that are written in Lepton.
@Suite struct StandardFilesTests {
  private let library = Library.standard()

  @Test func `Every file of stdlib stands in the table of contents`() throws {
    let package = #filePath.split(separator: "/").dropLast(3).reduce("") { $0 + "/" + $1 }
    let stream = try #require(opendir(package + "/stdlib"))
    defer { closedir(stream) }
    var names: Set<String> = []
    while let entry = readdir(stream) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name.hasSuffix(".lep") { names.insert(String(name.dropLast(4))) }
    }
    #expect(names == Set(library.files.map(\.name)))
  }

  /// What stands below a plain comment instead of documentation helps its file and is no word.
  @Test func `Every word in them has a sentence, and every definition a name of its own`() {
    var seen = Set(library.families.flatMap(\.words).map(\.name))
    for file in library.files {
      let parsed = Parser.parse(Source(name: file.name, text: file.text))
      #expect(parsed.diagnostics.isEmpty, "\(file.name).lep")
      for statement in parsed.statements {
        let name = statement.definedName
        #expect(seen.insert(name).inserted, "\(file.name).lep: \(name) is in the table twice")
        guard !statement.documentation.isEmpty else { continue }
        #expect(
          library.describe(name)?.summary.hasSuffix(".") == true, "\(file.name).lep: \(name)")
      }
    }
  }
}

extension Statement {
  /// The name that a definition or an assignment gives a value.
  fileprivate var definedName: String {
    switch kind {
    case .definition(let name, _): name.text
    case .assignment(let target, _): target.name.text
    default: ""
    }
  }
}
