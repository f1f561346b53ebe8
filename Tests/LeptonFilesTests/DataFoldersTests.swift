import LeptonFiles
import Testing

@Suite struct DataFoldersTests {
  @Test("An installed executable finds the data beside it, then where the environment says")
  func installed() {
    for executable in ["/opt/l/bin/lepton-run", "/opt/l/libexec/lepton/lepton-worker"] {
      let folders = DataFolders(executable: executable, environment: "/a:/b")
      #expect(folders.folders == ["/opt/l/share/lepton/data", "/a", "/b"])
    }
  }

  @Test("An executable in a build tree finds the nearest notebooks/data above it")
  func buildTree() {
    let folder = TemporaryFolder()
    for name in ["notebooks", "notebooks/data", "build", "build/debug"] { folder.makeFolder(name) }
    let folders = DataFolders(executable: folder("build/debug/x"), environment: nil)
    #expect(folders.folders == [folder("notebooks/data")])
  }

  @Test("The first folder that holds a file is the one")
  func finding() throws {
    let folder = TemporaryFolder()
    for name in ["a", "b"] { folder.makeFolder(name) }
    folder.write("x", to: "b/iris.csv")
    let folders = DataFolders([folder("gone"), folder("a"), folder("b")])
    #expect(folders.folder(holding: "iris.csv") == folder("b"))
    #expect(folders.folder(holding: "wine.csv") == nil)
    #expect(try folders.broker(for: folder("b")).readText("iris.csv") == "x")
  }
}
