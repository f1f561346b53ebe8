import LeptonLibrary
import LeptonNotebook
import LeptonRuntime
import LeptonSession
import Testing

@Suite struct Teaching {
  private static let master = """
    ---
    title: Errors
    ---
    # Errors

    ```lepton
    data = [1.0, 2.0]
    ```

    ```lepton #mse exercise points=3
    fn mse(a, b) {
      # BEGIN SOLUTION
      mean((tensor(a) - tensor(b))^2)
      # END SOLUTION
    }
    ```

    ```hint for=mse
    Which operation gives one number?
    ```

    ```lepton check=mse points=1 fail="The result must be one number."
    expect same(shape(mse(data, data)), [])
    ```

    ```lepton check=mse hidden points=2 fail="Wrong for negative numbers."
    secret_case = [-1.0, 2.0]
    expect abs(mse(secret_case, [1.0, 4.0]) - 4) < 1e-5
    ```

    ```lepton try=mse outcome=fail message="one number"
    fn mse(a, b) { (tensor(a) - tensor(b))^2 }
    ```

    ```lepton try=mse outcome=pass
    fn mse(a, b) { sum((tensor(a) - tensor(b))^2) / len(a) }
    ```

    ```lepton #sign exercise points=2
    fn sign_of(x) {
      # BEGIN SOLUTION
      if x > 0 { 1 } else if x < 0 { -1 } else { 0 }
      # END SOLUTION
    }
    ```

    ```lepton check=sign fail="Look at zero, too."
    if sign_of(3) == 1 and sign_of(-2) == -1 { award(0.5, "both signs are right") }
    if sign_of(0) == 0 { award(0.5, "zero is right") }
    ```

    The end.

    """

  private var key: Notebook { Notebook(parsing: Self.master, name: "master.lnb") }

  private static var start: ExerciseRun.Start {
    { () throws(RunRefusal) in
      let session = Interpreter(library: .standard())
      return (session, RunControl(interrupt: { session.interrupt() }))
    }
  }

  private func grade(_ text: String) throws -> Grade {
    try Grade(
      of: Notebook(parsing: text, name: "ada.lnb"), named: "ada", key: key,
      options: RunOptions(timeout: 10), start: Self.start)
  }

  private func answer(mse: String, sign: String = "todo(\"sign\")") -> String {
    "```lepton #mse\nfn mse(a, b) { \(mse) }\n```\n\n```lepton #sign\nfn sign_of(x) { \(sign) }\n```\n"
  }

  @Test func `whoever takes it alone is told neither solutions nor checks nor tries`() throws {
    let steps = key.steps
    #expect(steps.count == 4)
    guard case .exercise(let exercise) = steps[1].task else {
      Issue.record("no exercise")
      return
    }
    #expect(exercise.id == "mse" && exercise.stub == "fn mse(a, b) {\n  todo(\"mse\")\n}\n")
    #expect(exercise.hints == ["Which operation gives one number?\n"])
    let told = steps.map(\.prose).joined() + exercise.stub
    for secret in ["mean(", "secret_case", "sum(", "expect", "award"] {
      #expect(!told.contains(secret))
    }
  }

  @Test func `an answer that prints without end is told so`() throws {
    let grade = try grade(answer(mse: "while true { print(\"more\") }"))
    let verdicts = try #require(grade.entries.first).verdicts
    #expect(verdicts.map(\.outcome) == [.failed, .failed])
    #expect(verdicts[0].values.joined().contains("error[limit/output]"), "\(verdicts[0].values)")
  }

  @Test func `a master that fails by itself costs nobody points`() throws {
    let text = Self.master.replacing("data = [1.0, 2.0]", with: "data = fail(\"no data\")")
    let broken = Notebook(parsing: text, name: "master.lnb")
    #expect {
      _ = try Grade(
        of: Notebook(parsing: answer(mse: "0"), name: "ada.lnb"), named: "ada", key: broken,
        options: RunOptions(timeout: 10), start: Self.start)
    } throws: { error in
      let message = (error as? RunRefusal)?.message ?? ""
      return message.contains("the cell `data` of the master itself failed")
        && message.contains("no data")
    }
  }

  @Test func `what is not done yet keeps nothing else from running`() throws {
    let master = """
      ---
      metrics: {score: {min: 1}}
      ---
      ```lepton #net exercise points=2
      start = 1
      # BEGIN SOLUTION
      start = 2
      net = start + 1
      fn again(x) = x
      net = net + 1
      record score = net
      # END SOLUTION
      ```

      ```lepton check=net points=2 fail="net is 4"
      expect again(net) == 4
      ```

      ```lepton
      print("goes on")
      ```

      """
    let key = Notebook(parsing: master, name: "master.lnb")
    let text = try Assignment(key).text
    #expect(text.contains("start = 1\nnet = todo(\"net\")\nagain = todo(\"net\")\n```"))
    func report(_ text: String) throws -> (text: String, exit: ExitCode) {
      let sink = MemorySink()
      let session = Interpreter(library: .standard())
      let run = NotebookRun(
        Notebook(parsing: text, name: "n.lnb"), parameters: ParameterBinding(), session: session,
        report: sink)
      let result = run.run()
      return (sink.text, result.exit)
    }
    for stub in [text, text.replacing("net = todo(\"net\")\nagain = ", with: "")] {
      let fresh = try report(stub)
      #expect(fresh.exit == .success, "\(fresh.text)")
      #expect(fresh.text.contains("> **net** is not done yet."))
      #expect(fresh.text.contains("| check of net |"))
      #expect(fresh.text.contains("```text\ngoes on\n```"))
    }
    // A name that was misspelt is a check that does not hold.
    let missing = try report(
      text.replacing("net = todo(\"net\")\nagain = todo(\"net\")", with: "nets = 4"))
    #expect(missing.exit == .expectationFailed, "\(missing.text)")
    #expect(missing.text.contains("> ✗ **net**: net is 4"))
    #expect(missing.text.contains("error[name/unknown]: there is no `"))
    #expect(missing.text.contains("```text\ngoes on\n```"))
  }

  @Test func `the students' notebook has neither solutions nor hidden checks nor tries`() throws {
    let text = try Assignment(key).text
    #expect(
      text == """
        ---
        title: Errors
        ---
        # Errors

        ```lepton
        data = [1.0, 2.0]
        ```

        ```lepton #mse exercise points=3 hidden-checks=1
        fn mse(a, b) {
          todo("mse")
        }
        ```

        <details>
        <summary>Hint</summary>

        Which operation gives one number?

        </details>

        ```lepton check=mse points=1 fail="The result must be one number."
        expect same(shape(mse(data, data)), [])
        ```

        ```lepton #sign exercise points=2
        fn sign_of(x) {
          todo("sign")
        }
        ```

        ```lepton check=sign fail="Look at zero, too."
        if sign_of(3) == 1 and sign_of(-2) == -1 { award(0.5, "both signs are right") }
        if sign_of(0) == 0 { award(0.5, "zero is right") }
        ```

        The end.

        """)
    #expect(Notebook(parsing: text, name: "s.lnb").isRunnable)
  }

  @Test func `the master's checks are proved`() throws {
    let test = SelfTest(key, options: RunOptions(timeout: 10), start: Self.start)
    let findings = try test.findings { _ in }
    #expect(findings.map(\.what) == ["solution", "stub", "try", "try", "solution", "stub"])
    #expect(findings.compactMap(\.problem) == [])
  }

  @Test func `a try that ends otherwise than stated is found`() throws {
    let wrong = Self.master.replacing("outcome=pass", with: "outcome=fail")
      .replacing("message=\"one number\"", with: "message=\"something else\"")
    let notebook = Notebook(parsing: wrong, name: "master.lnb")
    let test = SelfTest(notebook, options: RunOptions(timeout: 10), start: Self.start)
    #expect(try test.findings { _ in }.count { $0.problem != nil } == 2)
  }

  @Test(arguments: [
    ("mean((tensor(a) - tensor(b))^2)", 3.0), ("(tensor(a) - tensor(b))^2", 0),
    ("mean(tensor(a) - tensor(b))", 1), ("todo(\"mse\")", 0), ("fail(\"no\")", 0),
    ("if a[0] < 0 { 4 } else { tensor(0) }", 3), ("expect true\n award(1, \"mine\")\n 5", 0),
    ("nonsense", 0), ("while true { }", 0),
  ])
  func `an answer earns what its checks give`(answer: String, points: Double) throws {
    var text = self.answer(mse: answer)
    if answer == "nonsense" { text = "```lepton #mse\nfn mse(a, b) { )\n```\n" }
    let grade = try Grade(
      of: Notebook(parsing: text, name: "ada.lnb"), named: "ada", key: key,
      options: RunOptions(timeout: answer.hasPrefix("while") ? 0.2 : 10), start: Self.start)
    #expect(grade.entries[0].points == points)
    #expect(grade.most == 5)
  }

  @Test func `a part of the points has its reason`() throws {
    let grade = try grade(answer(mse: "0", sign: "if x > 0 { 1 } else { -1 }"))
    #expect(grade.entries[1].points == 1)
    #expect(Feedback(grade, title: "T").markdown.contains("(both signs are right)"))
  }

  @Test func `a name that is another's, a word of the language, a missing cell are told`() throws {
    let taken = "```lepton #mse\nfn mse(a, b) { 0 }\ndata = [9.0]\n```\n"
    #expect(try grade(taken).entries[0].note.contains("`data`"))
    let hiding = "```lepton #mse\nfn mse(a, b) { 0 }\nfn abs(x) { 0 }\n```\n"
    let hidden = try grade(hiding).entries[0]
    #expect(hidden.points == 0)
    #expect(hidden.note.contains("word of the language"))
    #expect(try grade(taken).entries[1].note == "the cell `#sign` is missing")
    let twice =
      answer(mse: "7") + "\n```lepton #mse\nfn mse(a, b) = mean((tensor(a) - tensor(b))^2)\n```\n"
    #expect(try grade(twice).entries[0].points == 3)
  }

  /// Everything that reaches whoever learns is searched for everything that must not.
  @Test func `nothing hidden is in anything that is handed out`() throws {
    let secrets = [
      "secret_case", "[-1.0, 2.0]", "[1.0, 4.0]", "mean((tensor(a) - tensor(b))^2)", "1e-5",
      "sum((tensor(a)", "BEGIN SOLUTION",
    ]
    let assignment = try Assignment(key).text
    var artefacts = [assignment]
    let answers = [
      "0", "a", "todo(\"mse\")", "fail(\"no\")", "missing_name", "a @ b", "[1, [2]]", "nothing",
    ]
    for text in answers.map({ answer(mse: $0) }) + [assignment] {
      let grade = try grade(text)
      let book = GradeBook([grade])
      artefacts += [
        Feedback(grade, title: "T").markdown, book.csv,
        String(decoding: try book.bytes(), as: UTF8.self),
      ]
    }
    for artefact in artefacts {
      for secret in secrets { #expect(!artefact.contains(secret), "\(secret) in:\n\(artefact)") }
    }
  }

  @Test func `whoever learns sees that hidden checks still wait`() throws {
    let text = try Assignment(key).text
    let sink = MemorySink()
    let (session, control) = try Self.start()
    let result = NotebookRun(
      Notebook(parsing: text, name: "hw.lnb"), parameters: ParameterBinding(), session: session,
      control: control, report: sink
    ).run()
    #expect(result.exit == .success)
    #expect(sink.text.contains("> **mse** is not done yet."))
    #expect(sink.text.contains("1 hidden check runs at grading"))
  }

  @Test func `a field of the table is no formula and breaks no line`() throws {
    let grade = try Grade(
      of: key, named: "=cmd(\"x\"),1", key: key, options: RunOptions(timeout: 10), start: Self.start
    )
    let csv = GradeBook([grade]).csv
    #expect(csv == "student,mse,sign,total,of\n\"'=cmd(\"\"x\"\"),1\",3,2,5,5\n")
  }

  @Test func `a hint whose exercise is misspelt is told the right one`() {
    let text = "```lepton #mse exercise\n1\n```\n\n```lepton check=mse\n1\n```\n\n"
    let notebook = Notebook(parsing: text + "```hint for=msa\nthink\n```\n", name: "n.lnb")
    #expect(notebook.failures.map(\.place.line) == [9])
    #expect(notebook.failures.first?.help == ["did you mean `mse`?"])
  }

  @Test(arguments: [
    ("```lepton exercise\n1\n```\n", "needs a name"),
    ("```lepton #a exercise\n1\n```\n", "nothing checks"),
    ("```lepton check=b\n1\n```\n", "no exercise `b`"),
    ("```lepton try=b\n1\n```\n", "no exercise `b`"),
    ("```lepton #a hidden\n1\n```\n", "only a check"),
    (
      "```lepton #a exercise points=1e308\n1\n```\n",
      "`1e308` is no value for the attribute `points`"
    ),
    ("```lepton\n# BEGIN SOLUTION\n1\n# END SOLUTION\n```\n", "line 1 of this cell seems to mark"),
    ("```lepton #a exercise\n1\n# begin  solution:\n2\n```\n", "line 2 of this cell seems to mark"),
    ("```hint for=nosuch\nthink\n```\n", "no exercise `nosuch` for this hint"),
  ])
  func `an exercise that is incomplete is a mistake with its line`(text: String, says: String) {
    let notebook = Notebook(parsing: "\n" + text, name: "n.lnb")
    #expect(!notebook.isRunnable)
    #expect(notebook.failures.first?.message.contains(says) == true)
    #expect(notebook.failures.first?.place.line == 2)
  }
}
