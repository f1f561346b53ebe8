import LeptonSyntax

/// What the check of one cell knows about all of them.
final class CheckedNotebook {
  /// The library.
  let words: any KnownWords
  /// The names of the library's words.
  let wordNames: Set<String>
  /// The cells.
  let cells: [ParsedSource]
  /// What each cell binds.
  let bindings: [Bindings]
  /// The first cell that binds a name.
  private(set) var firstCell: [String: Int] = [:]
  /// The names that have values before the first cell.
  private let known: Set<String>
  /// How many cells bind a name.
  private var cellCounts: [String: Int] = [:]
  /// The names that a cell with syntax mistakes might bind.
  private let doubtful: Set<String>
  /// How many misspelt names are still worth a guess.
  private var guesses = 100
  /// What words can reach while the program is looked at, if there is anything.
  let context: Context?
  /// The modules that were asked for, by the name under which they are imported.
  var outlines: [String: ModuleOutline] = [:]
  /// The signatures of words that were asked for.
  private var signatures: [String: Signature?] = [:]

  init(
    words: any KnownWords, known: Set<String>, cells: [ParsedSource], context: Context? = nil
  ) {
    self.context = context
    self.words = words
    self.known = known
    self.cells = cells
    wordNames = Set(words.names)
    bindings = cells.map { Bindings($0.statements) }
    doubtful = Set(cells.filter { !$0.diagnostics.isEmpty }.flatMap(\.namesThatMayBeBound))
    for (index, bindings) in bindings.enumerated() {
      for name in bindings.names.map(\.text) {
        if firstCell[name] == nil { firstCell[name] = index }
        cellCounts[name, default: 0] += 1
      }
    }
  }

  /// Whether a name has a value when a cell begins.
  func isDefined(_ name: String, before cell: Int) -> Bool {
    known.contains(name) || doubtful.contains(name) || (firstCell[name] ?? .max) < cell
  }

  /// Whether a name is that of a result, which binds nothing.
  func isRecorded(_ name: String) -> Bool {
    cells.contains { cell in
      cell.statements.contains { statement in
        if case .record(let recorded, _) = statement.kind { recorded.text == name } else { false }
      }
    }
  }

  /// Whether a cell binds a name, or it has a value before the first.
  func isBound(_ name: String) -> Bool {
    firstCell[name] != nil || known.contains(name) || doubtful.contains(name)
  }

  /// Whether a name gets a value in one place only.
  func isBoundOnce(_ name: String) -> Bool {
    guard cellCounts[name] == 1, !known.contains(name), !doubtful.contains(name),
      let cell = firstCell[name]
    else { return false }
    return bindings[cell].count(of: name) == 1
  }

  /// How a name is called that is bound exactly once in all cells.
  func signature(of name: String) -> Signature? {
    guard cellCounts[name] == 1, !known.contains(name), !doubtful.contains(name),
      let cell = firstCell[name]
    else { return nil }
    return bindings[cell].signature(of: name)
  }

  /// How a word of the library is called.
  func wordSignature(of name: String) -> Signature? {
    if let signature = signatures[name] { return signature }
    let signature = words.signature(of: name)
    signatures[name] = signature
    return signature
  }

  /// Finds what was meant by a name that means nothing; behind many of them nothing is guessed any
  /// more, because each guess looks at all names.
  func nearest(to name: String, or local: [String], in cell: Int) -> String? {
    guard guesses > 0 else { return nil }
    guesses -= 1
    let earlier = bindings[...cell].flatMap { $0.names.map(\.text) }
    return Spelling.nearest(to: name, in: local + earlier + known.sorted() + words.names)
  }
}

extension ParsedSource {
  /// The names in front of `=` or behind `fn`, which the text may be meant to bind.
  fileprivate var namesThatMayBeBound: [String] {
    let tokens = tokens.filter { !$0.isTrivia }
    return tokens.indices.filter { index in
      guard tokens[index].kind == .identifier else { return false }
      let isDefined = index > 0 && tokens[index - 1].kind == .keyword(.fn)
      return isDefined || tokens[index + 1].kind == .symbol(.assign)
    }.map { source[tokens[$0].span] }
  }
}
