import Foundation
import LeptonJSON
import Testing

/// The README is Markdown with Lepton in it, and so it is a notebook.
@Suite struct ReadmeTests {
  private static let top = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  @Test func `the programs of the README run`() throws {
    let workshop = try Workshop()
    try workshop.write(
      Data(contentsOf: Self.top.appendingPathComponent("README.md")), to: "README.lnb")
    let ending = try workshop.run(
      "lepton-run", "README.lnb", "--results", "results.json", "--allow-write",
      "digits.safetensors", "--progress", "none")
    #expect(ending.code == 0, "\(ending.messages)")
    let results = try JSON(parsing: Array(#require(workshop.read("results.json")).utf8))
    #expect(results["cells"]?[1]?["status"] == "passed")
    #expect(workshop.names().contains("digits.safetensors"))
  }
}
