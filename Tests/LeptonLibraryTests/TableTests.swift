import LeptonLibrary
import LeptonRuntime
import LeptonSyntax
import Testing

/// What every row of the table of words must have.
@Suite struct TableTests {
  private let families = Library.standard().families
  private var words: [Builtin] { families.flatMap(\.words) }

  @Test func `No two words have the same name`() {
    var seen: Set<String> = []
    for word in words {
      #expect(seen.insert(word.name).inserted, "\(word.name) is in the table twice")
    }
  }

  @Test func `Every heading is Lepton`() {
    for word in words {
      let heading = Parser.parseHeading(Source(name: "heading", text: word.heading))
      #expect(heading.name == word.name)
      #expect(heading.diagnostics.isEmpty, "\(word.heading)")
    }
  }

  @Test func `No word is a keyword of the language`() {
    for word in words {
      let parsed = Parser.parse(Source(name: "word", text: word.name))
      #expect(parsed.diagnostics.isEmpty, "\(word.name) cannot be written")
    }
  }

  @Test func `Every word has one sentence that ends in a full stop`() {
    for word in words {
      #expect(word.summary.hasSuffix("."), "\(word.name): \(word.summary)")
      #expect(!word.summary.dropLast().contains(". "), "\(word.name): \(word.summary)")
      #expect(word.summary.first?.isLowercase == false, "\(word.name): \(word.summary)")
    }
  }

  @Test func `Every example of a word is Lepton`() {
    for word in words {
      for example in word.examples {
        let parsed = Parser.parse(Source(name: "example", text: example.input))
        #expect(parsed.diagnostics.isEmpty, "\(word.name): \(example.input)")
      }
    }
  }

  @Test func `Families have different titles and are not empty`() {
    #expect(Set(families.map(\.title)).count == families.count)
    #expect(families.allSatisfy { !$0.words.isEmpty })
  }

  /// Words whose result depends on files or is only shown; they are tested elsewhere.
  private static let withoutExamples: Set<String> = [
    "help", "read_text", "write_text", "csv", "write_csv", "csv_report", "csv_parts", "jsonl",
    "jsonl_report", "jsonl_parts", "text_parts",
    "npy", "write_npy", "npz", "write_npz", "idx", "safetensors", "write_safetensors", "wav",
    "write_wav", "write_image", "file_names", "array_file",
  ]

  @Test func `Every general word has an example`() {
    let general = [
      "Numbers", "Sums, means and extremes", "Text", "Lists", "Lists and functions", "Records",
      "Values", "Tensors", "The structure of tensors", "Arithmetic of tensors", "Chance",
      "Gradients", "Running", "Files", "Conversation",
    ]
    for family in families where general.contains(family.title) {
      for word in family.words where !Self.withoutExamples.contains(word.name) {
        #expect(!word.examples.isEmpty, "\(word.name) has no example")
      }
    }
  }
}
