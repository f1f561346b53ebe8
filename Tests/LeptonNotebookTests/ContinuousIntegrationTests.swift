import Foundation
import LeptonNotebook
import LeptonSession
import Testing

/// What a run tells the tools of continuous integration.
@Suite struct ContinuousIntegrationTests {
  /// A run in which everything happens that can.
  private static func run() throws -> FakeRun {
    let head = """
      ---
      params:
        lr: 0.5
      metrics:
        acc: {min: 0.9}
        loss: {max: 1}
      ---

      """
    return try FakeRun(
      head
        + notebook(
          "#good|print 0.5\nexpect true\nexpect false", "#bad|x = 1\nfail shape/inner",
          "#needy|y = x", "#later skip=\"too slow\"|z = 1", "#seen|record acc 0.85")
        + "```expect\n...\n```\n")
  }

  @Test func `every cell, expectation and bound is a test case`() throws {
    let cases = try Self.run().result.testCases
    #expect(
      cases.map(\.name) == [
        "good", "good::true", "good::false", "bad", "needy", "later", "seen", "seen::expect",
        "metric::acc", "metric::loss",
      ])
    #expect(cases.map(\.line) == [8, 10, 11, 14, 19, 23, 27, 27, 5, 6])
    #expect(cases[0].verdict == .passed && cases[1].verdict == .passed)
    #expect(cases[4].verdict == .skipped("not run: needs x from bad"))
    #expect(cases[5].verdict == .skipped("skipped: too slow"))
    guard case .error(let code, _, let details) = cases[3].verdict else {
      Issue.record("a cell that failed is no error")
      return
    }
    #expect(code == "shape/inner" && details.contains("n.lnb:16:1"))
  }

  @Test func `two test cases never have one name`() throws {
    let run = try FakeRun(notebook("#a|expect true\nexpect true"))
    #expect(run.result.testCases.map(\.name) == ["a", "a::true", "a::true (2)"])
  }

  @Test func `JUnit counts what is in it and is well-formed`() throws {
    let run = try Self.run()
    let xml = JUnitReport([(path: "notebooks/n.lnb", result: run.result)]).xml
    let document = try XMLCounter(of: xml)
    #expect(document.counts["testcase"] == 10)
    #expect(document.counts["failure"] == 3)
    #expect(document.counts["error"] == 1)
    #expect(document.counts["skipped"] == 2)
    #expect(document.counts["property"] == 1)
    #expect(xml.contains(#"tests="10" failures="3" errors="1" skipped="2" time="0""#))
    #expect(xml.contains(#" file="notebooks/n.lnb">"#))
    #expect(xml.contains("<system-out>notebooks/n.lnb:14</system-out>"))
  }

  @Test func `JUnit stays well-formed whatever a program says`() throws {
    let text = "]]> <b> & \u{1} \u{FFFE} \"'"
    let run = try FakeRun("---\ntitle: x\n---\n" + notebook("|fail a/b \(text)", "skip='<&>'|1"))
    _ = try XMLCounter(of: JUnitReport([(path: text, result: run.result)]).xml)
  }

  @Test func `JUnit is valid against pytest's schema, whatever became of the cells`() throws {
    let schema = try JUnitSchema()
    let runs = [
      try Self.run(), try FakeRun(notebook("#a|wrong", "#b|1")),
      try FakeRun("```lepton #a #b\n```"),
      try FakeRun(notebook("#a|die", "#b|1"), options: RunOptions(showsTimings: true)),
    ]
    let kinds = ["<failure", "<error", "<skipped", "<property "]
    let xml = JUnitReport(runs.map { (path: "n.lnb", result: $0.result) }).xml
    #expect(kinds.allSatisfy(xml.contains))
    #expect(try schema.violations(of: xml) == [])
    for run in runs {
      #expect(try schema.violations(of: JUnitReport([("n.lnb", run.result)]).xml) == [])
    }
  }

  @Test(
    "The schema refuses what is no such report",
    arguments: [
      "<testcase/>", "<testsuites><testcase name='a'/></testsuites>", "<testsuite name='a'/>",
      "<testcase name='a' line='3'/>", "<testcase name='a'>text</testcase>", "<other/>",
      "<testsuite name='a' tests='1' failures='0' errors='0' time='soon'/>",
    ])
  func violates(document: String) throws {
    #expect(try !JUnitSchema().violations(of: document).isEmpty)
  }

  @Test func `GitHub shows each failure at its line`() throws {
    let lines = GitHubAnnotations(try Self.run().result, path: "a,b.lnb").lines
    #expect(lines.count == 4)
    #expect(lines[0].hasPrefix("::error file=a%2Cb.lnb,line=11,title=good%3A%3Afalse::false"))
    #expect(lines.allSatisfy { !$0.contains("\n") })
    let broken = try FakeRun("```lepton colour=red\n1\n```\n")
    #expect(GitHubAnnotations(broken.result, path: "n.lnb").lines.count == 1)
  }

  @Test func `two results are compared number by number`() throws {
    let before =
      #"{"metrics": {"acc": 0.9, "loss": 0.5, "old": 1}, "cells": [{"id": "a", "status": "passed"}]}"#
    let after =
      #"{"metrics": {"acc": 0.91, "loss": 0.5, "new": "nan"}, "cells": [{"id": "a", "status": "failed"}]}"#
    func compared(_ tolerance: Tolerance = Tolerance()) throws -> ResultsComparison {
      try ResultsComparison(
        before: Array(before.utf8), named: "a.json", after: Array(after.utf8), named: "b.json",
        tolerance: { _ in tolerance })
    }
    let exact = try compared()
    #expect(exact.metrics.map(\.name) == ["acc", "loss", "new", "old"])
    #expect(exact.metrics.map(\.holds) == [false, true, true, false])
    #expect(exact.brokenCells == ["a"])
    #expect(!exact.holds)
    #expect(try compared(Tolerance(absolute: 0.02)).metrics[0].holds)
    #expect(exact.markdown.contains("`a` passed before"))
  }

  @Test func `results of several notebooks and of a sweep are compared one by one`() throws {
    func compared(_ before: String, _ after: String) throws -> ResultsComparison {
      try ResultsComparison(
        before: Array(before.utf8), named: "a.json", after: Array(after.utf8), named: "b.json")
    }
    func batch(_ loss: String, _ state: String) -> String {
      #"{"notebooks": [{"notebook": "a.lnb", "exit": 0, "metrics": {"loss": 1}, "cells": []}, "#
        + #"{"notebook": "b.lnb", "exit": 0, "metrics": {"loss": \#(loss)}, "#
        + #""cells": [{"id": "c", "status": "\#(state)"}]}, {"notebook": "c.lnb", "exit": 4}]}"#
    }
    #expect(try compared(batch("2", "passed"), batch("2", "passed")).holds)
    let moved = try compared(batch("2", "passed"), batch("3", "failed"))
    #expect(moved.metrics.map(\.name) == ["a.lnb::loss", "b.lnb::loss"])
    #expect(moved.metrics.map(\.holds) == [true, false])
    #expect(moved.brokenCells == ["b.lnb::c"])
    func sweep(_ loss: Int) -> String {
      #"{"runs": [{"parameters": {"lr": 0.1, "kind": "a"}, "metrics": {"loss": \#(loss)}, "cells": []}]}"#
    }
    #expect(try compared(sweep(1), sweep(1)).holds)
    #expect(try compared(sweep(1), sweep(2)).metrics.map(\.name) == ["lr=0.1 kind=\"a\"::loss"])
  }

  @Test(
    "What is no file of results is refused by name",
    arguments: ["", "[]", "{}", #"{"metrics": 1, "cells": []}"#])
  func refused(text: String) {
    #expect {
      _ = try ResultsComparison(
        before: Array(text.utf8), named: "a.json", after: Array(text.utf8), named: "b.json")
    } throws: {
      ($0 as? RunRefusal)?.message.hasPrefix("a.json: error[results/") == true
    }
  }
}

/// Counts the elements of a document, and throws where it is not well-formed.
private struct XMLCounter {
  private(set) var counts: [String: Int] = [:]

  init(of text: String) throws {
    var open: [String] = []
    for piece in text.split(separator: "<", omittingEmptySubsequences: true).dropFirst() {
      let end = try #require(piece.firstIndex(of: ">"))
      let tag = piece[..<end]
      #expect(!piece[piece.index(after: end)...].contains(">"))
      let name = String(tag.prefix { $0.isLetter || "/-".contains($0) })
      if name.hasPrefix("/") {
        #expect(open.popLast() == String(name.dropFirst()))
      } else {
        counts[name, default: 0] += 1
        if !tag.hasSuffix("/") { open.append(name) }
      }
    }
    #expect(open.isEmpty)
    #expect(!text.unicodeScalars.contains { $0.value < 32 && $0 != "\n" })
  }
}
