import LeptonLibrary
import LeptonRuntime
import LeptonSession
import Testing

/// Where and how a mismatch of model, loss and data is told: at the layer's own text.
@Suite struct ModelMistakeTests {
  /// The only failure of some cells that run one after the other.
  private func failure(of cells: String...) throws -> Failure {
    let session = Interpreter(library: .standard())
    var failures: [Failure] = []
    for (index, text) in cells.enumerated() {
      let cell = Cell(id: "c\(index)", file: "mnist.lnb", text: text, firstLine: 40 + 10 * index)
      _ = session.run(cell) { event in
        if case .output(.failure(let failure)) = event { failures.append(failure) }
      }
    }
    try #require(failures.count == 1)
    return failures[0]
  }

  @Test func `a model that does not end as the labels need is told at its last layer`() throws {
    let failure = try failure(
      of: "pictures = mnist()\nmodel = dense(16, relu) >> dense(10)",
      "train(model, pictures.train, seed=1)")
    #expect(failure.code == "shape/target")
    #expect(
      failure.message
        == "the model ends in [batch, 28, 10], but the labels are one class for each example")
    #expect(failure.place.file == "mnist.lnb")
    #expect((failure.place.line, failure.place.column, failure.place.length) == (41, 28, 9))
    #expect(failure.place.text == "model = dense(16, relu) >> dense(10)")
    #expect(failure.place.label == "its input here is [batch, 28, 16]")
    #expect(failure.help == ["put flatten() before it"])
  }

  @Test func `activations behind the last layer are not at fault, a function that reshapes is`()
    throws
  {
    let late = try failure(of: "train(dense(2) >> relu, iris(), seed=1)")
    #expect((late.place.column, late.place.length) == (7, 8))
    #expect(late.help == ["end the model with dense(3)"])
    let reshaped = try failure(of: "train(dense(3) >> (x -> sum(x)), iris(), seed=1)")
    #expect((reshaped.place.column, reshaped.place.length) == (20, 11))
    #expect(reshaped.message.contains("one number for the whole batch"))
  }

  @Test func `a mistake inside a layer in Lepton names the operands, the layer and its input`()
    throws
  {
    let failure = try failure(
      of: "fn f(n) = layer x -> {\n  u = parameter([n, 4])\n  x @ u\n}\nnet = dense(5) >> f(3)",
      "summary(net, input=[2])")
    #expect(failure.code == "shape/inner")
    #expect((failure.place.line, failure.place.column) == (42, 3))
    #expect(failure.notes.map(\.label) == ["in this layer, whose input is [batch, 5]"])
    #expect(failure.notes.map(\.line) == [44])
    #expect(failure.notes.map(\.column) == [19])
  }

  @Test func `a layer that the library made is told at the user's own call`() throws {
    let failure = try failure(
      of: "shared = dense(5)", "summary(shared >> relu >> dense(4) >> shared, input=[3])")
    #expect(failure.code == "model/parameter")
    #expect((failure.place.line, failure.place.column) == (40, 10))
    #expect(failure.place.label == "its input here is [batch, 4]")
  }

  @Test func `a heading names both sides`() throws {
    let failure = try failure(
      of: "fn f(q: [b, d], k: [c, d]) = q @ k.T", "f(zeros([2, 3]), zeros([4, 5]))")
    #expect(
      failure.message
        == "k has shape [4, 5], but the heading states [c, d], where c = 4, d = 3")
  }

  @Test func `a shared model prints as a program that makes it`() throws {
    let session = Interpreter(library: .standard())
    var shown: [String] = []
    func run(_ text: String) {
      _ = session.run(Cell(id: "c\(shown.count)", file: "t.lep", text: text)) { event in
        if case .output(.value(let value)) = event { shown.append(value.text) }
      }
    }
    run("fn residual(block) = layer x -> x + block(x)\na = dense(4)\na >> residual(a) >> dense(2)")
    try #require(shown.count == 1)
    run(shown[0])
    #expect(shown.count == 2 && shown[0] == shown[1])
    run("summary(\(shown[0].split(separator: "\n")[1]), input=[4]).total_parameters")
    #expect(shown.last == "30")
  }
}
