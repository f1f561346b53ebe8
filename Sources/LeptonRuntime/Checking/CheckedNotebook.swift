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
  /// Which cells bind the names.
  private var places: [String: Place] = [:]
  /// The names that have values before the first cell.
  private let known: Set<String>
  /// The names that a cell with syntax mistakes might bind.
  private let doubtful: Set<String>
  /// How many misspelt names are still worth a guess.
  private var guesses = 100
  /// What words can reach while the program is looked at, if there is anything.
  let context: Context?
  /// The modules that were asked for, by the name under which they are imported.
  var outlines: [String: ModuleOutline?] = [:]
  /// The files that are looked into because they are imported.
  let importing: Set<String>
  /// The signatures of words that were asked for.
  private var signatures: [String: Signature?] = [:]

  /// Which cell is the first that binds a name, and how many do.
  private struct Place {
    var first: Int
    var count = 0
  }

  init(
    words: any KnownWords, known: Set<String>, cells: [ParsedSource], context: Context? = nil,
    importing: Set<String> = []
  ) {
    self.context = context
    self.importing = importing
    self.words = words
    self.known = known
    self.cells = cells
    wordNames = Set(words.names)
    bindings = cells.map { Bindings($0.statements) }
    doubtful = Set(cells.filter { !$0.diagnostics.isEmpty }.flatMap(\.namesThatMayBeBound))
    for (index, bindings) in bindings.enumerated() {
      for name in bindings.names { places[name.text, default: Place(first: index)].count += 1 }
    }
  }

  /// The first cell that binds a name.
  func firstCell(of name: String) -> Int? { places[name]?.first }

  /// Whether a name has a value when a cell begins.
  func isDefined(_ name: String, before cell: Int) -> Bool {
    known.contains(name) || doubtful.contains(name) || (firstCell(of: name) ?? .max) < cell
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
    places[name] != nil || known.contains(name) || doubtful.contains(name)
  }

  /// Whether a name gets a value in one place only.
  func isBoundOnce(_ name: String) -> Bool {
    onlyCell(of: name).map { bindings[$0].count(of: name) == 1 } ?? false
  }

  /// The only cell that binds a name, which has no value before.
  private func onlyCell(of name: String) -> Int? {
    guard let place = places[name], place.count == 1, hasNoOtherValue(name) else { return nil }
    return place.first
  }

  /// Whether a name has no value but what the cells are seen to give it.
  func hasNoOtherValue(_ name: String) -> Bool { !known.contains(name) && !doubtful.contains(name) }

  /// How a name is called that is bound exactly once in all cells.
  func signature(of name: String) -> Signature? {
    onlyCell(of: name).flatMap { bindings[$0].signature(of: name) }
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
