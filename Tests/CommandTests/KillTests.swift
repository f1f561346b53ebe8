import Foundation
import LeptonNotebook
import Testing

/// The report is whole at whatever moment the worker dies; `make kill` tries two hundred.
@Suite struct Kills {
  private static let text = """
    # Begin

    ```lepton #first
    print("one")
    x = sum([k for k in range(20000)])
    x
    ```

    Between.

    ```lepton #second
    total = 0
    for k in range(400000) { total = total + k }
    plot([1, 2, total])
    table({a: [1, 2]})
    ```

    ```lepton #third
    y = x + 1
    y
    ```

    End.

    """

  private static let count =
    ProcessInfo.processInfo.environment["LEPTON_KILLS"].flatMap(Int.init) ?? 4

  @Test func `the report is whole whenever the worker is killed`() throws {
    let workshop = try Workshop()
    try workshop.write(Self.text, to: "n.lnb")
    var dice = SystemRandomNumberGenerator()
    var died = 0
    for _ in 0..<Self.count {
      let program = try workshop.start("lepton-run", ["n.lnb", "-q"])
      usleep(useconds_t.random(in: 0...120_000, using: &dice))
      for child in program.children { kill(child, SIGKILL) }
      let ending = program.wait()
      #expect([0, 70].contains(ending.code), "\(ending.code): \(ending.messages)")
      died += ending.code == 70 ? 1 : 0
      try check(ending)
    }
    #expect(Self.count < 50 || died > 20, "the worker died only \(died) times")
  }

  /// Everything of the notebook stands in the report, and taking out what the run added gives it again.
  private func check(_ ending: Ending) throws {
    let report = Notebook(parsing: ending.output, name: "n.lnb")
    #expect(report.isRunnable, "\(ending.output)")
    let texts = report.blocks.map { block in
      switch block {
      case .prose(let text): text
      case .cell(let cell): cell.text
      case .expectation(let expectation): expectation.text
      case .hint(let hint): hint.text
      case .parameterPlace: ""
      }
    }
    #expect(texts.joined() == Self.text, "\(ending.output)")
    let cut = ending.output.matches(of: /<!-- lepton:(out|summary|failures) -->/).count
    #expect(cut == ending.output.matches(of: /<!-- lepton:end -->/).count)
    guard ending.code == 70 else { return }
    #expect(ending.output.contains("The worker died") || ending.output.contains("the worker"))
  }
}
