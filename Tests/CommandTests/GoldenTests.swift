import Foundation
import LeptonNotebook
import Testing

/// Every notebook against the report beside it: `make test` takes the short ones, `make golden` all;
/// `UPDATE_GOLDEN=1` rewrites the reports.
@Suite struct GoldenTests {
  private static let folder = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("notebooks").path

  /// The notebooks that run in a second or two.
  private static let short = ["01-language", "first", "several-inputs"]

  private static let names: [String] = {
    guard environment("LEPTON_GOLDEN") == "all" else { return short }
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return files.filter { $0.hasSuffix(".lnb") }.map { String($0.dropLast(4)) }.sorted()
  }()

  private static func environment(_ name: String) -> String? {
    ProcessInfo.processInfo.environment[name]
  }

  /// The notebooks whose data do not come along, with their sets and the files of those.
  private static let brought: [String: (set: String, files: [String])] = [
    "sentiment": ("sentiment_sentences", ["amazon_cells.tsv", "imdb.tsv", "yelp.tsv"]),
    "intents": ("snips_intents", ["train.jsonl.gz", "valid.jsonl.gz"]),
    "translation": ("tatoeba_en_zh", ["pairs.tsv.gz"]),
  ]

  /// Brings the data of a notebook from a folder in `LEPTON_DATA`, if they do not come along; the test is
  /// told to be skipped where they are not there.
  private static func bring(for name: String, into workshop: Workshop) throws {
    guard let (set, files) = brought[name] else { return }
    let folder = "\(environment("LEPTON_DATA") ?? "")/\(set.replacing("_", with: "-"))"
    for file in files {
      guard FileManager.default.fileExists(atPath: "\(folder)/\(file)") else {
        try Test.cancel("\(name) needs \(set)/\(file), which is not in LEPTON_DATA")
      }
      let path = file == "pairs.tsv.gz" ? try pairs(in: folder, for: workshop) : "\(folder)/\(file)"
      let ending = try workshop.run("lepton-run", "data", "add", set, path)
      try #require(ending.code == 0, "\(ending.messages)")
    }
  }

  /// The file of pairs as it is loaded, made anew of that in `LEPTON_DATA`: each of its lines begins with a split,
  /// and its last field lacks what all have in common.
  private static func pairs(in folder: String, for workshop: Workshop) throws -> String {
    let unpacked = try workshop.run("/bin/gzip", "-dc", "\(folder)/pairs.tsv.gz")
    let lines = unpacked.output.split(separator: "\n").dropFirst().map { line in
      let fields = line.split(separator: "\t").dropFirst().map(String.init)
      let people = "CC-BY 2.0 (France) Attribution: tatoeba.org " + (fields.last ?? "")
      return (fields.dropLast() + [people]).joined(separator: "\t") + "\n"
    }
    try workshop.write("\u{FEFF}" + lines.joined() + "\n", to: "cmn.txt")
    return "cmn.txt"
  }

  @Test(arguments: brought.keys.sorted())
  func `a notebook whose data are not there says so, and nothing has failed`(name: String) throws {
    let workshop = try Workshop()
    let ending = try workshop.run(
      "lepton-run", "\(Self.folder)/\(name).lnb", "-o", "report.md", "--progress", "none")
    #expect(ending.code == 0, "\(ending.messages)")
    let report = try #require(workshop.read("report.md"))
    #expect(report.contains("> **Skipped**: the data set"))
    #expect(report.contains("lepton-run data "))
  }

  @Test(arguments: names)
  func `a notebook gives the report beside it`(name: String) throws {
    let workshop = try Workshop()
    try Self.bring(for: name, into: workshop)
    let updates = Self.environment("UPDATE_GOLDEN") != nil
    let report = updates ? "\(Self.folder)/\(name).md" : "report.md"
    let ending = try workshop.start(
      "lepton-run", ["\(Self.folder)/\(name).lnb", "-o", report, "--progress", "none"]
    ).wait(seconds: 1800)
    #expect(ending.code == 0, "\(ending.messages)")
    guard !updates else { return }
    let golden = try String(contentsOfFile: "\(Self.folder)/\(name).md", encoding: .utf8)
    let actual = try #require(workshop.read("report.md"))
    #expect(firstDifference(golden, actual) == nil)
    #expect(workshop.names(in: "\(name).out") == Self.pictures(golden))
  }

  /// The files that a report links to, sorted.
  private static func pictures(_ report: String) -> [String] {
    let links = report.split(separator: "](").dropFirst().compactMap {
      $0.split(separator: ")").first
    }
    return links.filter { $0.contains(".out/") }.compactMap { $0.split(separator: "/").last }
      .map(String.init).sorted()
  }

  /// The first line that differs by more than rounding: another processor may round differently.
  private func firstDifference(_ golden: String, _ actual: String) -> String? {
    let wanted = golden.split(separator: "\n", omittingEmptySubsequences: false)
    let got = actual.split(separator: "\n", omittingEmptySubsequences: false)
    for (number, (left, right)) in zip(wanted, got).enumerated() where !isNear(left, right) {
      return "line \(number + 1): expected \(left), got \(right)"
    }
    return wanted.count == got.count ? nil : "\(got.count) lines instead of \(wanted.count)"
  }

  private func isNear(_ wanted: Substring, _ got: Substring) -> Bool {
    if wanted == got { return true }
    let left = Tokenizer.tokens(of: wanted)
    let right = Tokenizer.tokens(of: got)
    return left.count == right.count && zip(left, right).allSatisfy(isNear)
  }

  private func isNear(_ wanted: Token, _ got: Token) -> Bool {
    guard let left = wanted.number, let right = got.number, !wanted.isInteger else {
      return wanted.text == got.text
    }
    return (left - right).magnitude <= 1e-3 * max(left.magnitude, right.magnitude)
  }
}
