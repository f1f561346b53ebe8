import Foundation
import Testing

/// What the README tells in numbers.
@Suite struct ReadmeTests {
  private static let top = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

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
