import LeptonNotebook
import Testing

private func parsed(_ yaml: String) -> Notebook {
  Notebook(parsing: "---\n\(yaml)\n---\n# H\n", name: "n.lnb")
}

@Suite struct FrontMatters {
  @Test func `known keys are read`() {
    let notebook = parsed(
      """
      title: XOR
      lepton: 1
      seed: 42
      threads: 2
      timeout: 60s
      tolerance: {rtol: 1e-3}
      metrics:
        accuracy: {min: 0.95}
        loss: {value: 0.0123, rtol: 1e-2}
      """)
    #expect(notebook.failures.isEmpty)
    #expect(notebook.frontMatter.title == "XOR")
    #expect(notebook.frontMatter.seed == 42)
    #expect(notebook.frontMatter.threads == 2)
    #expect(notebook.frontMatter.timeout == 60)
    #expect(notebook.frontMatter.tolerance.relative == 1e-3)
    #expect(notebook.frontMatter.metrics.map(\.minimum) == [0.95, nil])
    #expect(notebook.frontMatter.metrics.map(\.line) == [9, 10])
  }

  @Test func `parameters are typed by a word or by their value`() {
    let notebook = parsed(
      """
      params:
        lr: {type: float, default: 0.5, min: 1e-6, max: 10, help: learning rate}
        epochs: 200
        rate: 1e-3
        optimizer: {type: enum, choices: [sgd, adam], default: sgd}
        data: {type: path, required: true}
        sizes: [1, 2]
        fast: false
        no: no
      """)
    #expect(notebook.failures.isEmpty)
    let parameters = notebook.frontMatter.parameters
    #expect(
      parameters.map(\.name) == [
        "lr", "epochs", "rate", "optimizer", "data", "sizes", "fast", "no",
      ])
    #expect(
      parameters.map(\.type)
        == [.float, .int, .float, .string, .path, .list(.int), .bool, .string])
    #expect(
      parameters.map { $0.defaultValue?.source } == [
        "0.5", "200", "0.001", "\"sgd\"", nil, "[1, 2]", "false", "\"no\"",
      ])
  }

  @Test(
    "What is wrong is an error at its line",
    arguments: [
      ("seed: many", 2), ("title: [a]", 2), ("\nthreads: 0", 3), ("timeout: soon", 2),
      ("lepton: 2", 2), ("a: b: c", 2), ("- a", 2), ("text", 2), ("execute: {}", 2),
      ("seed: 1\nseed: 2", 2), ("params:\n  a b: 1", 3), ("params:\n  a: {type: real}", 3),
      ("params:\n  a: {default: 5, max: 3}", 3), ("params:\n  a: {typ: int}", 3),
      ("params:\n  a: {type: int, default: 0.5}", 3), ("params:\n  a:\n", 3), ("params: 3", 2),
      ("params:\n  a: {type: enum, choices: [x], default: y}", 3), ("a: *b", 2),
      ("metrics:\n  m: {mim: 3}", 3), ("tolerance: {rtol: -1}", 2), ("a: \"b", 3),
    ])
  func errors(yaml: String, line: Int) {
    let notebook = parsed(yaml)
    #expect(!notebook.isRunnable)
    #expect(notebook.failures.first?.place.line == line)
  }

  @Test func `a near miss of a key warns, other keys are kept in silence`() {
    let notebook = parsed("parms: {a: 1}\nauthor: someone")
    #expect(notebook.isRunnable)
    #expect(notebook.failures.map(\.severity) == [.warning])
    #expect(notebook.failures.first?.help == ["did you mean `params`?"])
  }

  @Test(
    "Nesting without end is refused",
    arguments: [
      String(repeating: "[", count: 30_000), "a: " + String(repeating: "{a: ", count: 8_000),
      String(repeating: "- ", count: 30_000), String(repeating: "a", count: 70_000),
      "a: " + String(repeating: "[", count: 50) + String(repeating: "]", count: 50),
      (0..<60).map { String(repeating: " ", count: $0) + "a:" }.joined(separator: "\n"),
    ])
  func bombs(yaml: String) {
    #expect(!parsed(yaml).isRunnable)
  }

  @Test func `a rule at the top without an end is prose`() {
    let notebook = Notebook(parsing: "---\ntitle: x\n", name: "n.lnb")
    #expect(notebook.frontMatter.text == "")
    #expect(notebook.failures.isEmpty)
  }

  @Test func `an empty front matter says nothing`() {
    #expect(parsed("").failures.isEmpty)
    #expect(Notebook(parsing: "---\n---\n", name: "n.lnb").failures.isEmpty)
  }
}
