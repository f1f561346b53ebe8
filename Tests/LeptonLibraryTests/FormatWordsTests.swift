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

  @Test func `Records that do not fit are told, left out or filled up`() {
    let text = run(
      """
      write_text("a.jsonl", "{\\"a\\": 1, \\"user\\": {\\"name\\": \\"x\\"}}\\nno\\n{\\"a\\": \\"2\\"}\\n")
      try { jsonl("a.jsonl") } catch e { e.message }
      jsonl("a.jsonl", on_bad="skip").a
      r = jsonl_report("a.jsonl", on_bad="null", types={"user.name": "text"})
      [r.rows, r.skipped, r.ragged]
      r.refused
      r.type
      """)
    #expect(
      text == """
        "line 2 of `a.jsonl`: expected a value, found a word that is none, column 1"
        tensor([1])
        [3, 0, 1]
        tensor([1, 0])
        column(["integer", "text"])
        """)
  }

  @Test func `Files of records and of lines larger than memory are gone through in parts`() {
    let text = run(
      """
      lines = [f"{{\\"x\\": {k}}}" for k in range(10)]
      write_text("t.jsonl", join(lines, "\\n"))
      jsonl_parts("t.jsonl", part -> [len(part), sum(part.x)], rows=4)
      jsonl_parts("t.jsonl", (part, k) -> k, rows=4)
      text_parts("t.jsonl", (part, k) -> [k, len(part), part[0]], lines=6)
      text_parts("t.jsonl", len, lines=0)
      """)
    #expect(
      text.hasPrefix(
        """
        [[4, tensor(6)], [4, tensor(22)], [2, tensor(17)]]
        [0, 1, 2]
        [[0, 6, "{\\"x\\": 0}"], [1, 4, "{\\"x\\": 6}"]]
        value/range
        """), "\(text)")
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

  @Test func `What is decided on the way through a file can be asked for`() {
    let text = run(
      """
      write_text("t.csv", "a,b\\n" + join([f"{k},{k}" for k in range(5)], "\\n") + "\\n1\\nx,2\\n3,4\\n")
      counts = (part, k, r) -> [len(part), r.rows, r.skipped, r.ragged]
      csv_parts("t.csv", counts, rows=4, on_bad="skip", types={a: "number"})[-1]
      csv_parts("t.csv", counts, rows=4, on_bad="null", types={a: "number"})[-1]
      csv_parts("t.csv", (part, k, r) -> r.refused, on_bad="null", types={a: "number"})[-1]
      csv_parts("t.csv", (part, k, r) -> r.missing, on_bad="null", types={a: "number"})[-1]
      write_text("t.jsonl", "{\\"a\\": 1}\\n{\\"a\\": 2}\\n7\\n{\\"a\\": \\"x\\"}\\n")
      jsonl_parts("t.jsonl", counts, rows=1, on_bad="skip")[-1]
      jsonl_parts("t.jsonl", counts, rows=1, on_bad="null")[-1]
      text_parts("t.csv", (part, k, r) -> r)
      """)
    #expect(
      text.hasPrefix(
        """
        [2, 6, 2, 0]
        [4, 8, 0, 1]
        tensor([1, 0])
        tensor([1, 1])
        [1, 2, 2, 0]
        [1, 4, 0, 1]
        call/
        """), "\(text)")
  }

  @Test func `Rows of an array are read where an index asks for them`() {
    let text = run(
      """
      x = reshape(arange(60), [10, 3, 2])
      write_npy("x.npy", x)
      write_safetensors("x.safetensors", {x: x, y: [1.0, 2.0]})
      a = array_file("x.npy")
      b = array_file("x.safetensors", "x")
      a
      [len(a), a.shape, a.type, b.shape, array_file("x.safetensors", "y")[1]]
      [same(f[2:5], x[2:5]) and same(f[-1], x[-1]) and same(f[::-2], x[::-2]) for f in [a, b]]
      [same(a[[3, -1, 3]], x[[3, -1, 3]]), same(a[x[:, 0, 0] > 20], x[x[:, 0, 0] > 20])]
      [same(a[2, 1], x[2, 1]), same(a[1:4, ..., 0], x[1:4, ..., 0]), same(a[...], x), a[7:3].shape]
      [same(stack([row for row in a]), x), str(b)]
      """)
    #expect(
      text == """
        file | rows | row | type
        x.npy | 10 | [3, 2] | int64
        [10, [10, 3, 2], "int64", [10, 3, 2], tensor(2.0)]
        [true, true]
        [true, true]
        [true, true, true, [0, 3, 2]]
        [true, "array_file(\\"x.safetensors\\", \\"x\\")"]
        """)
    for (mistake, code) in [
      ("a[10]", "value/index"), ("a[[0, 10]]", "value/index"), ("a[nothing]", "type/index"),
      ("a[0, 3]", "value/index"), ("a[0:2, 0, 0, 0]", "shape/index"), ("a + 1", "type/operands"),
      ("array_file(\"x.safetensors\")", "file/rows"), ("array_file(\"../x.npy\")", "file/denied"),
      ("dataset(a, [1, 2])", "data/rows"),
      ("dataset(a, ones([10]), weights=[1.0])", "data/weights"),
      ("dataset(a, ones([10])).inputs", "data/stream"),
      (
        "write_npy(\"e.npy\", zeros([0, 2])); dataset(array_file(\"e.npy\"), zeros([0]))",
        "data/empty"
      ),
    ] {
      #expect(
        run("a = array_file(\"x.npy\");\ntry { \(mistake) } catch e { e.code }") == "\"\(code)\"",
        "\(mistake)")
    }
  }

  @Test func `Arrays larger than memory are learned from as those in memory are`() {
    let text = run(
      """
      x = normal([50, 4])
      write_npy("x.npy", x)
      write_npy("y.npy", int64(sum(x, axis=1) > 0))
      files = dataset(array_file("x.npy"), array_file("y.npy"))
      kept = dataset(x, npy("y.npy"))
      fn trained(data, epochs, shuffle) = train(
        dense(8, tanh) >> dropout(0.2) >> dense(2), data, epochs=epochs, batch=7, shuffle=shuffle, optimizer=adam(0.02), seed=1)
      same(predict(trained(files, 3, false), x), predict(trained(kept, 3, false), x))
      [len(files), evaluate(trained(files, 20, true), files).accuracy > 0.8]
      named = dataset(array_file("x.npy"), ["ab"[k] for k in npy("y.npy")], weights=ones([50]))
      [named.classes, evaluate(trained(named, 20, true), named).accuracy > 0.8]
      """)
    #expect(text == "true\n[50, true]\n[[\"a\", \"b\"], true]")
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
