import LeptonFiles
import LeptonSyntax

/// What the text of a module tells about the names that it has.
public struct ModuleOutline {
  /// What it is called where it is imported.
  public let name: String
  private let bindings: Bindings

  /// Looks over a module.
  public init(name: String, _ statements: [Statement]) {
    self.name = name
    bindings = Bindings(statements)
  }

  /// Its names.
  var names: [String] { bindings.names.map(\.text) }

  /// Whether it has a name.
  func contains(_ name: String) -> Bool { bindings.contains(name) }

  /// How a name is called that is bound exactly once, to a function.
  func signature(of name: String) -> Signature? { bindings.signature(of: name) }
}

extension CheckedNotebook {
  /// What is known of the module that a name stands for; `nil` if it may stand for anything else.
  func module(of name: String) -> ModuleOutline? {
    if let outline = outlines[name] { return outline }
    let place = onlyModule(of: name)
    let found = place.flatMap { outline(of: $0.module, in: cells[$0.cell].source) }
    outlines.updateValue(found, forKey: name)
    return found
  }

  /// The module that each cell which binds a name imports, and the first of these cells.
  private func onlyModule(of name: String) -> (module: Statement.Module, cell: Int)? {
    guard hasNoOtherValue(name), let first = firstCell(of: name),
      let module = bindings[first].module(of: name),
      bindings[first...].allSatisfy({
        !$0.contains(name) || $0.module(of: name)?.isSame(as: module) == true
      })
    else { return nil }
    return (module, first)
  }

  private func outline(of module: Statement.Module, in source: Source) -> ModuleOutline? {
    switch module {
    case .library(let name): return words.outline(of: name.text)
    case .file(let path, _):
      // A file that cannot be read, or that is not understood, is told of by the run.
      guard let parsed = file(path, from: source),
        !parsed.diagnostics.contains(where: { $0.severity == .error })
      else { return nil }
      return ModuleOutline(name: module.importedName.text, parsed.statements)
    }
  }

  /// The text of a file that is imported, where it can be looked at.
  fileprivate func file(_ path: String, from source: Source) -> ParsedSource? {
    guard var files = context?.files else { return nil }
    // What a check reads is no cell's.
    files.log = nil
    let path = Interpreter.path(path, from: source)
    guard let text = try? files.readText(path) else { return nil }
    return Parser.parse(Source(name: path, text: text))
  }
}

extension CellWalk {
  /// Foresees that a file cannot be imported, which has a mistake; one that is imported in a `try`, in a branch
  /// or in a function is left to the run.
  func checkFiles(of statements: [Statement]) {
    for case .importModule(.file(let path, let span)) in statements.map(\.kind) {
      checkFile(path, at: span)
    }
  }

  private func checkFile(_ path: String, at span: Span) {
    guard let file = notebook.file(path, from: source) else { return }
    // A circle is told of by the run.
    guard !notebook.importing.contains(file.source.name) else { return }
    let own = CheckedNotebook(
      words: notebook.words, known: [], cells: [file], context: notebook.context,
      importing: notebook.importing.union([file.source.name]))
    let found = CellWalk(own, cell: 0).run()
    let isFatal = { (code: String) in code.hasPrefix("syntax/") || code == "name/unknown" }
    let fatal = found.diagnostics.filter { $0.severity == .error && isFatal($0.code) }
    guard let first = (fatal + found.foreseen).first else { return }
    let note = Diagnostic.Note("it stands here", source: first.source, span: first.span)
    foresee(.mistakenFile(path, first.message, code: first.code), at: span, note: note)
  }

  /// The module that an expression stands for, if that is certain.
  private func module(_ expression: Expression) -> ModuleOutline? {
    guard case .name(let name) = expression.kind else { return nil }
    switch meaning(of: name) {
    case .variable(let owner, _) where owner.kind == .cell: return notebook.module(of: name)
    case .global: return notebook.module(of: name)
    default: return nil
    }
  }

  /// Checks that a module has what is asked of it; gives how that is called.
  func member(_ name: Expression.Name, of receiver: Expression) -> Signature? {
    guard let module = self.module(receiver) else { return nil }
    if module.contains(name.text) { return module.signature(of: name.text) }
    let near = Spelling.nearest(to: name.text, in: module.names)
    let isWord = notebook.wordNames.contains(name.text)
    let home = notebook.words.module(defining: name.text)
    report(
      .noMember(name.text, module: module.name, near: near, home: home, isWord: isWord),
      at: name.span)
    return nil
  }
}
