import Glibc
import LeptonFiles
import Testing

@Suite struct OpenFileTests {
  let folder = TemporaryFolder()
  var broker: FileBroker { FileBroker(folder: folder.path, readable: ["."]) }

  private func code(_ body: () throws -> Void) -> String? {
    do {
      try body()
      return nil
    } catch {
      return (error as? FileError)?.code
    }
  }

  private func text(_ file: OpenFile, _ count: Int, at place: Int) throws -> String {
    String(decoding: try file.read(count, at: place), as: UTF8.self)
  }

  @Test func `bytes are read wherever they stand, in any order`() throws {
    folder.write("0123456789", to: "ten")
    let file = try broker.opened("ten")
    #expect(file.count == 10)
    #expect(try text(file, 3, at: 7) == "789")
    #expect(try text(file, 10, at: 0) == "0123456789")
    #expect(try text(file, 0, at: 10) == "")
    #expect(code { _ = try file.read(2, at: 9) } == "file/changed")
    #expect(code { _ = try file.read(1, at: -1) } == "file/read")
  }

  @Test func `what may not be read is not opened`() {
    folder.makeFolder("sub")
    folder.link("far", to: "/etc/passwd")
    mkfifo(folder("pipe"), 0o644)
    let codes = [
      "sub": "file/kind", "pipe": "file/kind", "far": "file/denied", "no": "file/missing",
    ]
    for (path, expected) in codes {
      #expect(code { _ = try broker.opened(path) } == expected, "\(path)")
    }
    #expect(code { _ = try broker.opened("/etc/passwd") } == "file/denied")
    let narrow = FileBroker(folder: folder.path, readable: ["."], denied: ["sub"])
    #expect(code { _ = try narrow.opened("sub/x") } == "file/denied")
  }

  @Test func `a file that is written to, or cut off, is not read any more`() throws {
    for change in ["written", "cut"] {
      folder.write("0123456789", to: "ten")
      // The moment of a change is kept in steps of some milliseconds.
      usleep(20_000)
      let file = try broker.opened("ten")
      #expect(try text(file, 2, at: 2) == "23")
      let number = Glibc.open(folder("ten"), O_WRONLY)
      if change == "cut" { ftruncate(number, 5) } else { _ = Glibc.write(number, "x", 1) }
      close(number)
      let error = #expect(throws: FileError.self, "\(change)") { try file.read(2, at: 2) }
      #expect(error?.code == "file/changed")
      #expect(error?.message == "`ten` was changed after it had been opened")
    }
  }

  @Test func `a file is read on after another one has got its name`() throws {
    folder.write("old", to: "file")
    let file = try broker.opened("file")
    folder.write("new!", to: "other")
    rename(folder("other"), folder("file"))
    #expect(try text(file, 3, at: 0) == "old")
    #expect(try broker.readText("file") == "new!")
    unlink(folder("file"))
    #expect(try text(file, 3, at: 0) == "old")
  }

  @Test func `what is opened is noted with the digest of all its bytes`() throws {
    folder.write("abc", to: "a")
    var noting = broker
    noting.log = FileLog()
    _ = try noting.opened("a")
    _ = try? noting.opened("b")
    let touches = noting.log?.take() ?? []
    #expect(touches.map(\.digest) == [SHA256.hex(Array("abc".utf8)), nil])
    #expect(touches.first?.path == folder("a"))
  }
}
