import LeptonNotebook
import Testing

@Suite struct Reference {
  @Test func `every attribute and every key has a meaning, and no other`() {
    let attributes = CellAttributes.rows.filter { $0.set != nil }.map(\.name)
    #expect(Set(attributes) == Set(NotebookReference.attributeMeanings.keys))
    #expect(Set(NotebookReference.keys) == Set(NotebookReference.keyMeanings.keys))
  }

  @Test func `the page names all of them`() {
    let page = NotebookReference.markdown
    for name in NotebookReference.attributeMeanings.keys { #expect(page.contains("`\(name)`")) }
    for key in NotebookReference.keys { #expect(page.contains("| `\(key)` |")) }
  }
}
