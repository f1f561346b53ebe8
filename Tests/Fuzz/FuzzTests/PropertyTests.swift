import LeptonFuzz
import LeptonLibrary
import LeptonRuntime
import LeptonSyntax
import Testing

@Suite("Whatever the input")
struct PropertyTests {
  @Test("what was found once stays mended", arguments: Finding.all)
  func findings(finding: Finding) {
    let property = Property.named(finding.property, over: .standard())
    #expect(property != nil, "there is no property \(finding.property)")
    #expect(property?.complaint(finding.input) == nil)
  }

  /// What an evaluation does when it should not may end the process; `make fuzz` is for that.
  private static let harmless = Property.names.filter { $0 != "evaluation" }

  @Test("every property of a text holds for written inputs", arguments: harmless)
  func written(name: String) {
    let library = Library.standard()
    let inputs = Inputs(Vocabulary(library))
    let property = Property.named(name, over: library)
    for number in UInt64(0)..<25 {
      #expect(property?.complaint(inputs.input(number, for: name)) == nil, "\(name) \(number)")
    }
  }
}

@Suite("Written programs")
struct WritingTests {
  /// The programs that a writer writes in so many turns, and calls of every word.
  private static func texts(_ count: Int) -> [String] {
    let vocabulary = Vocabulary(Library.standard())
    var writer = ProgramWriter(vocabulary, dice: Dice(seed: 1))
    return (0..<count).map { _ in writer.program() }
      + vocabulary.names.indices.map { writer.calls(ofWordAt: $0) }
  }

  @Test("The same dice give the same programs, and each is another one")
  func deterministic() {
    #expect(Self.texts(40) == Self.texts(40))
    #expect(Set(Self.texts(40).prefix(40)).count > 35)
  }

  @Test("They use every keyword, every symbol and every word of the table")
  func coverage() {
    var kinds: Set<Token.Kind> = []
    var names: Set<String> = []
    for text in Self.texts(300) {
      let source = Source(name: "", text: text)
      for token in Lexer.tokens(of: source) {
        kinds.insert(token.kind)
        if token.kind == .identifier { names.insert(source[token.span]) }
      }
    }
    #expect(Keyword.allCases.filter { !kinds.contains(.keyword($0)) } == [])
    #expect(Symbol.allCases.filter { !kinds.contains(.symbol($0)) } == [])
    #expect(Vocabulary(Library.standard()).names.filter { !names.contains($0) } == [])
  }

  @Test("Many of them are right by the grammar as a whole")
  func oftenRight() {
    let right = Self.texts(200).prefix(200).filter {
      Parser.parse(Source(name: "", text: $0)).diagnostics.isEmpty
    }
    #expect(right.count > 50)
  }
}
