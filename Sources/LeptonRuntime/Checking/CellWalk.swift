import LeptonSyntax

/// The check of one cell: a walk over its statements in the order in which they run.
final class CellWalk {
  let notebook: CheckedNotebook
  let cell: Int
  let source: Source
  /// The scope of the place at hand.
  var scope: Scope
  /// How many loops enclose it within its function.
  var loops = 0
  private var diagnostics: [Diagnostic] = []
  /// What the run will meet.
  private var foreseen: [Diagnostic] = []
  /// How many of each severity were found.
  private var counts: [Diagnostic.Severity: Int] = [:]
  private var reads: [String] = []
  private var isRead: Set<String> = []

  init(_ notebook: CheckedNotebook, cell: Int) {
    self.notebook = notebook
    self.cell = cell
    source = notebook.cells[cell].source
    scope = Scope(.cell, parent: nil, bindings: notebook.bindings[cell])
  }

  func run() -> Checker.Finding {
    let parsed = notebook.cells[cell]
    warnOfHiddenWords()
    check(parsed.statements, isUsed: { _ in true })
    checkFiles(of: parsed.statements)
    // A line that was not understood is told about once.
    let lines = Set(parsed.diagnostics.map { source.location(of: $0.span.start).line })
    let others = diagnostics.filter { !lines.contains(source.location(of: $0.span.start).line) }
    return Checker.Finding(
      diagnostics: (parsed.diagnostics + others).inOrderOfPlaces, foreseen: foreseen, reads: reads,
      defines: scope.bindings.names.map(\.text))
  }

  /// How many mistakes of a cell are told, and how many warnings.
  private static let mistakeLimit = 100

  func report(_ mistake: CheckMistake, at span: Span, note: Diagnostic.Note? = nil) {
    let diagnostic = Diagnostic(
      mistake, source: source, span: span, notes: note.map { [$0] } ?? [])
    guard !isFull(of: diagnostic.severity) else { return }
    counts[diagnostic.severity, default: 0] += 1
    diagnostics.append(diagnostic)
  }

  /// Keeps a mistake that the run will tell of.
  func foresee(_ mistake: CheckMistake, at span: Span, note: Diagnostic.Note) {
    foreseen.append(Diagnostic(mistake, source: source, span: span, notes: [note]))
  }

  /// Whether there is no use in looking for more of a severity.
  func isFull(of severity: Diagnostic.Severity) -> Bool {
    counts[severity, default: 0] >= Self.mistakeLimit
  }

  /// Notes that the cell reads a name that another may define.
  func noteRead(_ name: String) {
    if isRead.insert(name).inserted { reads.append(name) }
  }

  private func warnOfHiddenWords() {
    for name in scope.bindings.names where notebook.wordNames.contains(name.text) {
      guard notebook.firstCell(of: name.text) == cell, !isOwnModule(of: name.text),
        !notebook.words.mayBeHidden(name.text)
      else { continue }
      report(.hidesWord(name.text), at: name.span)
    }
  }

  /// Whether this is the very file of the library that defines a word.
  private func isOwnModule(of word: String) -> Bool {
    let module = notebook.words.module(defining: word).map { $0 + ".lep" }
    return module.map { source.name == $0 || source.name.hasSuffix("/" + $0) } ?? false
  }

  // MARK: Names

  /// What a name means at the place at hand.
  enum Meaning {
    case variable(Scope, number: Int)
    case global
    case word
    case unknown
  }

  func meaning(of name: String) -> Meaning {
    var place: Scope? = scope
    while let current = place {
      if let number = current.number(of: name) { return .variable(current, number: number) }
      place = current.parent
    }
    if notebook.isDefined(name, before: cell) { return .global }
    return notebook.wordNames.contains(name) ? .word : .unknown
  }

  /// Checks that a name can be read, and notes that it is.
  func read(_ name: String, at span: Span) {
    switch meaning(of: name) {
    case .variable(let owner, let number):
      if owner.kind == .function { owner.noteRead(number) }
      requireValue(name, number, of: owner, at: span)
    case .global: noteRead(name)
    case .word: break
    case .unknown: reportUnknown(name, at: span)
    }
  }

  /// Checks that a name has a value that is to be changed, which does not yet read it.
  func requireValue(_ name: String, at span: Span) {
    if case .variable(let owner, let number) = meaning(of: name) {
      requireValue(name, number, of: owner, at: span)
    } else {
      read(name, at: span)
    }
  }

  private func requireValue(_ name: String, _ number: Int, of owner: Scope, at span: Span) {
    if owner.flow.isCertain(number) { return }
    let isElsewhere = owner.kind == .cell && notebook.isDefined(name, before: cell)
    if isElsewhere { noteRead(name) }
    if isElsewhere || owner.flow.isPossible(number) || owner.flow.isDead { return }
    if isCallable(name, of: owner) { return }
    guard owner.reported.insert(name).inserted else { return }
    if owner.bindings.hasSibling(name) { return report(.definedBelow(name), at: span) }
    report(
      .unassigned(
        name, inFunction: owner.kind == .function, isCaptured: outermostFunction(in: owner) != nil,
        isWord: notebook.wordNames.contains(name) && !isOuter(name, owner)), at: span)
  }

  /// Whether a name of a function is also one of the cell around it, or of an earlier cell.
  private func isOuter(_ name: String, _ owner: Scope) -> Bool {
    owner.kind == .function
      && (cellScope.names.contains(name) || notebook.isDefined(name, before: cell))
  }

  /// Whether the place at hand is in a function that may call another of the same body, or itself,
  /// before that has its value.
  private func isCallable(_ name: String, of owner: Scope) -> Bool {
    guard let definition = outermostFunction(in: owner)?.definition else { return false }
    return definition.text == name
      || owner.bindings.isSibling(name) && owner.bindings.isSibling(definition.text)
  }

  /// The outermost function around the place at hand that stands in a scope.
  private func outermostFunction(in owner: Scope) -> Scope? {
    var outermost: Scope?
    var place: Scope? = scope
    while let current = place, current !== owner {
      if current.kind == .function { outermost = current }
      place = current.parent
    }
    return outermost
  }

  private func reportUnknown(_ name: String, at span: Span) {
    guard !isFull(of: .error), cellScope.reported.insert(name).inserted else { return }
    if let later = notebook.firstCell(of: name) {
      let place = notebook.bindings[later].names.first { $0.text == name }?.span ?? Span(0, 0)
      let note = Diagnostic.Note(
        "it gets its value here", source: notebook.cells[later].source, span: place)
      report(.later(name), at: span, note: note)
    } else if notebook.isRecorded(name) {
      report(.recorded(name), at: span)
    } else {
      let near = notebook.nearest(to: name, or: localNames, in: cell)
      report(.unknown(name, near: near), at: span)
    }
  }

  private var cellScope: Scope {
    var place = scope
    while let parent = place.parent { place = parent }
    return place
  }

  private var localNames: [String] {
    var names: [String] = []
    var place: Scope? = scope
    while let current = place, current.kind != .cell {
      names += current.names
      place = current.parent
    }
    return names
  }

  /// How a name is called, if that is certain.
  func signature(of name: String) -> Signature? {
    switch meaning(of: name) {
    case .variable(let owner, _) where owner.kind == .function: owner.bindings.signature(of: name)
    case .variable(let owner, _) where owner.kind == .cell: notebook.signature(of: name)
    case .global: notebook.signature(of: name)
    case .word: notebook.wordSignature(of: name)
    default: nil
    }
  }
}

extension [Diagnostic] {
  /// The same in the order of their places.
  var inOrderOfPlaces: [Diagnostic] {
    enumerated().sorted {
      ($0.element.span.start, $0.offset) < ($1.element.span.start, $1.offset)
    }.map(\.element)
  }
}
