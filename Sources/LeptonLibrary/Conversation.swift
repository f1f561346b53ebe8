import LeptonRuntime
import LeptonSession
import LeptonSyntax

extension Library {
  /// Words that talk to whoever reads along.
  static var conversation: Family {
    Family("Conversation", [print, help, words, explain])
  }

  private static var print: Builtin {
    Builtin(
      "print(values..., separator = \" \")", "Prints values side by side.",
      details: "A table is printed below what stands before it.",
      examples: ["print(\"loss\", 0.5)": "loss 0.5", "print(1, 2, separator=\"-\")": "1-2"]
    ) { (context: Context, values: [Value], separator: String) in
      for output in outputs(of: values, separator) { context.emit(output) }
      return Value.nothing
    }
  }

  /// The values that are no tables as texts side by side, the tables between them.
  private static func outputs(of values: [Value], _ separator: String) -> [Output] {
    var outputs: [Output] = []
    var texts: [String] = []
    func flush() {
      if !texts.isEmpty { outputs.append(.text(texts.joined(separator: separator))) }
      texts = []
    }
    for value in values {
      if case .object(let table as TableObject) = value {
        flush()
        outputs.append(.table(table.output))
      } else {
        texts.append(value.text)
      }
    }
    flush()
    return outputs.isEmpty ? [.text("")] : outputs
  }

  private static var help: Builtin {
    Builtin(
      "help(word = nothing, source = false)",
      "Tells about a word: how it is called, what it does, examples.",
      details: """
        Without a word it tells where to begin, and lists the families of words. `words("conv")` searches. With `source=true` the text of a word that is \
        written in Lepton is shown too. At the prompt `?word` and `??word` do the same.
        """
    ) { (context: Context, word: Value, source: Bool) -> Value in
      if case .nothing = word {
        context.emit(.text(context.library.contents))
        return .nothing
      }
      for output in try WordHelp(about: word, withSource: source, in: context).outputs {
        context.emit(output)
      }
      return .nothing
    }
  }

  private static var explain: Builtin {
    Builtin(
      "explain(code = \"\")", "Explains a code of a message, with a wrong and a right program.",
      details: """
        `explain("shape/inner")` is the page about one code, `explain("shape")` lists the codes of an area, `explain()` lists all. \
        In `catch e { … }` the code is `e.code`.
        """,
      examples: [
        "explain(\"random\")": "code | what happened\nrandom/key | a draw of chance has no key"
      ]
    ) { (context: Context, code: String) -> Value in
      if let page = Explanation.page(about: code) {
        context.emit(.text(page.page))
      } else {
        context.emit(.table(try Explanation.table(of: code)))
      }
      return .nothing
    }
  }

  private static var words: Builtin {
    Builtin(
      "words(part = \"\")",
      "Lists the words in whose heading, sentence or family a text occurs, or each of several words.",
      examples: [
        "words(\"one_hot(\")":
          "word | what it does\none_hot | For each label a row of zeros with a 1 at its place.",
        "words(\"quark\")": "no word has to do with \"quark\"; help() lists the families of words",
      ]
    ) { (context: Context, part: String) -> Value in
      let found = context.library.table(of: part)
      context.emit(
        found.rows.isEmpty
          ? .text("no word has to do with \(part.quoted); help() lists the families of words")
          : .table(found)
      )
      return .nothing
    }
  }
}

extension Library {
  /// Where to begin, and the families of words.
  fileprivate var contents: String {
    """
    ?dense, or help("dense"), tells about a word
    words("conv") finds words, words("charts") lists those of a family
    tutorial() takes ten minutes, lesson() lists the lessons with exercises
    vars() lists what is defined, save_session("a.lnb") keeps it as a notebook
    quit() or Ctrl-D leaves

    Families of words:
    \(families.map(\.title).joined(separator: " · "))

    Those written in Lepton, whose text ??word shows:
    \(modules.joined(separator: " · "))
    """
  }

  /// The words that have to do with a text.
  fileprivate func table(of part: String) -> Table {
    let parts = part.lowercased().split(separator: " ").map(String.init)
    let titles = Dictionary(chapters.flatMap { title, names in names.map { ($0, title) } }) { $1 }
    let found = names.compactMap { name in describe(name).map { (name: name, word: $0) } }.filter {
      let text = "\($0.word.heading) \($0.word.summary)".lowercased()
      let title = (titles[$0.name] ?? "").lowercased().split { !$0.isLetter && $0 != "_" }
      return parts.allSatisfy { part in
        text.occurrences(of: part) > 0 || title.contains { $0 == part || $0 == part + "s" }
      }
    }
    return Table(
      columns: [.init("word"), .init("what it does")],
      rows: found.map { [.text($0.name), .text($0.word.summary)] })
  }
}

/// What `help` tells about one word.
private struct WordHelp {
  let outputs: [Output]

  /// Looks a word up, given itself or by its name, which a cell may have defined.
  ///
  /// - Throws: `name/unknown` if there is no such word.
  init(about value: Value, withSource: Bool, in context: Context) throws {
    let library = context.library
    let name: String
    switch value {
    case .string(let string): name = string
    case .function(let function): name = function.name
    default:
      outputs = [.text("\(value.typeDescription): \(value.display)")]
      return
    }
    let word =
      WordHelp.documentation(of: value) ?? context.interpreter.describe(name, at: 0)
      ?? library.describe(name)
    if let word {
      outputs =
        WordHelp.outputs(about: word)
        + (withSource ? [.text(WordHelp.source(of: name, value, in: context))] : [])
    } else if case .function(let function) = value {
      outputs = [.text(function.source)]
    } else {
      throw LanguageError(
        "name/unknown", "there is no word `\(name)`",
        help: Spelling.nearest(to: name, in: library.names).map { ["did you mean `\($0)`?"] }
          ?? ["words(\"\(name)\") searches"])
    }
  }

  /// What a function tells by itself: one of the cell at hand has no name yet that the session knows.
  private static func documentation(of value: Value) -> WordDescription? {
    if case .function(let closure as Closure) = value { closure.documented } else { nil }
  }

  /// The text of a word, or a sentence about why there is none.
  private static func source(of name: String, _ value: Value, in context: Context) -> String {
    let defined = context.interpreter.definitions.first { $0.name == name }?.value ?? value
    if case .function(let closure as Closure) = defined { return closure.source }
    return context.library.text(of: name) ?? "`\(name)` is written in Swift"
  }

  private static func outputs(about word: WordDescription) -> [Output] {
    let text = [word.heading, word.summary, word.details].filter { !$0.isEmpty }
    let lines = word.examples.filter { $0.input.contains("\n") }.map { example in
      "\n" + example.input + example.output.split(separator: "\n").map { "\n#=> \($0)" }.joined()
    }
    let short = word.examples.filter { !$0.input.contains("\n") }
    let examples = Table(
      columns: [.init("example"), .init("gives")],
      rows: short.map { [.text($0.input), .text($0.output)] })
    let end = short.isEmpty ? "" : "\n"  // A table stands below an empty line.
    return [.text(text.joined(separator: "\n\n") + end)] + (short.isEmpty ? [] : [.table(examples)])
      + lines.map(Output.text)
  }
}
