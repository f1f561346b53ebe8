import Foundation
import LeptonCatalogue
import LeptonFiles
import Testing

/// The sets of a machine whose user's folder is empty at first.
@Suite final class CollectionTests {
  private let own = NSTemporaryDirectory() + "lepton-" + UUID().uuidString
  private var sets: Collection { Collection(folders: DataFolders([own]), own: own) }

  deinit { try? FileManager.default.removeItem(atPath: own) }

  @Test func `names are different, and files have sums, sizes and a way to come`() {
    #expect(Set(CatalogueEntry.all.map(\.name)).count == CatalogueEntry.all.count)
    for entry in CatalogueEntry.all {
      #expect(!entry.licence.isEmpty && !entry.source.isEmpty && !entry.scores.isEmpty)
      for file in entry.files {
        #expect(file.digest.count == 64 && file.byteCount > 0, "\(entry.name)")
        #expect(file.address?.hasPrefix("https://") ?? true)
        #expect(entry.isBundled || !file.form.isEmpty)
      }
    }
    #expect(CatalogueEntry.named("fashion-mnist") == .fashionMNIST)
    #expect(CatalogueEntry.named("nothing") == nil)
  }

  @Test func `another file than the one that is meant is refused, and told apart`() throws {
    let entry = CatalogueEntry.sentimentSentences
    let error = #expect(throws: FileError.self) {
      try sets.take(Array("a\tb\n".utf8), called: "mine.tsv", as: entry)
    }
    #expect(error?.code == "data/damaged")
    #expect(error?.message.contains("1 lines of 2 columns, 4 bytes") == true)
    #expect(error?.help.first?.contains("1,000 lines of 2 columns, 58,226 bytes") == true)
    #expect(sets.state(of: entry) == .absent)
    #expect(!FileManager.default.fileExists(atPath: own))
  }

  @Test func `a set that comes along is not brought`() {
    let error = #expect(throws: FileError.self) { try sets.take([1], called: "x", as: .iris) }
    #expect(error?.code == "data/bundled")
  }

  @Test func `a file of one's own is kept with its sum, read by its path and checked`() throws {
    let bytes = Array("x,y\n1,2\n".utf8)
    #expect(
      try sets.take(bytes, called: "/a/b/points.csv", intoOwn: "my-data") == "2 lines of 2 columns")
    #expect(
      try sets.take(Array("{}\n".utf8), called: "more.jsonl", intoOwn: "my-data") == "1 lines")
    #expect(sets.ownNames == ["my-data"])
    #expect(try sets.folders.read("my-data/points.csv") == bytes)
    #expect(try sets.check("my-data").files == 2)
    try Data([1, 2, 3]).write(to: URL(fileURLWithPath: own + "/my-data/points.csv"))
    let changed = #expect(throws: FileError.self) { try sets.check("my-data") }
    #expect(changed?.code == "data/damaged")
    #expect(throws: FileError.self) { try sets.folders.read("my-data/points.csv") }
  }

  @Test(
    "A name that leads elsewhere is none",
    arguments: [
      ("..", "a.csv"), ("a/b", "a.csv"), ("", "a.csv"), ("a", ".hidden"), ("a", "SHA256SUMS"),
    ])
  func names(set: String, file: String) {
    let error = #expect(throws: FileError.self) {
      try sets.take([1], called: file, intoOwn: set)
    }
    #expect(error?.code == "data/set")
  }

  @Test func `paths of sets do not lead out of the folders`() {
    for path in ["../../etc/passwd", "/etc/passwd", "a/../../b", ""] {
      let error = #expect(throws: FileError.self) { try sets.folders.read(path) }
      #expect(error?.code == "data/missing", "\(path)")
    }
  }
}
