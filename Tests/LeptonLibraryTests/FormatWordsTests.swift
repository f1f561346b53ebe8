import Testing

/// Words for files of data, in a folder of their own.
@Suite struct FormatWordsTests {
  private let folder = ScratchFolder()

  private func run(_ text: String) -> String { folder.run(text) }

  @Test func `Arrays that were written are read again`() {
    let text = run(
      """
      x = tensor([[1.5, -2.0], [0.0, 3.25]])
      write_npy("x.npy", x)
      same(npy("x.npy"), x)
      write_npz("x.npz", {x: x, n: [1, 2, 3]})
      npz("x.npz").n
      write_safetensors("x.safetensors", {x: x, "a.b": 7})
      same(safetensors("x.safetensors").x, x)
      """)
    #expect(text == "true\ntensor([1, 2, 3])\ntrue")
  }

  @Test func `Sounds and pictures that were written are read again`() {
    let text = run(
      """
      write_wav("a.wav", [0.0, 0.5, -0.5, 2.0], 8000)
      s = wav("a.wav")
      [s.rate, s.samples.shape, max(abs(s.samples - [0.0, 0.5, -0.5, 1.0])) < 1e-4]
      write_image("a.png", [[0.0, 1.0], [0.2, 2.0]])
      max(abs(read_image("a.png") - [[0.0, 1.0], [0.2, 1.0]])) < 1e-6
      """)
    #expect(text == "[8000, [4], tensor(true)]\ntensor(true)")
  }

  @Test func `A record on each line makes a table`() {
    let text = run(
      """
      write_text("a.jsonl", "{\\"a\\": 1, \\"b\\": \\"x\\"}\\n{\\"a\\": 2}\\n")
      jsonl("a.jsonl").a
      jsonl("a.jsonl")[1]
      """)
    #expect(text == "tensor([1, 2])\n{a: 2, b: nothing}")
  }

  @Test func `What was decided about a table can be asked`() {
    let text = run(
      """
      write_text("t.csv", "zip;n;m\\n00501;1;1\\n10001;?;2\\n;x;3;4\\n")
      r = csv_report("t.csv", missing=["?"], on_bad="null", types={n: "number"})
      [r.rows, r.ragged, r.skipped, r.separator]
      r.type
      r.missing
      r.refused
      """)
    #expect(
      text == """
        [3, 1, 0, ";"]
        column(["text", "number", "integer"])
        tensor([1, 2, 0])
        tensor([0, 1, 0])
        """)
  }

  @Test func `A table larger than memory is gone through in parts`() {
    let text = run(
      """
      write_csv("t.csv", table({x: arange(10)}))
      csv_parts("t.csv", part -> [len(part), sum(part.x)], rows=4)
      csv("t.csv", rows=2).x
      csv_parts("t.csv", len, rows=0)
      """)
    #expect(
      text.hasPrefix(
        "[[4, tensor(6)], [4, tensor(22)], [2, tensor(17)]]\ntensor([0, 1])\nvalue/range"))
  }

  @Test func `A table larger than memory becomes files, and those examples to learn from`() {
    let text = run(
      """
      write_csv("t.csv", table({x: arange(10), y: arange(10) * 2}))
      names = csv_parts("t.csv", (part, k) -> {
        write_npz(f"part-{k}.npz", {x: part.x, y: part.y})
        f"part-{k}.npz"
      }, rows=4)
      names
      data = stream(names, name -> {
        part = npz(name)
        dataset(expand(part.x, -1) / 10, float32(part.y) / 10)
      })
      line = train(dense(1), data, epochs=200, batch=5, optimizer=adam(0.05), seed=1);
      [len(data), evaluate(line, data).r2 > 0.99]
      """)
    #expect(text == "[\"part-0.npz\", \"part-1.npz\", \"part-2.npz\"]\n[10, true]")
  }
}
