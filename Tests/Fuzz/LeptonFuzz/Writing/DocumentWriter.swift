import LeptonJSON
import LeptonLink
import LeptonNotebook
import LeptonSession

/// Writes notebooks, JSON texts and frames: mostly right ones.
struct DocumentWriter {
  var program: ProgramWriter

  private var dice: Dice {
    get { program.dice }
    set { program.dice = newValue }
  }

  // MARK: Notebooks

  /// A notebook with cells, expectations, prose and front matter.
  mutating func notebook() -> String {
    var text = dice.happens(70) ? frontMatter() : ""
    for _ in 0..<(1 + dice.below(6)) { text += part() }
    return text
  }

  private mutating func part() -> String {
    switch dice.below(8) {
    case 0...2: return fence("lepton" + attributes(), program.program())
    case 3: return fence("expect" + (dice.happens(30) ? attributes() : ""), expectation())
    case 4: return fence(dice.pick(["", "python", "leptons", "lepton\u{A0}", "LEPTON"]), "x")
    case 5:
      return dice.pick(Self.regions) + "\n" + dice.pick(Self.prose) + "\n<!-- lepton:end -->\n"
    default: return dice.pick(Self.prose) + "\n\n"
    }
  }

  private mutating func fence(_ info: String, _ content: String) -> String {
    let mark = dice.pick(["```", "```", "```", "~~~", "````", "``", "  ```", "- ```", "> ```"])
    return "\(mark)\(info)\n\(content)\n\(dice.happens(95) ? mark : "")\n"
  }

  private mutating func attributes() -> String {
    let names = CellAttributes.rows.map(\.name)
    return (0..<dice.below(4)).map { _ in
      let value = dice.pick([
        "=true", "=false", "=60s", "=2m", "=shape/inner", "=1e-3", "=-1", "", "=\"a b\"", "=\"",
        "=",
        "=9999999999999999999", "=nan", "=1e999s", "=a,b", "=hide",
      ])
      return " "
        + (dice.happens(20)
          ? dice.pick(["#a", "#", "#日本", "#a", "{#b}"]) : dice.pick(names) + value)
    }.joined()
  }

  private mutating func expectation() -> String {
    (0..<dice.below(5)).map { _ in
      dice.pick([
        "...", "[..]", "2.718±0.001", "1±", "±1%", "3.0±50%", "[..]10.0[..]", "", "a b",
        "| a | b |",
        "|---|---|", "nan±inf", "1e999", "-0", "0x1F", "٣", "1_000", "error[shape/inner]: [..]",
      ])
    }.joined(separator: "\n")
  }

  private mutating func frontMatter() -> String {
    let lines = (0..<dice.below(7)).map { _ in dice.pick(Self.settings) }
    return "---\n\(lines.joined(separator: "\n"))\n\(dice.happens(95) ? "---" : "")\n"
  }

  private static let settings = [
    "title: A notebook", "seed: 1", "seed: -9223372036854775808", "seed: 1e3", "threads: 2",
    "timeout: 60s", "timeout: nan", "timeout: -1s", "rtol: 1e-3", "atol: .inf", "title: [1, 2]",
    "params:", "  epochs:", "    default: 60", "    min: 1", "    max: 3", "    help: how often",
    "    choices: [1, 2, \"a\"]", "    type: int", "  a: 1", "  a: 2",
    "  lr: {default: 0.1, min: 0}",
    "metrics:", "  accuracy: {min: 0.9}", "  loss: {max: nan}", "  x: {value: 1, atol: 1}",
    "a: &a [*a]", "b: &b {x: *b}", "? [complex, key]\n: value", "!!binary abc", "{", "\ttab: 1",
    "<<: {a: 1}", "seed: 0x1F", "seed: 1_000", "seed: yes", "unknown: 1", "'", "\"", "# comment",
    "- list", "title: |\n  more\n  lines", "\u{1F600}: 1", "null", "~: ~", "title: !!str 1",
  ]

  private static let prose = [
    "# A heading", "Some *prose* with `code`.", "A heading\n===", "* a\n* b\n\n  c", "> quote",
    "<div>\n", "| a | b |\n|---|---|\n| 1 | 2 |", "    indented", "[link](x)", "\\", "***", "---",
    "<!--", "-->", "\u{0B}", "```", "日本 🎉", "[a]: b", "<script>",
    "1. x\n   ```lepton\n   1\n   ```",
  ]

  private static let regions =
    OutputRegion.allCases.map(\.opening) + [
      OutputRegion.end, "<!-- lepton:out 5 -->", "<!--lepton:out-->", "<!-- lepton: -->",
    ]

  // MARK: JSON and frames

  /// A JSON text.
  mutating func json() -> String {
    program.budget = 40
    return value(depth: 0)
  }

  private mutating func value(depth: Int) -> String {
    program.budget -= 1
    guard depth < 12, program.budget > 0 else { return dice.pick(Self.scalars) }
    switch dice.below(6) {
    case 0: return "[" + members(depth) { $0.value(depth: depth + 1) } + "]"
    case 1:
      return "{"
        + members(depth) { "\($0.dice.pick(Self.texts)): \($0.value(depth: depth + 1))" } + "}"
    case 2: return dice.pick(Self.texts)
    case 3: return dice.happens(5) ? String(repeating: "[", count: 600) : dice.pick(Self.scalars)
    default: return dice.pick(Self.scalars)
    }
  }

  private mutating func members(_ depth: Int, _ one: (inout Self) -> String) -> String {
    (0..<dice.below(5)).map { _ in one(&self) }.joined(separator: dice.pick([",", ", ", ",\n"]))
  }

  private static let scalars = [
    "0", "-0", "1", "-1.5", "1e3", "1E-400", "1e308", "1e309", "9223372036854775807", "1.0",
    "9223372036854775808", "-9223372036854775808", "0.1", "true", "false", "null", "01", "1.", "+1",
    "5e-324", "123456789012345678901234567890", "0e99999", "nul", "-", "1e",
  ]

  private static let texts = [
    "\"a\"", "\"\"", "\"b\"", "\"\\u00e9\"", "\"\\ud83d\\ude00\"", "\"\\ud83d\"", "\"\\n\\t\\\\\"",
    "\"日本\"", "\"\u{1}\"", "\"\\u0000\"", "\"\\x\"", "\"e\u{301}\"", "\"é\"", "\"unclosed",
  ]

  /// Frames with messages.
  mutating func frames() -> [UInt8] {
    (0..<(1 + dice.below(4))).flatMap { _ in frame() }
  }

  private mutating func frame() -> [UInt8] {
    let cell = Cell(
      id: "a", file: "b", text: program.program(), firstLine: dice.pick([1, 0, -1, .max]),
      seed: dice.pick([0, .min]))
    let number = dice.pick([Double.nan, .infinity, -0.0, 1])
    let requests: [Request] = [
      .run(cell, run: 1), .check([cell, cell]), .isComplete(cell.text), .goodbye,
      .complete(cell.text, offset: dice.pick([0, -1, .max])), .interrupt(run: .min),
      .hello(WorkerOptions()),
    ]
    let replies: [Reply] = [
      .welcome, .ended(.failed), .refused("no"),
      .event(.output(.value(ValueText("1", type: "int")))),
      .event(.output(.record(Metric(name: "a", value: number, isInteger: false)))),
    ]
    let payload =
      dice.happens(50)
      ? Self.payload(of: dice.pick(requests)) : Self.payload(of: dice.pick(replies))
    let json = dice.happens(30) ? Array(self.json().utf8) : payload
    return (try? Frame(payload: json).bytes) ?? []
  }

  private static func payload(of message: some Encodable) -> [UInt8] {
    (try? Frame(message).payload) ?? []
  }
}
