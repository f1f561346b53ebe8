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

  @Test func `the accuracies in the README are those of the report`() throws {
    let readme = try text("README.md")
    let report = try text("notebooks/mnist.md")
    let accuracies = readme.split(separator: "\n").filter { $0.hasPrefix("|") }
      .flatMap { $0.split(separator: "|") }
      .map { $0.trimmingCharacters(in: CharacterSet(charactersIn: " *")) }
      .filter { $0.hasSuffix(" %") }
    #expect(accuracies.count == 4)
    for accuracy in accuracies { #expect(report.contains(" \(accuracy) |"), "\(accuracy)") }
  }

  private func text(_ path: String) throws -> String {
    try String(contentsOf: Self.top.appendingPathComponent(path), encoding: .utf8)
  }
}
