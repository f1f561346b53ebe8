import LeptonJSON
import Testing

@Suite struct WritingTests {
  @Test("The compact form has no spaces and keeps the order of members")
  func compact() throws {
    let json: JSON = ["z": [1, -2.5, true, nil], "a": .object([]), "e": [], "t": "é\"\\\n\u{1}"]
    let text = #"{"z":[1,-2.5,true,null],"a":{},"e":[],"t":"é\"\\\n\u0001"}"#
    #expect(try json.text() == text)
  }

  @Test("The pretty form has a member or element to a line")
  func pretty() throws {
    let json: JSON = ["a": [1, ["b": 2]], "c": []]
    let text = """
      {
        "a": [
          1,
          {
            "b": 2
          }
        ],
        "c": []
      }
      """
    #expect(try json.text(.pretty) == text)
  }

  @Test(
    "Doubles have the fewest digits that read back",
    arguments: [
      (0.1, "0.1"), (1.0, "1.0"), (1e21, "1e+21"), (.leastNonzeroMagnitude, "5e-324"),
      (-0.0, "-0.0"),
      (1.0 / 3, "0.3333333333333333"),
    ])
  func doubles(value: Double, text: String) throws {
    #expect(try JSON.double(value).text() == text)
  }

  @Test("What could not be read back is refused")
  func refusals() {
    let deep = (0..<513).reduce(JSON.null) { json, _ in [json] }
    let twice = JSON.object([.init("a", 1), .init("a", 2)])
    for (json, code): (JSON, String) in [
      (.double(.nan), "json/number"), ([.double(-.infinity)], "json/number"),
      (deep, "json/depth"), (twice, "json/duplicate"),
    ] {
      let error = #expect(throws: JSONError.self) { try json.text() }
      #expect(error?.code == code)
    }
  }

  @Test("What is written reads back as the same value", arguments: 0..<200)
  func roundTrip(seed: UInt64) throws {
    var random = SplitMix(state: seed)
    let json = JSON.random(depth: 5, using: &random)
    #expect(try JSON(parsing: json.bytes()) == json)
    #expect(try JSON(parsing: json.bytes(.pretty)) == json)
  }

  @Test("Every finite double reads back bit for bit")
  func doubleBits() throws {
    var random = SplitMix(state: 7)
    for _ in 0..<20_000 {
      let value = Double(bitPattern: random.next())
      guard value.isFinite else { continue }
      let back = try JSON(parsing: JSON.double(value).bytes()).doubleValue
      #expect(back?.bitPattern == value.bitPattern)
    }
  }
}

/// SplitMix64 (Steele, Lea, Flood 2014).
struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

extension JSON {
  static func random(depth: Int, using random: inout SplitMix) -> JSON {
    switch Int.random(in: depth > 0 ? 0...7 : 0...5, using: &random) {
    case 0: .null
    case 1: .bool(.random(using: &random))
    case 2: .int(Int(truncatingIfNeeded: random.next()) >> Int.random(in: 0...63, using: &random))
    case 3: .double(Double.random(in: -1e6...1e6, using: &random))
    case 4, 5: .string(text(using: &random))
    case 6: .array((0..<4).map { _ in .random(depth: depth - 1, using: &random) })
    default:
      .object(
        (0..<20).map { Member("\($0)", .random(depth: $0 % 3 * (depth - 1) / 2, using: &random)) })
    }
  }

  static func text(using random: inout SplitMix) -> String {
    let scalars = (0..<8).compactMap { _ in
      Unicode.Scalar(
        UInt32.random(in: 0...(Bool.random(using: &random) ? 0x7F : 0x10FFFF), using: &random))
    }
    return String(String.UnicodeScalarView(scalars))
  }
}
