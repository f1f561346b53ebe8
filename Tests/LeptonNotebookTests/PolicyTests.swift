import LeptonNotebook
import LeptonSession
import Testing

@Suite struct Policies {
  private let cells = notebook("#a|x = 1\nfail a/b", "#b|y = x", "#c|w = 1")

  @Test func `nothing runs behind a failure where the notebook is to stop`() throws {
    let run = try FakeRun(cells, options: RunOptions(onError: .stop))
    #expect(run.statuses == [.failed, .notRun(.stopped(cell: "a")), .notRun(.stopped(cell: "a"))])
    #expect(run.report.contains("> **Not run**: `a` failed."))
    #expect(run.result.exit == .cellFailed)
  }

  @Test func `everything runs behind a failure where the notebook is to continue`() throws {
    let run = try FakeRun(cells, options: RunOptions(onError: .continue))
    #expect(run.statuses == [.failed, .passed, .passed])
    #expect(run.result.exit == .cellFailed)
  }

  @Test func `the front matter decides where the command line says nothing`() throws {
    let stopping = "---\non-error: stop\n---\n" + cells
    #expect(try FakeRun(stopping).statuses[2] == .notRun(.stopped(cell: "a")))
    let options = RunOptions(onError: .independent)
    #expect(try FakeRun(stopping, options: options).statuses[2] == .passed)
    let wrong = Notebook(parsing: "---\non-error: never\n---\n", name: "n.lnb")
    #expect(wrong.failures[0].message == "`on-error` must be one of independent, stop, continue")
  }

  @Test func `a cell that fails as it must stops nothing`() throws {
    let run = try FakeRun(
      notebook("raises=a/b|fail a/b", "#b|y = 1"), options: RunOptions(onError: .stop))
    #expect(run.statuses == [.passed, .passed])
  }

  @Test func `the time of the whole notebook is over for the running cell and for all behind it`()
    throws
  {
    let run = try FakeRun(
      notebook("#a|print x", "#b|hang", "#c|w = 1"), options: RunOptions(totalTimeout: 0.05))
    #expect(run.statuses == [.passed, .outOfTime(seconds: 0.05), .notRun(.outOfTime)])
    #expect(run.result.exit == .timeLimit)
    #expect(run.report.contains("the notebook's time limit of 0.05 s was reached"))
    #expect(run.report.hasSuffix("<!-- lepton:end -->\n"))
  }

  @Test func `a cell may give as much text as the notebook says`() throws {
    let text = "---\noutput: 10B\n---\n" + notebook("#a|print 0123456789", "#b|print 01234567890")
    let run = try FakeRun(text)
    #expect(run.statuses == [.passed, .failed])
    #expect(run.report.contains("10 bytes of text"))
  }

  @Test func `all cells together may give as much text as a stranger has`() throws {
    let cells = notebook("#a|print 0123456789", "#b|print 0123456789", "#c|x = 1")
    let run = try FakeRun(cells, options: RunOptions(totalOutputLimit: 15))
    #expect(run.statuses == [.passed, .failed, .passed])
    #expect(run.report.contains("the notebook gave more than 15 bytes"))
  }

  @Test func `what is shown in another way counts as text does`() throws {
    let run = try FakeRun(
      "---\noutput: 10B\n---\n"
        + notebook("#a|value 1\ntable", "#b|table\ntable", "#c|value 12345678901"))
    #expect(run.statuses == [.passed, .failed, .failed])
  }

  @Test func `a stranger's cell may ask for less time, and not for more`() throws {
    let cells = notebook("#a timeout=90h|hang", "#b timeout=50ms|hang", "#c|w = 1")
    let options = RunOptions(timeout: 0.2, confinedBy: "a fence")
    #expect(
      try FakeRun(cells, options: options).statuses
        == [.timedOut(seconds: 0.2), .timedOut(seconds: 0.05), .passed])
  }

  @Test func `a smoke run compares nothing and says so`() throws {
    let text =
      "---\nmetrics:\n  m: {min: 5}\n---\n"
      + notebook("#a|value 1\nexpect false\nrecord m 1") + "```expect\n2\n```\n"
    #expect(try FakeRun(text).result.exit == .expectationFailed)
    let run = try FakeRun(text, options: RunOptions(isSmokeRun: true))
    #expect(run.result.exit == .success)
    #expect(run.report.contains("*A smoke run: training was cut to one step"))
  }

  @Test(
    arguments: [
      ("4096", 4096), ("1KB", 1024), ("10MB", 10 << 20), ("2GB", 2 << 30), ("", nil), ("0", nil),
      ("-1", nil), ("1.5GB", nil), ("2TB", nil), ("GB", nil), ("9999999999GB", nil),
      ("99999999999999999999", nil),
    ] as [(String, Int?)])
  func `a size has a unit or none`(text: String, bytes: Int?) {
    #expect(Int.bytes(text) == bytes)
  }
}
