import Foundation
import Testing

/// What the README tells in numbers.
@Suite struct ReadmeTests {
  private static let top = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  @Test func `the accuracies in the README are those of the reports`() throws {
    let readme = try text("README.md")
    let reports = try ["mnist", "mnist-bent", "mnist-small"].map { try text("notebooks/\($0).md") }
    let accuracies = readme.split(separator: "\n").filter { $0.hasPrefix("|") }
      .flatMap { $0.split(separator: "|") }
      .map { $0.trimmingCharacters(in: CharacterSet(charactersIn: " *")) }
      .filter { $0.hasSuffix(" %") }
    #expect(accuracies.count == 6)
    for accuracy in accuracies {
      let share = "0.\(accuracy.filter(\.isNumber))"
      #expect(
        reports.contains { $0.contains(" \(accuracy) |") || $0.contains("** = \(share)") },
        "\(accuracy)")
    }
  }

  private func text(_ path: String) throws -> String {
    try String(contentsOf: Self.top.appendingPathComponent(path), encoding: .utf8)
  }
}
