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
        Without a word it lists the families of words. `words("conv")` searches. With `source=true` the text of a word that is \
        written in Lepton is shown too. At the prompt `?word` and `??word` do the same.
        """
    ) { (context: Context, word: Value, source: Bool) -> Value in
      if case .nothing = word {
        context.emit(.table(context.library.contents))
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
      "Lists the words in whose heading or sentence a text occurs, or each of several words.",
      examples: [
        "words(\"one_hot(\")":
          "word | what it does\none_hot | For each label a row of zeros with a 1 at its place.",
        "words(\"quark\")": "no word has to do with \"quark\"; help() lists all of them",
      ]
    ) { (context: Context, part: String) -> Value in
      let found = context.library.table(of: part)
      context.emit(
        found.rows.isEmpty
          ? .text("no word has to do with \(part.quoted); help() lists all of them") : .table(found)
      )
      return .nothing
    }
  }
}

extension Library {
  /// The families and their words.
  fileprivate var contents: Table {
    Table(
      columns: [.init("family"), .init("words")],
      rows: chapters.map { [.text($0.title), .text($0.names.joined(separator: ", "))] })
  }

  /// The words that have to do with a text.
  fileprivate func table(of part: String) -> Table {
    let parts = part.lowercased().split(separator: " ").map(String.init)
    let found = names.compactMap { name in describe(name).map { (name: name, word: $0) } }.filter {
      let text = ($0.word.heading + " " + $0.word.summary).lowercased()
      return parts.allSatisfy { text.occurrences(of: $0) > 0 }
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
    if let word = context.interpreter.describe(name, at: 0) ?? library.describe(name) {
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
    return [.text((text.joined(separator: "\n\n")))] + (short.isEmpty ? [] : [.table(examples)])
      + lines.map(Output.text)
  }
}
