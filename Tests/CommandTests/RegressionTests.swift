import Foundation
import Testing

/// The notebooks that check themselves.
@Suite struct RegressionTests {
  private static let folder = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("notebooks/regression").path

  private static let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [])
    .filter { $0.hasSuffix(".lnb") }.sorted()

  @Test func `there are regression notebooks`() { #expect(Self.names.count >= 4) }

  @Test(arguments: names)
  func `a regression notebook holds`(name: String) throws {
    let workshop = try Workshop()
    let ending = try workshop.run(
      "lepton-run", "\(Self.folder)/\(name)", "--check", "--progress", "none")
    #expect(ending.code == 0, "\(ending.messages)")
    #expect(ending.messages.isEmpty, "\(ending.messages)")
  }
}
