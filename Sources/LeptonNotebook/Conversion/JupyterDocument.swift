import LeptonJSON

/// A notebook as Jupyter keeps it (nbformat 4.5).
///
/// Prose becomes Markdown cells, cells become code cells. What Jupyter has no place for stands under
/// `lepton` in the metadata, so that the way back gives the file byte for byte: info strings,
/// expectations, the front matter, and spacing that is not the usual one (a blank line between prose
/// and a fence). Parameters also stand in a code cell tagged `parameters`, where papermill finds them.
public struct JupyterDocument {
  private let notebook: Notebook
  /// What became of each cell; nothing for a notebook that is not run.
  private let outcomes: [CellOutcome]
  private let parameters: ParameterBinding?

  private var cells: [JSON] = []
  private var identifiers: Set<String> = []
  /// Prose that holds only blank lines and was not yet written.
  private var gap: String?
  private var seenFence = false

  /// Takes a notebook as it stands in its file.
  public init(_ notebook: Notebook) {
    self.notebook = notebook
    outcomes = []
    parameters = nil
  }

  /// Takes a run.
  public init(_ result: RunResult) {
    notebook = result.notebook
    outcomes = result.outcomes
    parameters = result.parameters
  }

  /// The document.
  ///
  /// - Throws: `JSONError` if an output holds what JSON cannot say.
  public func bytes() throws(JSONError) -> [UInt8] {
    try json.bytes(.pretty) + [UInt8(ascii: "\n")]
  }

  /// The document as JSON.
  package var json: JSON {
    var writer = self
    writer.writeBlocks()
    return [
      "cells": .array(writer.cells), "metadata": writer.metadata, "nbformat": 4,
      "nbformat_minor": 5,
    ]
  }

  private var metadata: JSON {
    var own: [JSON.Member] = [JSON.Member("front_matter", .string(notebook.frontMatter.text))]
    if let gap { own.append(JSON.Member("end", .string(gap))) }
    return [
      "kernelspec": ["display_name": "Lepton", "language": "lepton", "name": "lepton"],
      "language_info": ["name": "lepton", "file_extension": ".lep"],
      "lepton": .object(own),
    ]
  }

  private mutating func writeBlocks() {
    let blocks = notebook.blocks.withHintsAsProse
    for (index, block) in blocks.enumerated() {
      switch block {
      case .hint: continue
      case .prose(let text):
        let next = index + 1 < blocks.count ? blocks[index + 1] : nil
        write(prose: text, isFirst: index == 0, beforeFence: next.map(\.isFence) ?? false)
      case .parameterPlace: writeParameters()
      case .cell(let cell): write(cell)
      case .expectation(let expectation): write(expectation)
      }
    }
  }

  private mutating func write(prose text: String, isFirst: Bool, beforeFence: Bool) {
    let core = text.trimmedLines
    guard !core.isEmpty else {
      gap = text
      return
    }
    let usual = JupyterSpacing.prose(core, isFirst: isFirst, beforeFence: beforeFence)
    let own: [JSON.Member] = usual == text ? [] : [JSON.Member("text", .string(text))]
    cells.append(cell("markdown", id: "text", source: core, lepton: own, more: []))
  }

  private mutating func writeParameters() {
    let source =
      parameters?.source
      ?? notebook.frontMatter.parameters.compactMap { parameter in
        parameter.defaultValue.map { "\(parameter.name) = \($0.source)\n" }
      }.joined()
    let own = [JSON.Member("generated", true)]
    cells.append(
      cell(
        "code", id: "parameters", source: source.withoutLastLineEnd, tags: ["parameters"],
        lepton: own,
        more: [JSON.Member("execution_count", .null), JSON.Member("outputs", .array([]))]))
  }

  private mutating func write(_ cell: NotebookCell) {
    var own: [JSON.Member] = []
    let info = cell.text.prefix { $0 != "\n" }.drop { $0 == "`" || $0 == "~" || $0 == " " }
    own.append(JSON.Member("info", .string(String(info.dropFirst("lepton".count)))))
    let source = cell.code.withoutLastLineEnd
    if cell.text != JupyterSpacing.cell(info.dropFirst("lepton".count), source) {
      own.append(JSON.Member("fence", .string(cell.text)))
    }
    own += takeGap(usual: cells.isEmpty && !seenFence ? "" : "\n")
    seenFence = true
    let outcome = cell.index < outcomes.count ? outcomes[cell.index] : nil
    let count: JSON = outcome == nil ? .null : .int(cell.index + 1)
    let outputs = outcome.map { JupyterOutputs.json(of: $0, count: cell.index + 1) } ?? []
    cells.append(
      self.cell(
        "code", id: outcome?.id ?? cell.provisionalID, source: source,
        tags: cell.attributes.tags + (cell.attributes.expectsFailure ? ["raises-exception"] : []),
        lepton: own,
        more: [JSON.Member("execution_count", count), JSON.Member("outputs", .array(outputs))]))
  }

  /// An expectation stands in the metadata of the cell before it.
  private mutating func write(_ expectation: Expectation) {
    let own = [JSON.Member("text", .string(expectation.text))] + takeGap(usual: "\n")
    guard case .object(var members)? = cells.popLast() else { return }
    members.change("metadata") { metadata in
      metadata.change("lepton") { $0.append(.object(own), to: "expect") }
    }
    cells.append(.object(members))
  }

  /// The blank lines before a fence, where they are not the usual ones.
  private mutating func takeGap(usual: String) -> [JSON.Member] {
    defer { gap = nil }
    let isAfterProse = gap == nil && cells.last?["cell_type"] == "markdown"
    let actual = gap ?? (isAfterProse ? usual : "")
    return actual == usual ? [] : [JSON.Member("before", .string(actual))]
  }

  private mutating func cell(
    _ type: String, id: String, source: String, tags: [String] = [], lepton: [JSON.Member],
    more: [JSON.Member]
  ) -> JSON {
    var metadata: [JSON.Member] = []
    if !tags.isEmpty { metadata.append(JSON.Member("tags", .array(tags.map { .string($0) }))) }
    if !lepton.isEmpty { metadata.append(JSON.Member("lepton", .object(lepton))) }
    return .object(
      [
        JSON.Member("cell_type", .string(type)), JSON.Member("id", .string(identifier(id))),
        JSON.Member("metadata", .object(metadata)),
        JSON.Member("source", .array(source.linesWithEnds.map { .string($0) })),
      ] + more)
  }

  /// A cell's identifier as nbformat wants it: letters, digits, `-` and `_`, at most 64, once.
  private mutating func identifier(_ name: String) -> String {
    let plain = name.unicodeScalars.map { scalar in
      scalar.isASCII && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil)
        || scalar == "_" || scalar == "-" ? String(scalar) : "-"
    }.joined().prefix(48)
    var identifier = plain.isEmpty ? "cell" : String(plain)
    var ordinal = 2
    while !identifiers.insert(identifier).inserted {
      identifier = "\(plain)-\(ordinal)"
      ordinal += 1
    }
    return identifier
  }
}

extension [Notebook.Block] {
  /// The blocks with hints joined to the prose around them.
  fileprivate var withHintsAsProse: [Notebook.Block] {
    reduce(into: []) { blocks, block in
      let text: String
      switch block {
      case .prose(let prose): text = prose
      case .hint(let hint): text = hint.text
      case .cell, .expectation, .parameterPlace: return blocks.append(block)
      }
      guard case .prose(let before)? = blocks.last else { return blocks.append(.prose(text)) }
      blocks[blocks.count - 1] = .prose(before + text)
    }
  }
}

extension Notebook.Block {
  /// Whether it begins with a fence.
  fileprivate var isFence: Bool {
    switch self {
    case .cell, .expectation: true
    case .prose, .parameterPlace, .hint: false
    }
  }
}

extension [JSON.Member] {
  /// Changes the object under a key, which is made where there is none.
  fileprivate mutating func change(_ key: String, _ body: (inout [JSON.Member]) -> Void) {
    var inner = first { $0.key == key }?.value.members ?? []
    body(&inner)
    set(key, .object(inner))
  }

  /// Adds an element to the array under a key.
  fileprivate mutating func append(_ element: JSON, to key: String) {
    set(key, .array((first { $0.key == key }?.value.arrayValue ?? []) + [element]))
  }

  private mutating func set(_ key: String, _ value: JSON) {
    if let index = firstIndex(where: { $0.key == key }) {
      self[index].value = value
    } else {
      append(JSON.Member(key, value))
    }
  }
}
