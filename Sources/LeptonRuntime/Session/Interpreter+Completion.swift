import LeptonSession
import LeptonSyntax

// What may stand at a place of an entry. Values that names have are looked at; nothing is evaluated.
extension Interpreter {
  /// How many completions are given; of more only these, and the last, so that it can be told what all
  /// have in common.
  private static let mostCompletions = 400
  /// How many elements of a list are looked at to tell which words take it.
  private static let probedElements = 100

  /// Finds what may stand at a place of a text: fields and words behind a dot, keys between quotes in
  /// brackets, texts that a word takes, else names of arguments, names and words.
  public func complete(_ text: String, at offset: Int) -> [Completion] {
    let before = String(decoding: text.utf8.prefix(max(0, offset)), as: UTF8.self)
    let place = CompletionPlace(endOf: before)
    switch place.kind {
    case .other: return []
    case .key(let chain): return fields(of: value(of: chain), for: place.word)
    case .text: return texts(at: place)
    case .field(let chain):
      let value = chain.flatMap { self.value(of: $0) }
      return fields(of: value, for: place.word).filter { Self.isName($0.text) }
        + words(taking: value, for: place.word)
    case .name:
      return arguments(of: place)
        + completions(known(beginning: place.word), for: place.word) { summary(of: $0) }
    }
  }

  /// The names, words and keywords that begin so, in order; a keyword only where something was typed.
  ///
  /// Of many names only those are sorted that are meant.
  private func known(beginning prefix: String) -> [String] {
    let names = globals.keys.filter { $0.begins(with: prefix) && !Self.isResult($0) }
    let words = library.names.filter { $0.begins(with: prefix) && globals[$0] == nil }
    let keywords = prefix.isEmpty ? [] : Keyword.allCases.map(\.rawValue)
    return (names + words + keywords.filter { $0.begins(with: prefix) }).sorted()
  }

  /// The value that names joined by dots have.
  private func value(of chain: [String]) -> Value? {
    guard let first = chain.first, let slot = globals[first] else { return nil }
    return chain.dropFirst().reduce(Value(slot)) { value, name in
      value.flatMap { (try? Fields.value(of: name, in: $0)) ?? nil }
    }
  }

  private func summary(of name: String) -> String {
    if let slot = globals[name] { return Value(slot).summary }
    return library.describe(name)?.summary ?? Keyword(rawValue: name)?.sentence ?? ""
  }

  /// Whether a field may stand behind a dot, and not only in quotes.
  private static func isName(_ text: String) -> Bool {
    Lexer.tokens(of: Source(name: "", text: text)).first.map {
      $0.kind == .identifier && $0.span.end == text.utf8.count
    } ?? false
  }

  /// What the word that is being called takes as a text.
  private func texts(at place: CompletionPlace) -> [Completion] {
    let (count, name) = place.argument
    guard let callee = place.callee, globals[callee] == nil,
      let parameters = library.signature(of: callee)?.parameters,
      let parameter = name ?? (parameters.indices.contains(count) ? parameters[count].name : nil)
    else { return [] }
    if parameter == "word" {
      return completions(library.names, for: place.word) { summary(of: $0) }
    }
    let known = library.suggestions[parameter]?() ?? []
    let summaries = Dictionary(known.map { ($0.text, $0.summary) }) { first, _ in first }
    return completions(known.map(\.text), for: place.word) { summaries[$0] ?? "" }
  }

  private func fields(of value: Value?, for prefix: String) -> [Completion] {
    guard let value else { return [] }
    return completions(Fields.names(of: value), for: prefix) { name in
      ((try? Fields.value(of: name, in: value)) ?? nil)?.summary ?? ""
    }
  }

  /// The words that take a value as their first; where that is not known, all that begin as typed.
  private func words(taking value: Value?, for prefix: String) -> [Completion] {
    let value = value.map(Self.probe)
    let words = library.names.filter { name in
      guard name.begins(with: prefix), globals[name] == nil,
        library.signature(of: name)?.parameters?.isEmpty == false
      else { return false }
      return value.flatMap { library.lookup(name)?.takes($0) } ?? !prefix.isEmpty
    }
    let functions =
      prefix.isEmpty
      ? []
      : globals.filter { $0.key.begins(with: prefix) && Value($0.value).callable != nil }.map(\.key)
    return completions((words + functions).sorted(), for: prefix) { summary(of: $0) }
  }

  private static func probe(_ value: Value) -> Value {
    if case .list(let elements) = value, elements.count > probedElements {
      return .list(Array(elements.prefix(probedElements)))
    }
    return value
  }

  /// The names of the arguments that a call may still be given.
  private func arguments(of place: CompletionPlace) -> [Completion] {
    guard let callee = place.callee else { return [] }
    let headings: [(name: String, summary: String)]
    if case .function(let closure as Closure)? = globals[callee].map({ Value($0) }) {
      headings = closure.parameterNames.map { ($0, "argument") }
    } else {
      headings = (library.signature(of: callee)?.parameters ?? []).filter { !$0.isVariadic }.map {
        (
          $0.name,
          $0.defaultValue.map { "argument, else \(Printer.print($0))" } ?? "argument, needed"
        )
      }
    }
    return headings.filter { $0.name.hasPrefix(place.word) && !place.given.contains($0.name) }.map {
      Completion(
        text: $0.name + "=", replaces: place.word.utf8.count, summary: $0.summary)
    }
  }

  private func completions(
    _ names: [String], for prefix: String, summary: (String) -> String
  ) -> [Completion] {
    var found = names.filter { $0.begins(with: prefix) && $0 != prefix }
    if let last = found.last, found.count > Self.mostCompletions {
      found = found.prefix(Self.mostCompletions - 1) + [last]
    }
    return found.map {
      Completion(text: $0, replaces: prefix.utf8.count, summary: summary($0))
    }
  }
}

extension String {
  /// Whether the text begins with the bytes of another, which takes less time than to compare characters.
  fileprivate func begins(with prefix: String) -> Bool { utf8.starts(with: prefix.utf8) }
}
