import Foundation
import LeptonJSON
import Testing

/// The documents that are Markdown with Lepton in it, and so are notebooks.
@Suite struct DocumentTests {
  private static let top = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  @Test("The programs of a document run", arguments: ["README.md", "stdlib/cheat-sheet.md"])
  func programs(path: String) throws {
    let workshop = try Workshop()
    try workshop.write(
      Data(contentsOf: Self.top.appendingPathComponent(path)), to: "document.lnb")
    let ending = try workshop.run(
      "lepton-run", "document.lnb", "--results", "results.json", "--allow-write",
      "digits.safetensors", "--progress", "none")
    #expect(ending.code == 0, "\(ending.messages)")
    let results = try JSON(parsing: Array(#require(workshop.read("results.json")).utf8))
    #expect(results["cells"]?[1]?["status"] == "passed")
    if path == "README.md" { #expect(workshop.names().contains("digits.safetensors")) }
  }
}
