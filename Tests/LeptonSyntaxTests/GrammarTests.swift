import LeptonSyntax
import Testing

@Suite("The grammar")
struct GrammarTests {
  private let rules = Grammar.productions.map(\.rule).joined(separator: "\n")

  /// What stands between single quotes in the rules.
  private var literals: Set<String> {
    let parts = rules.split(separator: "'", omittingEmptySubsequences: false)
    return Set(parts.enumerated().filter { $0.offset % 2 == 1 }.map { String($0.element) })
  }

  /// The names that the rules mention, tokens included.
  private var mentioned: Set<String> {
    let parts = rules.split(separator: "'", omittingEmptySubsequences: false)
    let bare = parts.enumerated().filter { $0.offset % 2 == 0 }.map(\.element).joined(
      separator: " ")
    return Set(bare.split { !$0.isLetter && $0 != "-" }.map(String.init).filter { $0 != "-" })
  }

  @Test("names every keyword and every symbol")
  func tokens() {
    let all = Set(Keyword.allCases.map(\.rawValue) + Symbol.allCases.map(\.rawValue))
    let named = literals.union(Grammar.operators.flatMap(\.self))
    #expect(all.subtracting(named).sorted() == [])
  }

  @Test("explains every name that it mentions, once")
  func names() {
    let defined = Grammar.productions.map(\.name)
    #expect(Set(defined).count == defined.count)
    let plain: Set = [
      "NEWLINE", "infix", "letter", "digit", "digits", "hexadecimal", "exponent", "characters",
      "lines",
    ]
    #expect(mentioned.subtracting(defined).subtracting(plain).sorted() == [])
  }

  @Test("has every operator with two operands, loosest first")
  func operators() {
    #expect(Grammar.operators.first == ["or"])
    #expect(Grammar.operators.last == ["^"])
    let binary = BinaryOperator.allCases.map(\.rawValue)
    let comparisons = ComparisonOperator.allCases.map(\.rawValue)
    #expect(Set(Grammar.operators.flatMap(\.self)) == Set(binary + comparisons))
  }
}
