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

  @Test func `JUnit has no element and no attribute that pytest's schema does not know`() throws {
    let xml = JUnitReport([(path: "n.lnb", result: try Self.run().result)]).xml
    for element in try XMLCounter(of: xml).elements {
      let rule = try #require(JUnitRule.all[element.name], "\(element.name)")
      #expect(rule.parents.contains(element.parent), "\(element.name) in \(element.parent)")
      #expect(
        Set(element.attributes).isSubset(of: rule.required.union(rule.optional)), "\(element)")
      #expect(rule.required.isSubset(of: element.attributes), "\(element)")
      #expect(Set(element.attributes).count == element.attributes.count)
    }
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
  private(set) var elements: [(name: String, parent: String, attributes: [String])] = []

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
        let words = tag.split(separator: "\"", omittingEmptySubsequences: false)
        let attributes = words.indices.dropLast().filter { $0.isMultiple(of: 2) }.map { index in
          String(words[index].split(separator: " ").last?.dropLast() ?? "")
        }
        elements.append((name, open.last ?? "", attributes))
        if !tag.hasSuffix("/") { open.append(name) }
      }
    }
    #expect(open.isEmpty)
    #expect(!text.unicodeScalars.contains { $0.value < 32 && $0 != "\n" })
  }
}

/// What `junit-10.xsd` allows of an element that a report may have.
private struct JUnitRule {
  var parents: Set<String>
  var required: Set<String> = []
  var optional: Set<String> = []

  private static let verdict = JUnitRule(parents: ["testcase"], optional: ["type", "message"])

  static let all: [String: JUnitRule] = [
    "testsuites": JUnitRule(
      parents: [""], optional: ["name", "time", "tests", "failures", "errors"]),
    "testsuite": JUnitRule(
      parents: ["testsuites", "testsuite"], required: ["name", "tests", "failures", "errors"],
      optional: [
        "group", "time", "skipped", "timestamp", "hostname", "id", "package", "file", "log", "url",
      ]),
    "properties": JUnitRule(parents: ["testsuite"]),
    "property": JUnitRule(parents: ["properties"], required: ["name", "value"]),
    "testcase": JUnitRule(
      parents: ["testsuite"], required: ["name"], optional: ["time", "classname", "group"]),
    "failure": verdict, "error": verdict, "skipped": verdict,
    "system-out": JUnitRule(parents: ["testcase", "testsuite"]),
    "system-err": JUnitRule(parents: ["testcase", "testsuite"]),
  ]
}
