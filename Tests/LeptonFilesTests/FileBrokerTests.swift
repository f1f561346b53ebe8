import Glibc
import LeptonFiles
import Testing

@Suite struct FileBrokerTests {
  let folder = TemporaryFolder()
  var broker: FileBroker { FileBroker(folder: folder.path, readable: ["."], writable: ["out"]) }

  func code(_ body: () throws -> Void) -> String? {
    do {
      try body()
      return nil
    } catch {
      return (error as? FileError)?.code
    }
  }

  @Test("A file in the folder is read, by a relative and by an absolute path")
  func reading() throws {
    folder.makeFolder("data")
    folder.write("hello", to: "data/a.txt")
    for path in ["data/a.txt", "./data/../data//a.txt", folder("data/a.txt")] {
      #expect(try broker.readText(path) == "hello")
      #expect(broker.exists(path))
    }
  }

  @Test("An empty file and one that is exactly as long as allowed are read")
  func limits() throws {
    folder.write("", to: "empty")
    folder.write("12345", to: "five")
    #expect(try broker.read("empty") == [])
    #expect(try broker.read("five", limit: 5).count == 5)
    #expect(code { _ = try broker.read("five", limit: 4) } == "file/size")
  }

  @Test("A file whose size the system does not tell is read to its end, within the limit")
  func unknownSize() throws {
    let broker = FileBroker(readable: ["/proc/self"])
    #expect(try broker.read("/proc/self/status").count > 100)
    #expect(code { _ = try broker.read("/proc/self/status", limit: 100) } == "file/size")
  }

  @Test(
    "Nothing outside the roots is read", arguments: ["../secret", "/etc/passwd", "a/../../secret"])
  func outside(path: String) {
    let error = #expect(throws: FileError.self) { try broker.read(path) }
    #expect(error?.code == "file/denied")
    #expect(!broker.exists(path))
  }

  @Test("A link that leads out is refused, one that stays inside is followed")
  func links() throws {
    folder.write("inside", to: "real")
    folder.link("near", to: "real")
    folder.link("far", to: "/etc/passwd")
    folder.link("up", to: "../../../../../../etc")
    folder.link("loop", to: "loop")
    #expect(try broker.readText("near") == "inside")
    for path in ["far", "up/passwd", "loop"] {
      #expect(code { _ = try broker.read(path) } == "file/denied")
    }
  }

  @Test("A path below a file whose name only begins alike is not inside")
  func siblings() {
    let folder = folder
    folder.makeFolder("data")
    folder.makeFolder("data-secret")
    folder.write("x", to: "data-secret/a")
    let broker = FileBroker(folder: folder.path, readable: ["data"])
    #expect(code { _ = try broker.read("data-secret/a") } == "file/denied")
  }

  @Test("Folders, pipes and devices are refused without waiting for them")
  func kinds() {
    folder.makeFolder("sub")
    mkfifo(folder("pipe"), 0o644)
    let broker = FileBroker(folder: folder.path, readable: [".", "/dev/zero", "/dev/full"])
    for path in ["sub", "pipe", "/dev/zero", "/dev/full", "."] {
      #expect(code { _ = try broker.read(path) } == "file/kind", "\(path)")
    }
  }

  @Test("A missing file is told with its name, control characters as escapes")
  func missing() {
    let error = #expect(throws: FileError.self) { try broker.read("no\u{1B}[31m.csv") }
    #expect(error?.code == "file/missing")
    #expect(error?.message == #"there is no file `no\u{1B}[31m.csv`"#)
    #expect(code { _ = try broker.read("") } == "file/path")
    #expect(code { _ = try broker.read("a\0b") } == "file/path")
  }

  @Test("A single file can be a root")
  func singleFile() throws {
    folder.write("a", to: "a")
    folder.write("b", to: "b")
    let broker = FileBroker(folder: folder.path, readable: ["a"])
    #expect(try broker.readText("a") == "a")
    #expect(code { _ = try broker.read("b") } == "file/denied")
  }

  @Test("What is denied stays denied, through a link too")
  func denial() {
    folder.makeFolder("keys")
    folder.write("x", to: "keys/id")
    folder.link("door", to: "keys")
    let broker = FileBroker(folder: folder.path, readable: ["."], writable: ["."], denied: ["keys"])
    for path in ["keys/id", "door/id"] {
      #expect(code { _ = try broker.read(path) } == "file/denied", "\(path)")
      #expect(code { try broker.write([1], to: path) } == "file/denied", "\(path)")
    }
  }

  @Test("Text that is no UTF-8 is refused")
  func text() throws {
    try AtomicWriter.write([0xFF, 0xFE], to: folder("latin.txt"))
    #expect(code { _ = try broker.readText("latin.txt") } == "file/text")
  }

  @Test("A file is written where that is allowed, its folders made, and nowhere else")
  func writing() throws {
    try broker.write(Array("report".utf8), to: "out/deep/er/r.md")
    #expect(try broker.readText("out/deep/er/r.md") == "report")
    folder.link("out/away", to: "/tmp")
    for path in ["r.md", "out/../r.md", "/tmp/x", "out/away/x", "out2/x", "out/away"] {
      #expect(code { try broker.write([], to: path) } != nil, "\(path)")
    }
    #expect(folder.names == ["out"])
  }
}
