import LeptonFiles
import LeptonLibrary
import LeptonRuntime
import LeptonSession
import Testing

@Suite("The check of what is asked of modules")
struct ModuleCheckTests {
  private let folder = ScratchFolder()

  /// What a check finds in a program beside a file, as `line:column code`.
  private func findings(_ text: String, beside file: String = "") -> [String] {
    let files = FileBroker(folder: folder.path, readable: [folder.path], writable: [folder.path])
    try? files.write(Array(file.utf8), to: "aid.lep")
    let session = Interpreter(library: .standard(), files: files)
    let cell = Cell(id: "c", file: "test.lep", text: text, firstLine: 1)
    return session.check([cell]).flatMap(\.findings).map {
      "\($0.place.line):\($0.place.column) \($0.code)"
    }
  }

  @Test(
    "holds names and calls against the library",
    arguments: [
      ("import models\nmodels.lenet()\nmodels.mlp([1])", []),
      ("import statistics\nstatistics.corelation([1], [2])", ["2:12 name/field"]),
      ("import statistics\nstatistics.mean([1])", ["2:12 name/field"]),
      ("import models\nmodels.lenet(1, 2, 3)", ["2:20 call/excess"]),
      ("import models\nmodels.residual()", ["2:1 call/missing"]),
      ("import models\nmodels.lenet(clases=3)", ["2:14 call/unknown"]),
      ("import models\nfn f(models) = models.anything()", []),
      ("import models\nmodels = {}\nmodels.anything", []),
    ])
  func library(text: String, expected: [String]) {
    #expect(findings(text) == expected)
  }

  @Test(
    "holds names and calls against a file",
    arguments: [
      ("import \"aid.lep\"\n[aid.bar(), aid.size]", []),
      ("import \"missing.lep\"\nmissing.foo()", []),
      ("import \"aid.lep\"\naid.foo()", ["2:5 name/field"]),
      ("import \"aid.lep\"\naid.bar(1)", ["2:9 call/excess"]),
    ])
  func file(text: String, expected: [String]) {
    #expect(findings(text, beside: "fn bar() = size\nsize = 1\nfn bare() = 1\n") == expected)
  }

  @Test("warns of a file that cannot be imported")
  func mistake() {
    #expect(findings("import \"aid.lep\"", beside: "fn f() = nope\n") == ["1:8 name/unknown"])
    #expect(findings("import \"aid.lep\"", beside: "x = = 1\n") == ["1:8 syntax/unexpected"])
  }
}
