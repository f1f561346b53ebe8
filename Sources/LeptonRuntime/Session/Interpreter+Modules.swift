import LeptonSession
import LeptonSyntax

extension Interpreter {
  /// The value of a word of the library, wherever it is written; `nil` if there is none.
  func word(_ name: String) throws -> Value? {
    if let word = library.words[name] {
      return word.signature.parameters == nil
        ? try word.call(Arguments(), in: context) : .function(word)
    }
    guard let file = library.file(defining: name) else { return nil }
    return try module(file)[name]
  }

  /// The names that a file of the library defines, with their values; it runs when it is first needed.
  private func module(_ file: Library.File) throws -> Record {
    if let module = modules[file.name] { return module }
    let source = Source(name: "stdlib/\(file.name).lep", text: file.text)
    let module = try definitions(of: source).asModule(file.name)
    modules[file.name] = module
    return module
  }

  /// Runs a text of its own and gives the names that it defines.
  private func definitions(of source: Source) throws -> Record {
    guard !importing.contains(source.name) else { throw LanguageError.importCycle(source.name) }
    importing.append(source.name)
    defer { importing.removeLast() }
    let parsed = Parser.parse(source)
    if let mistake = parsed.diagnostics.first(where: { $0.severity == .error }) {
      throw Raised(mistake)
    }
    do {
      let prototype = try FunctionCompiler.compile(
        cell: parsed.statements, environment: environment(source, globals: []), showsValues: false)
      return try context.machine.definitions(of: prototype)
    } catch let mistake as Diagnostic {
      throw Raised(mistake)
    }
  }

  /// The value of an `import`: the names of a module as a record.
  func importModule(_ module: Statement.Module, from source: Source) throws -> Value {
    switch module {
    case .library(let name):
      guard let file = library.files.first(where: { $0.name == name.text }) else {
        throw LanguageError.unknownModule(name.text, library.files.map(\.name))
      }
      return .record(try self.module(file))
    case .file(let path, _):
      let path = Self.path(path, from: source)
      let names = try definitions(of: Source(name: path, text: context.files.readText(path)))
      return .record(names.asModule(module.importedName.text))
    }
  }

  /// The path of a file that another imports: it is relative to the folder of that one.
  static func path(_ path: String, from source: Source) -> String {
    path.hasPrefix("/") ? path : folder(of: source.name) + path
  }

  /// The folder of a file with its slash, empty for a plain name.
  private static func folder(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
  }

  /// The value of a default in the heading of a word.
  func value(ofDefault expression: Expression, of heading: String) throws -> Value {
    let source = Source(name: "heading", text: heading)
    let statement = Statement(
      .assignment(
        Statement.Target(name: Expression.Name("default", expression.span), span: expression.span),
        expression), expression.span)
    let prototype = try FunctionCompiler.compile(
      cell: [statement], environment: environment(source, globals: []), showsValues: false)
    return try context.machine.definitions(of: prototype)["default"] ?? .nothing
  }
}

extension Raised {
  /// Takes over a mistake of a file that was imported.
  init(_ diagnostic: Diagnostic) {
    self.init(
      error: LanguageError(diagnostic.code, diagnostic.message, help: diagnostic.help),
      source: diagnostic.source, span: diagnostic.span, trace: [])
  }
}

extension Machine {
  /// Runs a file and gives the names that it defines.
  func definitions(of file: Prototype) throws -> Record {
    let base = top
    try reserve(base, file.registerCount)
    for name in file.cellNames { put(.absent, base + name.register) }
    let captures = Captures.of(file)
    var record = Record()
    let outer = onCellEnd
    onCellEnd = { base in
      for name in file.cellNames where base[name.register].tag != Slot.Tag.absent {
        record[name.name] = Value(base[name.register])
      }
    }
    defer { onCellEnd = outer }
    try withExtendedLifetime((captures, file)) { try run(captures.target, base: base).release() }
    return record
  }
}
