import Foundation
import LeptonLibrary
import LeptonSession
import Testing

@Suite("Pages about codes")
struct ExplanationTests {
  /// The codes of what happens around programs, or not unless Lepton is at fault: no program shows them.
  private static let withoutExample: Set = [
    "cell/failed", "convert/format", "convert/json",
    "convert/language", "data/bundled", "data/damaged", "data/missing", "data/name", "data/network",
    "data/png", "data/set", "data/size",
    "data/sound", "exercise/award", "file/busy", "file/changed", "file/full",
    "file/permission", "file/pipe", "file/read", "file/size", "file/write", "gradient/structure",
    "internal/error",
    "json/depth", "json/duplicate", "json/number", "json/syntax", "json/text", "json/trailing",
    "json/value", "lesson/check", "limit/function", "model/file", "notebook/binary",
    "notebook/conflict", "notebook/empty", "notebook/reordering",
    "notebook/encoding", "notebook/size", "plan/batch", "plan/input",
    "random/key", "results/format",
    "results/json", "run/baseline", "run/interrupted", "run/output", "run/repeat", "run/worker",
    "script/empty",
    "shape/batch",
    "shape/image", "shape/pad", "shape/recurrence", "shape/scatter", "syntax/invalid",
    "trace/foreign", "trace/input",
    "trace/read", "train/checkpoint", "training/state", "training/type", "type/float",
    "value/converge",
  ]

  /// The codes that stand in the sources.
  private static let codes: Set<String> = {
    let sources = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Sources")
    let files = FileManager.default.enumerator(atPath: sources.path)?.compactMap { $0 as? String }
    let pattern = try? NSRegularExpression(pattern: #"(?:"|error\[)([a-z]+/[a-z-]+)(?:"|\])"#)
    var codes: Set<String> = []
    for file in files ?? [] where file.hasSuffix(".swift") && !file.contains("/Explanations/") {
      let url = sources.appendingPathComponent(file)
      let text = (try? String(contentsOf: url, encoding: .utf8)) ?? ""
      let whole = NSRange(text.startIndex..., in: text)
      for match in pattern?.matches(in: text, range: whole) ?? [] {
        if let range = Range(match.range(at: 1), in: text), !text[range].hasPrefix("text/") {
          codes.insert(String(text[range]))
        }
      }
    }
    return codes
  }()

  @Test("Every code of the sources has a page, and every page a code")
  func pages() {
    let pages = Explanation.all.map(\.code)
    #expect(Set(pages).count == pages.count)
    #expect(Self.codes.count > 100)
    #expect(Self.codes.subtracting(pages).sorted() == [], "write a page in Explanations")
    #expect(Set(pages).subtracting(Self.codes + ["program/failure"]).sorted() == [])
  }

  @Test("A page has programs unless none can show its code")
  func examples() {
    let without = Explanation.all.filter { $0.example == nil }.map(\.code)
    #expect(Set(without) == Self.withoutExample)
  }

  @Test("A page is a sentence and a text")
  func wording() {
    for page in Explanation.all {
      #expect(!page.title.isEmpty && !page.title.hasSuffix("."), "\(page.code)")
      #expect(page.text.hasSuffix("."), "\(page.code)")
      #expect(page.page.hasPrefix(page.code), "\(page.code)")
    }
  }

  @Test(
    "The wrong program of a page gets the page's code and no other, the right one nothing",
    arguments: Explanation.all.filter { $0.example != nil }.map(\.code))
  func programs(code: String) async throws {
    let example = try #require(Explanation.page(about: code)?.example)
    let wrong = try await Messages(of: example.wrong, isNotebook: example.isNotebook)
    #expect(Set(wrong.failures.map(\.code)) == [code], "\(wrong.text)")
    let right = try await Messages(of: example.right, isNotebook: example.isNotebook)
    #expect(right.failures == [], "\(right.text)")
  }
}
