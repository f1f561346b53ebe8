import LeptonNotebook
import LeptonSession
import Testing

/// A notebook of one cell with an `expect` fence, mended for what the cell gives.
private func accepted(
  _ expected: String, _ actual: String, extent: Corrections.Extent = .missed,
  attributes: String = ""
) throws -> String {
  let cell =
    "```lepton\n\(actual.split(separator: "\n").map { "print \($0)" }.joined(separator: "\n"))\n```\n"
  let file = "# H\n\(cell)\n```expect\(attributes)\n\(expected)\n```\ntail\n"
  let run = try FakeRun(file)
  let text = String(
    decoding: Corrections(run.result, extent: extent).applied(to: Array(file.utf8)), as: UTF8.self)
  let head = "# H\n\(cell)\n```expect\(attributes)\n"
  #expect(text.hasPrefix(head) && text.hasSuffix("\n```\ntail\n"), "\(text)")
  return String(text.dropFirst(head.count).dropLast("\n```\ntail\n".count))
}

@Suite struct AcceptanceTests {
  @Test(
    "Only what differs is rewritten",
    arguments: [
      ("0.53", "0.5412", "0.54"), ("0.53", "0.534", "0.53"), ("3", "4", "4"),
      ("loss 0.5±0.1 rate 2", "loss 0.55 rate 3", "loss 0.5±0.1 rate 3"),
      ("loss 0.5±0.1", "loss 0.9", "loss 0.9±0.1"),
      ("loss 0.50±5% end", "loss 0.9 end", "loss 0.90±5% end"),
      ("a\nb\nc", "a\nx\nc", "a\nx\nc"), ("a\nc", "a\nb\nc", "a\nb\nc"),
      ("a\nb\nc", "a\nc", "a\nc"),
      ("...\nz 1", "a\nb\nz 2", "...\nz 2"), ("a [..] 1", "a what 2", "a [..] 2"),
      (
        "|  a |  b |\n| -: | -: |\n|  1 |  2 |", "| a | b |\n| 1 | 3 |",
        "|  a |  b |\n| -: | -: |\n|  1 |  3 |"
      ),
      ("1.0", "nan", "nan"), ("0.010", "1.23e-06", "0.000"),
    ] as [(String, String, String)])
  func tokens(expected: String, actual: String, result: String) throws {
    #expect(try accepted(expected, actual) == result)
  }

  @Test func `what was accepted holds`() throws {
    let samples = ["a 1", "b 2.5", "c -3e-7 d", "| x | 0.125 |", "[1.5, 2]", "0.5±0.1", "..."]
    for first in samples {
      for second in samples where second != "..." && !second.contains("±") {
        let third = try accepted("\(first)\n\(second)", "\(second)\nnew 7.25\n\(second)")
        #expect(try accepted(third, "\(second)\nnew 7.25\n\(second)") == third)
      }
    }
  }

  @Test func `an empty fence is filled, and only it where only that is asked for`() throws {
    #expect(try accepted("", "a 1\nb 2", extent: .empty) == "a 1\nb 2")
    #expect(try accepted("a 2", "a 1", extent: .empty) == "a 2")
  }

  @Test func `line ends and the lines of an earlier run stay as they are`() throws {
    let file =
      "```lepton\r\nprint 2\r\n```\r\n\r\n<!-- lepton:out -->\r\n\r\n```text\r\n1\r\n```\r\n\r\n<!-- lepton:end -->\r\n\r\n```expect\r\n1\r\n```\r\n"
    let source = try SourceText(decoding: Array(file.utf8), name: "n.lnb")
    let run = try FakeRun(source.text)
    let corrected = String(
      decoding: Corrections(run.result).applied(to: Array(file.utf8)), as: UTF8.self)
    #expect(corrected == file.replacing("expect\r\n1", with: "expect\r\n2"))
  }
}
