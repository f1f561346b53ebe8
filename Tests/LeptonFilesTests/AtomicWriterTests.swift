import Glibc
import LeptonFiles
import Testing

@Suite struct AtomicWriterTests {
  let folder = TemporaryFolder()
  var broker: FileBroker { FileBroker(folder: folder.path, readable: ["."]) }

  @Test("A file is made, then replaced, and its permissions stay")
  func replacing() throws {
    try AtomicWriter.write("old", to: folder("a"))
    chmod(folder("a"), 0o600)
    try AtomicWriter.write("new", to: folder("a"))
    var status = stat()
    stat(folder("a"), &status)
    #expect(status.st_mode & 0o777 == 0o600)
    #expect(try broker.readText("a") == "new")
    #expect(folder.names == ["a"])
  }

  @Test("Through a link the file it leads to is replaced, and the link stays")
  func links() throws {
    folder.write("old", to: "real")
    folder.link("link", to: "real")
    try AtomicWriter.write("new", to: folder("link"))
    #expect(try broker.readText("real") == "new")
    var status = stat()
    lstat(folder("link"), &status)
    #expect(status.st_mode & S_IFMT == S_IFLNK)
  }

  @Test("Devices, pipes and folders are no targets")
  func targets() {
    folder.makeFolder("sub")
    mkfifo(folder("pipe"), 0o644)
    for path in ["/dev/full", "/dev/null", folder("sub"), folder("pipe"), "/"] {
      let error = #expect(throws: FileError.self) { try AtomicWriter.write("x", to: path) }
      #expect(error?.code == "file/kind", "\(path)")
    }
    #expect(folder.names == ["pipe", "sub"])
  }

  @Test("A missing folder and a link to nowhere are told")
  func missing() {
    folder.link("nowhere", to: "gone/file")
    for path in ["no/such/x", "nowhere"] {
      let error = #expect(throws: FileError.self) { try AtomicWriter.write("x", to: folder(path)) }
      #expect(error?.code == "file/missing")
    }
  }

  @Test("A file that is never committed leaves the old one and nothing else")
  func abandoning() throws {
    folder.write("old", to: "a")
    do {
      let file = try AtomicFile(folder("a"))
      try file.append([1, 2, 3])
      #expect(folder.names.count == 2)
    }
    #expect(try broker.readText("a") == "old")
    #expect(folder.names == ["a"])
  }

  @Test("A file can be written in pieces")
  func pieces() throws {
    let file = try AtomicFile(folder("a"))
    for byte in UInt8(0)..<100 { try file.append([byte]) }
    try file.commit()
    #expect(try broker.read("a") == Array(0..<100))
  }
}
