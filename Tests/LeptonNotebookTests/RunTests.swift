import LeptonNotebook
import LeptonSession
import Testing

@Suite struct Running {
  @Test func `cells run in order with their seed and their name`() throws {
    let run = try FakeRun(
      "---\nseed: 5\n---\n" + notebook("|model = 1", "#b seed=7|print x", "|print y", "|model = 2"))
    #expect(run.ids == ["model", "b", "cell-3", "model-2"])
    #expect(run.session.ran.map(\.id) == run.ids)
    #expect(run.session.ran.map(\.seed) == [5, 7, 5, 5])
    #expect(run.session.ran.map(\.firstLine) == [5, 9, 13, 17])
    #expect(run.result.exit == .success)
  }

  @Test func `an author's name for a cell is never taken by another`() throws {
    let run = try FakeRun(notebook("|a = 1", "#a|print x"))
    #expect(run.ids == ["a-2", "a"])
  }

  @Test func `the seed of the command line wins over the notebook's`() throws {
    let run = try FakeRun(
      "---\nseed: 5\n---\n" + notebook("|a = 1"), options: RunOptions(seed: 9))
    #expect(run.session.ran.map(\.seed) == [9])
  }

  @Test func `cells that need a failed cell are not run, others are`() throws {
    let run = try FakeRun(
      notebook("#a|x = 1\nfail a/b", "#b|y = x", "#c|z = y", "#d|w = 1", "#e|x = 2", "#f|v = x"))
    #expect(
      run.statuses == [
        .failed, .needs(name: "x", from: "a"), .needs(name: "y", from: "b"), .passed, .passed,
        .passed,
      ])
    #expect(run.result.exit == .cellFailed)
    #expect(run.report.contains("> **Not run**: needs `x` from `a`."))
  }

  @Test func `a mistake found by the check keeps everything from running`() throws {
    let run = try FakeRun("# H\n" + notebook("#a|print x", "#b|wrong") + "tail\n")
    #expect(run.session.ran.isEmpty)
    #expect(run.statuses == [.notRun(.mistakesBefore), .rejected])
    #expect(run.result.exit == .unreadable)
    #expect(run.report.hasPrefix("# H\n```lepton #a\n"))
    #expect(run.report.contains("tail\n"))
  }

  @Test func `a cell that is to fail passes only with its error`() throws {
    let run = try FakeRun(
      notebook(
        "raises=a/b|fail a/b", "raises|fail c/d", "raises=a/b|fail c/d", "raises|print x",
        "allow-error|fail a/b", "allow-error|print x", "raises=name/unknown|wrong"))
    #expect(run.statuses == [.passed, .passed, .failed, .failed, .passed, .passed, .passed])
    #expect(run.result.exit == .cellFailed)
  }

  @Test func `cells can be passed over`() throws {
    let run = try FakeRun(
      notebook("#a skip=\"too slow\"|x = 1", "#b|y = x", "eval=false|wrong", "|print x"))
    #expect(
      run.statuses == [.skipped("too slow"), .needs(name: "x", from: "a"), .passed, .passed])
    #expect(run.session.ran.count == 1)
    #expect(run.result.exit == .success)
  }

  @Test
  func `a cell without its data is passed over with all that need it, and no metric is missed`()
    throws
  {
    let matter = "---\nmetrics:\n  gain: {min: 1}\n  loss: {max: 1}\n---\n"
    let run = try FakeRun(
      matter + notebook("#a|fail data/absent", "#b|print two", "#c|record loss 0"))
    #expect(run.statuses == [.withoutData("it failed"), .passed, .passed])
    #expect(run.result.exit == .success)
    #expect(run.result.metricChecks.map(\.bound.name) == ["loss"])
    #expect(run.report.contains("> **Skipped**: it failed."))
    // Its code names the error; the report of what came of it does not.
    #expect(run.report.contains("fail data/absent") && !run.report.contains("error[data/absent]"))
    let wanted = try FakeRun(notebook("#a raises=data/absent|fail data/absent"))
    #expect(wanted.statuses == [.passed])
    let missed = try FakeRun(matter + notebook("#b|print two"))
    #expect(missed.result.exit == .expectationFailed)
  }

  @Test(
    "Where nothing is to run, the exit code says so",
    arguments: [
      "", "# H\n\ntext\n", "```lepton eval=false\n1\n```\n", "```lepton skip=\"x\"\n1\n```\n",
    ])
  func nothing(text: String) throws {
    let run = try FakeRun(text)
    #expect(run.result.exit == .nothingToRun)
    #expect(run.report.hasPrefix(text))
  }

  @Test func `the death of the worker keeps what was given`() throws {
    let run = try FakeRun(notebook("#a|print one", "#b|print two\ndie", "#c|print three"))
    #expect(
      run.statuses == [
        .passed, .workerDied(how: "was killed", line: 7), .notRun(.workerGone(cell: "b")),
      ])
    #expect(run.result.outcomes[1].outputs == [.text("two")])
    #expect(run.result.exit == .internalFault)
    #expect(run.report.contains("> **The worker died** at line 7: was killed."))
    #expect(run.report.contains("> **Not run**: the worker died in `b`."))
  }

  @Test func `an interruption ends the cell and the run, and the report is whole`() throws {
    let session = FakeSession()
    let control = RunControl(interrupt: { session.interrupt() })
    session.whenHanging = { control.stop(.terminated) }
    let run = try FakeRun(
      notebook("#a|print one", "#b|hang", "#c|print two") + "tail\n", session: session,
      control: control)
    #expect(run.statuses == [.passed, .interrupted, .notRun(.interrupted)])
    #expect(run.result.exit == .terminated)
    #expect(run.report.contains("tail\n"))
  }

  @Test func `a cell that takes too long is stopped, independent cells go on`() throws {
    let run = try FakeRun(notebook("#a timeout=10ms|x = 1\nhang", "#b|y = x", "#c|print two"))
    #expect(run.statuses == [.timedOut(seconds: 0.01), .needs(name: "x", from: "a"), .passed])
    #expect(run.result.exit == .timeLimit)
    #expect(run.report.contains("its time limit of 0.01 s was reached"))
  }

  @Test func `parameters are defined before the first cell and cannot be assigned to`() throws {
    let text = "---\nparams:\n  lr: 0.5\n---\n# H\n"
    let run = try FakeRun(text + notebook("|x = lr"), given: ["lr=0.25"])
    #expect(run.session.ran.first?.text == "lr = 0.25\n")
    #expect(run.result.exit == .success)
    let assigned = try FakeRun(text + notebook("|lr = 1"))
    #expect(assigned.result.exit == .unreadable)
    #expect(assigned.result.outcomes[0].outputs.count == 1)
  }

  @Test func `expectations and metrics that do not hold are told by the exit code`() throws {
    let good = try FakeRun(notebook("|print 0.5\nexpect true") + "```expect\n0.5\n```\n")
    #expect(good.result.exit == .success)
    #expect(good.result.expectations == (2, 2))
    let missed = try FakeRun(notebook("|print 0.5") + "```expect\n0.7\n```\n")
    #expect(missed.result.exit == .expectationFailed)
    let verdict = try FakeRun(notebook("|expect false\nprint x"))
    #expect(verdict.result.exit == .expectationFailed)
    #expect(verdict.statuses == [.passed])
    let head = "---\nmetrics:\n  acc: {min: 0.9}\n---\n"
    #expect(try FakeRun(head + notebook("|record acc 0.95")).result.exit == .success)
    #expect(try FakeRun(head + notebook("|record acc 0.85")).result.exit == .expectationFailed)
    #expect(try FakeRun(head + notebook("|print x")).result.exit == .expectationFailed)
  }

  @Test func `a volatile cell is not compared`() throws {
    let run = try FakeRun(notebook("volatile|print 0.5") + "```expect\n0.7\n```\n")
    #expect(run.result.exit == .success)
  }

  @Test(
    "When several codes hold the gravest wins",
    arguments: [
      ([.success], .success), ([.cellFailed, .expectationFailed], .cellFailed),
      ([.timeLimit, .cellFailed], .timeLimit), ([.interrupted, .timeLimit], .interrupted),
      ([.notWritten, .terminated], .notWritten), ([.internalFault, .notWritten], .internalFault),
      ([], .success),
    ] as [([ExitCode], ExitCode)])
  func precedence(codes: [ExitCode], expected: ExitCode) {
    #expect(ExitCode.combining(codes) == expected)
  }
}
