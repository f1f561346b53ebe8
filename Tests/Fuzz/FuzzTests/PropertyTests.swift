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

  @Test("every property holds for written inputs", arguments: Property.names)
  func written(name: String) {
    let library = Library.standard()
    let inputs = Inputs(Vocabulary(library))
    let property = Property.named(name, over: library)
    for number in UInt64(0)..<(name == "evaluation" ? 60 : 150) {
      #expect(property?.complaint(inputs.input(number, for: name)) == nil, "\(name) \(number)")
    }
  }
}

@Suite("Written programs")
struct WritingTests {
  private static let library = Library.standard()

  private static func texts(_ count: UInt64) -> [String] {
    let inputs = Inputs(Vocabulary(Library.standard()))
    return (0..<count).map { String(decoding: inputs.input($0, for: "form"), as: UTF8.self) }
  }

  @Test("The same number gives the same program, another number another one")
  func deterministic() {
    #expect(Self.texts(40) == Self.texts(40))
    #expect(Set(Self.texts(40)).count > 35)
  }

  @Test("They use every keyword, every symbol and every word of the table")
  func coverage() {
    var kinds: Set<Token.Kind> = []
    var names: Set<String> = []
    for text in Self.texts(3000) {
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

  @Test("Most of them are right by the grammar")
  func mostlyRight() {
    var right = 0
    var dice = Dice(seed: 1)
    let vocabulary = Vocabulary(Library.standard())
    for _ in 0..<200 {
      var writer = ProgramWriter(vocabulary, dice: Dice(seed: dice.next()))
      let parsed = Parser.parse(Source(name: "", text: writer.program()))
      if parsed.diagnostics.isEmpty { right += 1 }
    }
    #expect(right > 150)
  }
}
