import LeptonSession
import LeptonSyntax

/// Every word of the language: families of words written in Swift, and files written in Lepton.
public final class Library {
  /// A file of the library that is written in Lepton.
  public struct File {
    /// Its name without `.lep`, which is also the name of the module.
    public var name: String
    /// Its text.
    public var text: String

    /// Makes a file.
    public init(name: String, text: String) {
      self.name = name
      self.text = text
    }
  }

  /// The families, in the order of the reference.
  public let families: [Family]
  /// The files written in Lepton.
  public let files: [File]
  /// Texts that words take, by the name of the parameter, each with a sentence: what completion offers
  /// between quotes.
  public let suggestions: [String: @Sendable () -> [(text: String, summary: String)]]
  /// The words written in Swift, by name.
  let words: [String: Word]
  /// The words written in Lepton, by name, and the file each stands in.
  private let scanned: [String: (description: WordDescription, signature: Signature, file: Int)]

  /// Makes a library.
  public init(
    families: [Family], files: [File] = [],
    suggestions: [String: @Sendable () -> [(text: String, summary: String)]] = [:]
  ) {
    self.families = families
    self.files = files
    self.suggestions = suggestions
    var words: [String: Word] = [:]
    for word in families.flatMap(\.words) { words[word.name] = Word(word) }
    self.words = words
    var scanned: [String: (description: WordDescription, signature: Signature, file: Int)] = [:]
    for (index, file) in files.enumerated() {
      for (description, signature) in Self.scan(file) where words[signature.name] == nil {
        scanned[signature.name] = (description, signature, index)
      }
    }
    self.scanned = scanned
  }

  /// Finds a word that is written in Swift.
  public func lookup(_ name: String) -> Builtin? { words[name]?.builtin }

  /// Tells about a word, wherever it is written; `nil` if there is none.
  public func describe(_ name: String) -> WordDescription? {
    if let word = words[name]?.builtin {
      let examples = word.examples.map {
        WordDescription.Example(input: $0.input, output: $0.output)
      }
      return WordDescription(
        heading: word.heading, summary: word.summary, details: word.details, examples: examples)
    }
    return scanned[name]?.description
  }

  /// Whether a word is written in Lepton and does nothing but make a layer: `fn word(…) = layer x -> …`.
  public func makesLayer(_ name: String) -> Bool {
    file(defining: name).map { Self.layerMakers($0).contains(name) } ?? false
  }

  private static func layerMakers(_ file: File) -> [String] {
    Parser.parse(Source(name: file.name, text: file.text)).statements.compactMap { statement in
      guard case .definition(let name, let function) = statement.kind,
        function.body.statements.count == 1,
        case .expression(let body)? = function.body.statements.first?.kind,
        case .layer = body.kind
      else { return nil }
      return name.text
    }
  }

  /// Whether there is a word of a name.
  func knows(_ name: String) -> Bool { words[name] != nil || scanned[name] != nil }

  /// The names of all words: a chapter for each family, then one for each file written in Lepton.
  public var chapters: [(title: String, names: [String])] {
    families.map { ($0.title, $0.words.map(\.name)) }
      + files.map { ("Written in Lepton: \($0.name)", Self.scan($0).map(\.1.name)) }
  }

  /// The file that defines a word.
  func file(defining name: String) -> File? { scanned[name].map { files[$0.file] } }

  /// The text of a word that is written in Lepton; `nil` for any other.
  public func text(of name: String) -> String? {
    guard let file = file(defining: name) else { return nil }
    let source = Source(name: file.name, text: file.text)
    let statement = Parser.parse(source).statements.first {
      Self.heading($0, source)?.1.name == name
    }
    return statement.map { source[$0.span] }
  }

  /// The words that a file defines: every documented name at its top.
  private static func scan(_ file: File) -> [(WordDescription, Signature)] {
    let source = Source(name: file.name, text: file.text)
    return Parser.parse(source).statements.compactMap { statement in
      guard !statement.documentation.isEmpty, let (heading, signature) = heading(statement, source)
      else { return nil }
      let documentation = Documentation(statement.documentation)
      return (
        WordDescription(
          heading: heading, summary: documentation.summary, details: documentation.details,
          examples: documentation.examples),
        signature
      )
    }
  }

  static func heading(
    _ statement: Statement, _ source: Source
  ) -> (String, Signature)? {
    switch statement.kind {
    case .definition(let name, let function):
      let end = function.parameters.last.map { $0.defaultValue?.span.end ?? $0.name.span.end }
      let parameters = end.map { source[Span(name.span.end, $0)] + ")" } ?? "()"
      return (name.text + parameters, Signature(name: name.text, function: function))
    case .assignment(let target, _) where target.path.isEmpty:
      return (target.name.text, Signature(name: target.name.text, parameters: nil))
    default: return nil
    }
  }
}

extension Library: KnownWords {
  /// The names of all words, in alphabetical order.
  public var names: [String] { (Array(words.keys) + Array(scanned.keys)).sorted() }

  /// The names of the modules that can be imported.
  public var modules: [String] { files.map(\.name) }

  /// Tells how a word is called; `nil` if there is no such word.
  public func signature(of name: String) -> Signature? {
    words[name]?.signature ?? scanned[name]?.signature
  }

  /// Whether a word only serves whoever works at the prompt.
  public func mayBeHidden(_ name: String) -> Bool { words[name]?.builtin.isForPrompt ?? false }

  /// The module that defines a word; `nil` for one that is written in Swift.
  public func module(defining name: String) -> String? { file(defining: name)?.name }

  /// What the text of a module tells; `nil` if there is none.
  public func outline(of module: String) -> ModuleOutline? {
    files.first { $0.name == module }.map {
      ModuleOutline(
        name: module, Parser.parse(Source(name: module, text: $0.text)).statements)
    }
  }
}
