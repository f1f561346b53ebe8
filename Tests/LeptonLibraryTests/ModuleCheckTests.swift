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

  /// What a check finds in cells beside files.
  private func findings(_ cells: [String], beside files: [String: String]) -> [String] {
    let broker = FileBroker(folder: folder.path, readable: [folder.path], writable: [folder.path])
    for (name, text) in files { try? broker.write(Array(text.utf8), to: name) }
    let session = Interpreter(library: .standard(), files: broker)
    let all = cells.enumerated().map {
      Cell(id: "c\($0)", file: "test.lep", text: $1, firstLine: 1)
    }
    return session.check(all).flatMap(\.findings).map {
      "\($0.place.line):\($0.place.column) \($0.code)"
    }
  }

  @Test("knows a module that several cells import, unless they import different ones")
  func severalCells() {
    let files = ["aid.lep": "fn bar() = 1\n", "other/aid.lep": "fn bar(x) = x\n"]
    let one = "import \"aid.lep\"\n"
    #expect(
      findings([one + "aid.bar()", one + "aid.bar(1)"], beside: files) == ["2:9 call/excess"])
    #expect(findings([one, "aid.foo"], beside: files) == ["1:5 name/field"])
    let other = "import \"other/aid.lep\"\n"
    #expect(findings([one + "aid.bar(1)", other + "aid.bar(1)"], beside: files) == [])
    #expect(findings([one, "aid = {foo: 1}", "aid.foo"], beside: files) == [])
  }

  @Test("warns of a mistake in a file that an imported file imports")
  func chain() {
    let files = [
      "one.lep": "import \"two.lep\"\n", "two.lep": "import \"three.lep\"\n",
      "three.lep": "x = = 1\n",
      "circle.lep": "import \"about.lep\"\n", "about.lep": "import \"circle.lep\"\n",
    ]
    #expect(findings(["import \"one.lep\""], beside: files) == ["1:8 syntax/unexpected"])
    #expect(findings(["import \"circle.lep\""], beside: files) == [])
  }

  @Test("warns of a file that cannot be imported")
  func mistake() {
    #expect(findings("import \"aid.lep\"", beside: "fn f() = nope\n") == ["1:8 name/unknown"])
    #expect(findings("import \"aid.lep\"", beside: "x = = 1\n") == ["1:8 syntax/unexpected"])
  }
}
