import LeptonJSON
import LeptonNotebook
import Testing

private func parsed(_ yaml: String) -> Notebook {
  Notebook(parsing: "---\n\(yaml)\n---\n# H\n", name: "n.lnb")
}

@Suite struct Bindings {
  private let parameters = parsed(
    """
    params:
      lr: {type: float, default: 0.5, min: 0, max: 1}
      epochs: 3
      name: {type: string, default: "a\\"b"}
      sizes: [1, 2]
      data: {type: path, required: true}
      limit: {type: duration, default: 2m}
    """
  ).frontMatter.parameters

  private func bound(
    _ commandLine: [String] = [], files: [ParameterFile] = [], environment: [String: String] = [:]
  ) throws -> ParameterBinding {
    try ParameterBinding(
      parameters,
      given: ParameterSources(commandLine: commandLine, files: files, environment: environment))
  }

  @Test func `given values win and become Lepton`() throws {
    let binding = try bound(["lr=1", "data=x.csv", "sizes=[3, 4]", "epochs=5"])
    #expect(
      binding.source == """
        lr = 1.0
        epochs = 5
        name = "a\\"b"
        sizes = [3, 4]
        data = "x.csv"
        limit = 120.0

        """)
    #expect(
      binding.entries.map(\.origin)
        == [.given, .given, .declaration, .given, .given, .declaration])
  }

  @Test(
    "Wrong values are wrong usage",
    arguments: [
      ["lr=2", "data=x"], ["lr=-0.1", "data=x"], ["lr=nan", "data=x"], ["lr=fast", "data=x"],
      ["epochs=2.5", "data=x"], ["lrr=1", "data=x"], [], ["lr"], ["=1"], ["sizes=[1,x]", "data=x"],
    ])
  func refused(given: [String]) {
    let error = #expect(throws: RunRefusal.self) { try bound(given) }
    #expect(error?.exit == .usage)
  }

  @Test
  func
    `the command line wins over files, a later file over an earlier, files over the environment`()
    throws
  {
    let files = try [
      ParameterFile("lr: 0.25\nepochs: 7\ndata: a.csv\n", name: "a.yaml"),
      ParameterFile("epochs: 8\nlimit: 5s\n", name: "b.yaml"),
    ]
    let binding = try bound(
      ["lr=1"], files: files,
      environment: ["LEPTON_PARAM_NAME": "e", "LEPTON_PARAM_LR": "0.75", "LEPTON_PARAM_OTHER": "x"])
    #expect(
      binding.entries.map(\.value.source) == ["1.0", "8", "\"e\"", "[1, 2]", "\"a.csv\"", "5.0"])
    #expect(
      binding.entries.map(\.origin) == [
        .given, .file("b.yaml"), .environment, .declaration, .file("a.yaml"), .file("b.yaml"),
      ])
  }

  @Test(
    "A file of parameters is held to the declarations",
    arguments: [
      ("- 1", "f.yaml: a file of parameters"), ("lr: [", "f.yaml:"),
      ("lrr: 1", "no parameter `lrr`"),
      ("lr: fast", "f.yaml:1"), ("lr: 2", "above its maximum"),
      ("epochs: 1.5", "must be a whole number"),
    ])
  func file(text: String, words: String) {
    let error = #expect(throws: RunRefusal.self) {
      try bound(["data=x"], files: [ParameterFile(text, name: "f.yaml")])
    }
    #expect(error?.exit == .usage)
    #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
  }
}

@Suite struct Sweeps {
  @Test func `every combination is a run, the last parameter changing fastest`() throws {
    let sweep = try Sweep(["lr=0.1,0.3", "sizes=[1,2],[3]"])
    #expect(sweep.names == ["lr", "sizes"])
    #expect(
      sweep.points == [
        ["lr=0.1", "sizes=[1,2]"], ["lr=0.1", "sizes=[3]"], ["lr=0.3", "sizes=[1,2]"],
        ["lr=0.3", "sizes=[3]"],
      ])
    #expect(try Sweep([]).points == [[]])
  }

  @Test(
    "A sweep that cannot be is refused",
    arguments: [
      ["lr"], ["=1"], ["lr=1", "lr=2"],
      (0..<5).map { name in "p\(name)=" + (0..<10).map(String.init).joined(separator: ",") },
    ])
  func refused(texts: [String]) {
    #expect(throws: RunRefusal.self) { try Sweep(texts) }
  }

  @Test func `one table has a row for each run`() throws {
    let text = "---\nparams:\n  lr: 0.5\n---\n"
    let runs = try ["0.1", "0.3"].map { rate in
      try FakeRun(
        text + notebook("#a|record acc \(rate)") + (rate == "0.3" ? notebook("#b|fail a/b") : ""),
        given: ["lr=\(rate)"])
    }
    let report = SweepReport(
      title: "S", over: ["lr"],
      runs: runs.enumerated().map {
        .init($0.element.result, link: "s.out/run-\($0.offset + 1).md")
      })
    #expect(
      report.markdown == """
        # S

        2 runs over `lr`.

        | run |  lr | acc | what happened |
        | --: | --: | --: | :------------ |
        |   1 | 0.1 | 0.1 |               |
        |   2 | 0.3 | 0.3 | b             |

        Reports of the runs: [1](s.out/run-1.md), [2](s.out/run-2.md).

        """)
    let json = try JSON(parsing: report.bytes())
    #expect(json["runs"]?.arrayValue?.count == 2)
    #expect(json["runs"]?[1]?["metrics"]?["acc"] == 0.3)
  }
}
