import LeptonLibrary
import LeptonRuntime
import LeptonSession
import Testing

@Suite("The tutorial")
struct TutorialTests {
  @Test("Every step can be entered, and only the wrong line is wrong")
  func steps() throws {
    let session = Interpreter(library: .standard())
    var wishes: [Wish] = []
    _ = session.run(Cell(id: "start", file: "p", text: "tutorial()", entry: 1)) {
      if case .output(.wish(let wish)) = $0 { wishes.append(wish) }
    }
    guard case .walk(let steps)? = wishes.first else {
      Issue.record("tutorial() wishes for no walk")
      return
    }
    #expect(steps.count >= 10)
    for (index, step) in steps.enumerated() where !step.entry.hasPrefix("?") {
      let cell = Cell(id: "in-\(index)", file: "p", text: step.entry, entry: index + 2)
      let result = session.run(cell) { _ in }
      #expect((result == .finished) == !step.text.contains("wrong line"), "\(step.entry)")
      for line in step.text.split(separator: "\n") { #expect(line.count <= 125, "\(line)") }
    }
  }
}
