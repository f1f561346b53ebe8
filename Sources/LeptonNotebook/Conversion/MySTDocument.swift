/// A notebook as MyST Markdown, which jupytext and Jupyter Book take for a notebook.
///
/// Prose stays as it is; a cell is a `code-cell`, and the attributes that Jupyter knows are its tags.
/// This is a way out and not back: what Jupyter has no word for, such as a time limit, is left behind.
public struct MySTDocument {
  private let notebook: Notebook

  /// Takes a notebook.
  public init(_ notebook: Notebook) { self.notebook = notebook }

  /// The document.
  public var text: String { head + notebook.blocks.map(part).joined() }

  private static let kernel = """
    jupytext:
      text_representation: {extension: .md, format_name: myst, format_version: 0.13}
    kernelspec: {name: lepton, display_name: Lepton, language: lepton}
    """

  private var head: String {
    let own = LineTable(notebook.frontMatter.text)
    guard own.count > 1 else { return "---\n\(Self.kernel)\n---\n\n" }
    return own[0..<own.count - 1] + Self.kernel + "\n" + own[own.count - 1..<own.count]
  }

  private func part(_ block: Notebook.Block) -> String {
    switch block {
    case .prose(let text): text
    case .hint(let hint): hint.text
    case .expectation(let expectation): expectation.text
    case .parameterPlace: parameters
    case .cell(let cell): fence(cell.code, tags: tags(of: cell.attributes))
    }
  }

  private var parameters: String {
    let lines = notebook.frontMatter.parameters.compactMap { parameter in
      parameter.defaultValue.map { "\(parameter.name) = \($0.source)\n" }
    }
    return lines.isEmpty ? "" : "\n" + fence(lines.joined(), tags: ["parameters"])
  }

  private func tags(of attributes: CellAttributes) -> [String] {
    attributes.tags + (attributes.raises == nil ? [] : ["raises-exception"])
      + (attributes.showsOutput ? [] : ["remove-output"])
      + (attributes.isEvaluated ? [] : ["skip-execution"])
  }

  private func fence(_ code: String, tags: [String]) -> String {
    let runs = code.split { $0 != "`" }.map(\.count)
    let fence = String(repeating: "`", count: max(3, (runs.max() ?? 0) + 1))
    let options = tags.isEmpty ? "" : ":tags: [\(tags.joined(separator: ", "))]\n\n"
    let end = code.isEmpty || code.hasSuffix("\n") ? "" : "\n"
    return "\(fence){code-cell} lepton\n\(options)\(code)\(end)\(fence)\n"
  }
}
