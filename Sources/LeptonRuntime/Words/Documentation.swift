import LeptonSession

/// What the `##` lines above a definition say: a sentence, more text, and examples.
///
/// ```
/// ## The larger of two numbers.
/// ## >>> larger(1, 2)
/// ## 2
/// ```
///
/// An example begins with `>>>`, goes on in lines that begin with `...`, and gives what stands below.
struct Documentation {
  /// The lines up to the first that ends with a full stop, as one.
  private(set) var summary = ""
  /// What follows the sentence.
  private(set) var details = ""
  private(set) var examples: [WordDescription.Example] = []

  init(_ text: String) {
    for line in text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) {
      if line.hasPrefix(">>> ") {
        examples.append(.init(input: String(line.dropFirst(4)), output: ""))
      } else if let last = examples.last {
        examples[examples.count - 1] = Self.continued(last, line)
      } else if !summary.hasSuffix(".") {
        summary += (summary.isEmpty ? "" : " ") + line
      } else {
        details += (details.isEmpty ? "" : "\n") + line
      }
    }
  }

  private static func continued(
    _ example: WordDescription.Example, _ line: String
  ) -> WordDescription.Example {
    if example.output.isEmpty, line.hasPrefix("... ") {
      return .init(input: example.input + "\n" + line.dropFirst(4), output: "")
    }
    let output = example.output.isEmpty ? line : example.output + "\n" + line
    return .init(input: example.input, output: output)
  }
}
