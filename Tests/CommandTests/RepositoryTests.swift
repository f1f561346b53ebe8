import Foundation
import Testing

/// What is Lepton in this repository, seen by the programs.
@Suite struct RepositoryTests {
  private static let top = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().path

  /// The files of a folder that end so.
  private static func files(in folder: String, _ endings: String...) -> [String] {
    let all = (try? FileManager.default.subpathsOfDirectory(atPath: "\(top)/\(folder)")) ?? []
    return all.filter { path in endings.contains { path.hasSuffix($0) } && !path.contains(".out/") }
      .sorted().map { "\(top)/\(folder)/\($0)" }
  }

  private static let sources =
    files(in: "stdlib", ".lep") + files(in: "notebooks", ".lnb")
    + files(in: "Tests/Benchmarks", ".lep")

  /// The case files, but for those that show mistakes of syntax, which have no layout.
  private static let cases = files(in: "Tests/LanguageTests/Cases", ".lep").filter { path in
    (try? String(contentsOfFile: path, encoding: .utf8))?.contains("#! syntax/") == false
  }

  @Test func `all of it can be formatted, and stays so the second time`() throws {
    let workshop = try Workshop()
    for (index, path) in (Self.sources + Self.cases).enumerated() {
      let name = "\(index)-" + URL(fileURLWithPath: path).lastPathComponent
      try workshop.write(Data(contentsOf: URL(fileURLWithPath: path)), to: name)
    }
    let names = workshop.names()
    let formatting = try workshop.start("lepton-run", ["fmt"] + names).wait()
    #expect(formatting.code == 0, "\(formatting.messages)")
    let ending = try workshop.start("lepton-run", ["fmt", "--check"] + names).wait()
    #expect(ending.output == "")
  }

  @Test func `nothing in it is a mistake, nor is a shape`() throws {
    let workshop = try Workshop()
    let ending = try workshop.start("lepton-run", ["check"] + Self.sources).wait()
    #expect(ending.code == 0, "\(ending.output)")
    #expect(!ending.output.contains("warning[shape/"), "\(ending.output)")
  }
}
