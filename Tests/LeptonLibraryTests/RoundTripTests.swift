import LeptonLibrary
import LeptonRuntime
import LeptonSession
import LeptonTensor
import Testing

/// A value prints as the Lepton that makes it.
@Suite struct RoundTripTests {
  private let session = Interpreter(library: .standard())

  private func word(_ name: String, _ arguments: Value...) throws -> Value {
    let word = Word(try #require(session.library.lookup(name)))
    return try word.call(Arguments(arguments), in: session.context)
  }

  @Test func `The source of any plain data gives the data again`() throws {
    var data = AnyData(state: 7, session: session)
    for _ in 0..<400 {
      let value = try data.value(depth: 3)
      let source = value.source
      let read = try word("parse_value", .string(source))
      #expect(read.source == source)
      guard case .bool(true) = try word("same", read, value) else {
        Issue.record("\(source) is read as \(read.source)")
        return
      }
    }
  }

  @Test func `A program that is the source of data gives the data`() throws {
    var data = AnyData(state: 11, session: session)
    for _ in 0..<100 {
      let source = try data.value(depth: 2).source
      let cell = Cell(id: "data", file: "data.lep", text: "value = \(source)")
      #expect(session.run(cell) { _ in } == .finished, "\(source)")
      #expect(session.definitions.first { $0.name == "value" }?.value.source == source)
    }
  }

  @Test(
    "What has a sign, a limit or no size is written exactly",
    arguments: [
      "-0.0", "inf", "-inf", "nan", "-9223372036854775808", "9223372036854775807",
      "5e-324", "1.7976931348623157e+308", "[]", "{}", "\"\"", "tensor([])", "zeros([0], int64)",
      "zeros([0, 3])", "zeros([2, 0], bool)", "tensor(3)", "tensor(0.5)", "tensor(true)",
      "float64([0.1, nan, -inf])", "uint8([0, 255])", "tensor([-9223372036854775808])",
      "{\"if\": 1, \"a b\": 2, \"\": 3, \"\\\"\": 4, \"ä\": 5}", "range(2, 11, 3)", "range(3)",
      "table({})", "table({x: [1, nothing], \"a b\": [\"q\", nothing], t: [true, nothing]})",
      "column([\"a\", nothing])", "\"\\x00\\x1b\\x7f\u{2028}\u{202E}\u{1F600}e\u{301}\"",
    ])
  func exact(source: String) throws {
    #expect(try word("parse_value", .string(source)).source.normalized == source.normalized)
  }

  @Test(
    "A text that is no plain data is refused",
    arguments: [
      "1 + 1", "print(1)", "x", "read_text(\"a\")", "", "1\n2", "[1", "x -> x", "relu", "-\"a\"",
    ])
  func refused(text: String) {
    let error = #expect(throws: LanguageError.self) { try word("parse_value", .string(text)) }
    #expect(error?.code == "value/parse")
  }
}

extension String {
  /// The text without the quotes that a key may have but does not need.
  fileprivate var normalized: String { replacing("\"ä\"", with: "ä") }
}

/// Plain data of every kind, drawn from a generator that always draws the same.
private struct AnyData {
  var state: UInt64
  let session: Interpreter

  private mutating func draw(_ count: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int((state >> 33) % UInt64(count))
  }

  private mutating func pick<Element>(_ elements: [Element]) -> Element {
    elements[draw(elements.count)]
  }

  mutating func value(depth: Int) throws -> Value {
    switch draw(depth > 0 ? 12 : 5) {
    case 0: return pick([.nothing, .bool(true), .bool(false)])
    case 1: return .int(int())
    case 2, 3: return .float(float())
    case 4: return .string(string())
    case 5, 6: return .list(try (0..<draw(5)).map { _ in try value(depth: depth - 1) })
    case 7, 8:
      return .record(
        try (0..<draw(12)).reduce(into: Record()) { record, _ in
          record[string()] = try value(depth: depth - 1)
        })
    case 9: return .tensor(try tensor())
    case 10:
      return .object(try IntegerRange(from: draw(9) - 4, to: draw(20) - 10, by: pick([1, 2, -3])))
    default: return try table()
    }
  }

  private mutating func int() -> Int {
    pick([0, -1, 42, .max, .min, draw(1_000_000) - 500_000])
  }

  private mutating func float() -> Double {
    let bits = UInt64(draw(1 << 31)) << 33 ^ UInt64(draw(1 << 31)) << 2
    return pick([
      0, -0.0, .infinity, -.infinity, .nan, 0.1, 1e300, .leastNonzeroMagnitude, -123456.789,
      Double(bitPattern: bits).isNaN ? 1 : Double(bitPattern: bits),
    ])
  }

  private mutating func string() -> String {
    let scalars: [Unicode.Scalar] = [
      "a", "Z", "_", "0", " ", "\"", "\\", "\n", "\t", "\r", "{", "}", "\0", "\u{1B}", "\u{7F}",
      "ä",
      "日", "\u{301}", "\u{200D}", "\u{2028}", "\u{202E}", "\u{FEFF}", "😀", "#", "'", "\u{10FFFF}",
    ]
    var text = String.UnicodeScalarView()
    for _ in 0..<draw(8) { text.append(pick(scalars)) }
    return String(text)
  }

  private mutating func tensor() throws -> Tensor {
    let type = pick(ElementType.allCases)
    let shape = (0..<draw(4)).map { _ in draw(4) }
    let count = shape.reduce(1, *)
    if type == .int64 { return try Tensor((0..<count).map { _ in int() }, shape: shape) }
    let isWhole = !type.isFloat
    let numbers = (0..<count).map { _ in isWhole ? Double(draw(100)) : float() }
    return try Tensor(numbers, shape: shape, type: .float64).cast(to: type)
  }

  private mutating func table() throws -> Value {
    let count = draw(4)
    var columns = Record()
    for _ in 0..<draw(4) {
      let kind = draw(4)
      let values = (0..<count).map { _ -> Value in
        if draw(4) == 0 { return .nothing }
        switch kind {
        case 0: return .int(int())
        case 1: return .float(float())
        case 2: return .bool(draw(2) == 0)
        default: return .string(string())
        }
      }
      columns[string()] = .list(values)
    }
    let word = try #require(session.library.lookup("table"))
    return try Word(word).call(Arguments([.record(columns)]), in: session.context)
  }
}
