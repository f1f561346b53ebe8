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

  @Test func `all of it is formatted`() throws {
    let workshop = try Workshop()
    let ending = try workshop.start("lepton-run", ["fmt", "--check"] + Self.sources).wait()
    #expect(ending.output == "", "run make format")
    #expect(ending.code == 0, "\(ending.messages)")
  }

  @Test func `nothing in it is a mistake, nor does any of it warn`() throws {
    let workshop = try Workshop()
    let ending = try workshop.start("lepton-run", ["check"] + Self.sources).wait()
    #expect(ending.output.hasSuffix(": no mistakes\n"), "\(ending.output)")
  }
}
