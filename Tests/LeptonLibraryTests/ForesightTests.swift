import LeptonLibrary
import LeptonRuntime
import LeptonSession
import Testing

/// What a check of cells finds about shapes, as `cell:line:column code`.
private func foreseen(_ cells: String...) -> [String] {
  let session = Interpreter(library: .standard())
  let requests = cells.enumerated().map { index, text in
    Cell(id: "c\(index)", file: "test.lnb", text: text, firstLine: 1)
  }
  return session.check(requests).enumerated().flatMap { index, check in
    check.foreseen.map {
      "\(index):\($0.place.line):\($0.place.column) \($0.code)"
    }
  }
}

@Suite("Shapes that are known before the run")
struct ForesightTests {
  @Test(
    "are held against each other",
    arguments: [
      ("zeros([2, 3]) @ zeros([2, 3])", ["0:1:1 shape/inner"]),
      ("x = zeros([2, 3])\ny = ones(3, float64) + x\ny @ x", ["0:3:1 shape/inner"]),
      ("tensor([1, 2]) + [1, 2, 3]", ["0:1:1 shape/broadcast"]),
      ("sum(reshape(arange(6), [2, 3]), axis=2)", ["0:1:1 shape/axis"]),
      ("x = arange(6)\nx.reshape([4, 2])", ["0:2:1 shape/count"]),
      ("x = normal([4, 5])\nx.T @ x.T", ["0:2:1 shape/inner"]),
      ("x = zeros([4, 5])[1:3, ::2]\nx @ x", ["0:2:1 shape/inner"]),
      ("x = zeros([4, 5])\nn = x.shape[-1]\nx @ zeros([n + 1, 2])", ["0:3:1 shape/inner"]),
      ("concat([zeros([2, 3]), zeros([2, 4])])", ["0:1:1 shape/concatenate"]),
      ("x = zeros([2, 3])\nx[0] = 1\nx @ x", ["0:3:1 shape/inner"]),
      ("x = zeros([2, 3])\nx.T @ x\nx @ x.T\nx * x + 1 > 0", []),
    ])
  func operations(text: String, expected: [String]) {
    #expect(foreseen(text) == expected)
  }

  @Test(
    "go through functions of the program, with the names of sizes in their headings",
    arguments: [
      ("fn f(a, b = zeros([2, 2])) = a @ b\nf(zeros([3, 3]))", ["0:1:30 shape/inner"]),
      (
        "fn f(a) {\n  if a.shape[0] > 2 { return a }\n  a @ a\n}\nf(ones([2, 3]))",
        ["0:3:3 shape/inner"]
      ),
      ("fn f(a: [n, n]) = a\nf(ones([2, 3]))", ["0:1:9 shape/heading"]),
      (
        "fn f(a: [n, k], b: [k, m]) = n + m\nf(ones([2, 3]), ones([2, 3]))",
        ["0:1:20 shape/heading"]
      ),
      ("fn f(a: [n, k]) -> [k, n] = a\nf(ones([2, 3]))", ["0:1:20 shape/heading"]),
      ("fn f(a: [n, k]) -> [k, n] = a.T\nf(ones([2, 3]))", []),
      ("fn f(a: [..., 3]) = a\nf(ones([2, 2, 3]))\nf(ones([2, 2]))", ["0:1:9 shape/heading"]),
      (
        "fn f(n) = if n == 0 { ones(3) } else { f(n - 1) }\nf(5) + ones(2)",
        ["0:2:1 shape/broadcast"]
      ),
      ("fn f(n) = f(n + 1)\nf(0) + 1", []),
      ("k = ones([2, 2])\nfn f(a) = a @ k\nf(ones([3, 3]))", ["0:2:11 shape/inner"]),
      (
        "fn make(w) = x -> x @ w\nfn use(x) { g = make(ones([2, 2]))\n g(x) }\nuse(ones([1, 3]))",
        ["0:1:19 shape/inner"]
      ),
    ])
  func functions(text: String, expected: [String]) {
    #expect(foreseen(text) == expected)
  }

  @Test(
    "are not claimed where they depend on what only the run knows",
    arguments: [
      "x = zeros([2, 3])\nfor i in range(2) { x = x.T }\nx @ x",
      "x = zeros([2, 3])\nif sum(x) > 0 { x = x.T }\nx.T @ zeros([3, 1])",
      "x = zeros([2, 3])\nif uniform() > 0.5 { x @ x }",
      "n = randint(3, 9)\nzeros([2, n]) @ zeros([3, 2])",
      "x = if len(arguments) > 0 { zeros(2) } else { zeros(3) }\nx + zeros(4)".replacing(
        "arguments", with: "[1]"),
      "try { zeros([2, 3]) @ zeros([2, 3]) } catch e { e.code }",
      "x = zeros([2, 3])\nwhile sum(x) > 0 { x = x @ x }",
      "x = [zeros([2, 2]) for i in range(2)]\nx[0] @ zeros([3, 3])",
      "fn f(x) {\n  if sum(x) > 0 { return x }\n  x @ x\n}\nf(zeros([2, 3]))",
      "k = ones([2, 2])\nfn f(a) = a @ k\nk = ones([3, 3])\nf(ones([1, 3]))",
      "fn zeros(s) = 1\nzeros([2, 3]) * zeros([2, 4])",
      "zeros([100000, 100000]) @ zeros([3, 3])", "zeros([3000, 3000, 3000])",
    ])
  func unknown(text: String) {
    #expect(foreseen(text) == [])
  }

  @Test(
    "let a model be tried on its data before it is trained",
    arguments: [
      ("train(flatten() >> dense(5), mnist().train, epochs=1)", ["0:1:20 shape/target"]),
      ("net = dense(10, relu)\ndata = digits()\ntrain(net, data)", ["0:1:7 shape/target"]),
      (
        "parts = holdout(iris(), 0.2)\ntrain(dense(16, relu) >> dense(2), parts.train)",
        ["0:2:26 shape/target"]
      ),
      ("for e in [3] { train(dense(2), iris(), epochs=e) }", []),
      ("summary(flatten() >> dense(3), input=[2, 2]).total_parameters", []),
      ("train(flatten() >> dense(10), digits(), epochs=3)\ntrain(dense(3), wine())", []),
      ("train(dense(1), iris(), loss=(scores, labels) -> mean(scores))", []),
      (
        "fn thin(n, k) = layer x -> {\n  u = parameter([x.shape[-1], k])\n  x @ u @ parameter([k + 1, n])\n}\n"
          + "train(thin(8, 2) >> relu >> dense(3), iris())", ["0:3:3 shape/inner"]
      ),
      (
        "fn thin(n, k) = layer x -> {\n  u = parameter([x.shape[-1], k], glorot)\n  x @ u @ parameter([k, n])\n}\n"
          + "train(thin(8, 2) >> relu >> thin(3, 1), iris())\ntrain(thin(2, 2), iris())",
        ["0:1:23 shape/target"]
      ),
      ("fn f(x) = x @ ones([3, 3])\ntrain(f >> dense(3), iris())", ["0:1:11 shape/inner"]),
      ("train((x -> x @ ones([4, 3])) >> dense(3) >> dense(2), iris())", ["0:1:46 shape/target"]),
      (
        "fn residual(block) = layer x -> x + block(x)\nfn odd(x) = if max(x) > 0 { x[0] } else { x }\n"
          + "train(residual(dense(4)) >> odd >> dense(3), iris())", []
      ),
      (
        "x = iris().inputs\nx @ zeros([9, 9])\nif len(mnist().train) == 10 { zeros(2) + zeros(3) }",
        []
      ),
    ])
  func models(text: String, expected: [String]) {
    #expect(foreseen(text) == expected)
  }

  @Test("stand for the data sets that come along as these are")
  func standIns() throws {
    let session = Interpreter(library: .standard())
    for (name, shape, classes) in Library.standInShapes {
      let data = name == "mnist" ? "mnist().test" : "\(name)()"
      var shown: [String] = []
      let text = "\(data)[0].input.shape\nlen(\(data).classes)"
      _ = session.run(Cell(id: "c", file: "t.lnb", text: text)) { event in
        if case .output(.value(let value)) = event { shown.append(value.text) }
      }
      #expect(shown == ["\(shape)", "\(classes)"], "\(name)")
    }
  }

  @Test("go on behind a mistake with what the other cells know")
  func cells() {
    #expect(
      foreseen("a = zeros([2, 3])", "b = a @ a\nc = 1", "c + a\na @ a", "a.T @ a")
        == ["1:1:5 shape/inner", "2:2:1 shape/inner"])
  }

  @Test("say where a function was called, and warn")
  func notes() throws {
    let session = Interpreter(library: .standard())
    let text = "fn f(a) = a @ a\nf(zeros([2, 3]))"
    let failure = try #require(
      session.check([Cell(id: "c", file: "t.lnb", text: text)])[0].foreseen.first)
    #expect(failure.severity == .warning)
    #expect(failure.message == "the inner sizes of [2, 3] and [2, 3] differ: 3 and 2")
    #expect(failure.notes.map(\.line) == [2])
  }

  @Test("change nothing: what a cell draws by chance is the same after a check")
  func chance() {
    let cell = Cell(id: "c", file: "t.lnb", text: "normal([2])")
    func run(_ session: Interpreter) -> String {
      var text = ""
      _ = session.run(cell) { text += "\($0)" }
      return text
    }
    let checked = Interpreter(library: .standard())
    _ = checked.check([cell, cell])
    #expect(run(checked) == run(Interpreter(library: .standard())))
  }
}
