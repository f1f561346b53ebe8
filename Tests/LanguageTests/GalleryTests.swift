import Glibc
import LeptonFiles
import Testing

@Suite("Gallery of wrong programs")
struct GalleryTests {
  @Test("Every wrong program gets the messages that stand below it", arguments: GalleryFile.all)
  func messages(file: GalleryFile) async throws {
    if getenv("UPDATE_GOLDEN") != nil {
      let broker = FileBroker(folder: GalleryFile.folder, writable: [GalleryFile.folder])
      return try broker.write(Array(try await file.rewritten().utf8), to: file.name)
    }
    for program in file.programs {
      let answer = try await program.answer
      #expect(answer == program.told, "\(file.name):\(program.line): \(program.title)")
    }
  }

  @Test("A file of the gallery is laid out as it is rewritten", arguments: GalleryFile.all)
  func layout(file: GalleryFile) {
    #expect(file.text.hasSuffix("\n"))
    let titles = file.programs.map(\.title)
    #expect(Set(titles).count == titles.count)
    #expect(!file.programs.contains { $0.title.isEmpty || $0.text.isEmpty })
  }

  @Test("There are at least 120 wrong programs, and each is told something")
  func count() {
    let programs = GalleryFile.all.flatMap(\.programs)
    #expect(programs.count >= 120)
    #expect(
      programs.filter { !$0.told.contains("error[") && !$0.told.contains("warning[") }.isEmpty)
  }
}
