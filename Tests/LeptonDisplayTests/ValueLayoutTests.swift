import LeptonDisplay
import LeptonSyntax
import Testing

@Suite("The layout of values")
struct ValueLayoutTests {
  private let filled =
    "["
    + (100..<160).map(String.init).joined(separator: ", ").replacing(", 115", with: ",\n 115")
    .replacing(", 131", with: ",\n 131").replacing(", 147", with: ",\n 147") + "]"
  private let tensor = """
    tensor([[ 0.25, -1.5, 12.0],
            [ 3.25,  0.5,  1.0]])
    """
  private let record = """
    {name: "a, [b", rows: [[1, 2],
                           [3, 4]],
     more: tensor([1.0, 2.0])}
    """

  @Test("Lines are filled to the width")
  func filling() {
    for width in [30, 60, 100, 150, 400] {
      let lines = ValueLayout.fitted(filled, to: width).split(separator: "\n")
      #expect(lines.allSatisfy { $0.count <= width })
      #expect(lines.dropLast().allSatisfy { $0.count > width - 6 }, "\(width): \(lines)")
    }
    #expect(ValueLayout.fitted(filled, to: 400).split(separator: "\n").count == 1)
  }

  @Test("What had to be broken stays broken, and numbers stay below each other")
  func structure() {
    for width in [40, 81, 200] { #expect(ValueLayout.fitted(tensor, to: width) == tensor) }
    #expect(
      ValueLayout.fitted(record, to: 200) == """
        {name: "a, [b",
         rows: [[1, 2],
                [3, 4]],
         more: tensor([1.0, 2.0])}
        """)
    #expect(
      ValueLayout.fitted("{a: [1, 2, 3, 4, 5, 6, 7, 8], b: {c: 1}}", to: 24) == """
        {a: [1, 2, 3, 4, 5, 6,
             7, 8],
         b: {c: 1}}
        """)
  }

  @Test("Only blanks between parts change", arguments: 20...200)
  func content(width: Int) {
    func words(_ text: String) -> String { text.filter { !$0.isWhitespace } }
    for text in [filled, tensor, record, "[]", "{}", "[[], {}]", "\"日本\"", "[\"日本 [\", \"\\\"]\"]"]
    {
      #expect(words(ValueLayout.fitted(text, to: width)) == words(text))
    }
  }

  @Test("What is not a list, a record or a tensor stays as it is")
  func others() {
    for text in [
      "fn f(x) {\n  [x,\n   1]\n}", "[x -> {\n  x\n}]", "a\nb", "[1, 2", "]", "{a: 1]", "",
      "\"never closed", "[1,\n…  3 lines\n]]",
    ] {
      #expect(ValueLayout.fitted(text, to: 20) == text)
    }
  }
}
