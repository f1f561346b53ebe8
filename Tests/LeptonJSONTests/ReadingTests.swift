import LeptonJSON
import Testing

@Suite struct ReadingTests {
  @Test(
    "Every kind of value is read",
    arguments: [
      ("null", JSON.null), ("true", true), ("false", false), ("0", 0), ("-7", -7),
      ("9223372036854775807", .int(.max)), ("-9223372036854775808", .int(.min)),
      ("1.5", 1.5), ("1e3", 1000.0), ("1E+2", 100.0), ("25e-1", 2.5), ("-0.0", .double(-0.0)),
      (#""""#, ""), (#""a\"b\\c\/d\b\f\n\r\t""#, "a\"b\\c/d\u{8}\u{c}\n\r\t"),
      (#""\u00e9\u20AC\ud83d\ude00é😀""#, "é€😀é😀"), ("[]", []), ("{}", .object([])),
      (" [ 1 , [ 2 ] ] ", [1, [2]]), ("{\"a\" : {\"b\":[null]}}\n", ["a": ["b": [nil]]]),
    ] as [(String, JSON)])
  func values(text: String, json: JSON) throws {
    #expect(try JSON(parsing: text) == json)
  }

  @Test("A whole number that 64 bits do not hold is the nearest double")
  func largeNumbers() throws {
    #expect(try JSON(parsing: "9223372036854775808") == .double(0x1p63))
    #expect(try JSON(parsing: "123456789012345678901234567890") == .double(1.2345678901234568e29))
  }

  @Test("A negative zero keeps its sign")
  func negativeZero() throws {
    #expect(try JSON(parsing: "-0").doubleValue?.sign == .minus)
  }

  @Test(
    "A number between two doubles is the nearer one",
    arguments: [
      "0.1", "2.2250738585072014e-308", "5e-324", "1.7976931348623157e308", "9007199254740993.0",
      "0.30000000000000004", "123456.789e-30", "1e23", "8.5e22", "1e-400",
    ])
  func nearestDouble(text: String) throws {
    #expect(try JSON(parsing: text).doubleValue == Double(text))
  }

  @Test("Members keep their order")
  func order() throws {
    let names = (0..<50).map { "k\($0 * 7 % 50)" }
    let text = "{" + names.map { "\"\($0)\":0" }.joined(separator: ",") + "}"
    #expect(try JSON(parsing: text).members?.map(\.key) == names)
  }

  @Test(
    "What RFC 8259 does not allow is refused with its place",
    arguments: [
      ("", "json/syntax", 1, 1), ("  ", "json/syntax", 1, 3), ("[1,]", "json/syntax", 1, 4),
      ("[1 2]", "json/syntax", 1, 4), ("{\"a\" 1}", "json/syntax", 1, 6),
      ("{a:1}", "json/syntax", 1, 2), ("{\"a\":1,}", "json/syntax", 1, 8),
      ("tru", "json/syntax", 1, 1), ("nan", "json/syntax", 1, 1), ("'a'", "json/syntax", 1, 1),
      ("// x", "json/syntax", 1, 1), ("\u{FEFF}1", "json/syntax", 1, 1),
      ("01", "json/number", 1, 1), ("1.", "json/syntax", 1, 3), (".5", "json/syntax", 1, 1),
      ("+1", "json/syntax", 1, 1), ("1e", "json/syntax", 1, 3), ("-", "json/syntax", 1, 2),
      ("1e400", "json/number", 1, 1), ("-1e99999999999999999999", "json/number", 1, 1),
      ("1 2", "json/trailing", 1, 3), ("[]x", "json/trailing", 1, 3),
      ("\"a", "json/text", 1, 3), ("\"a\nb\"", "json/text", 1, 3),
      (#""\x""#, "json/text", 1, 2), (#""\u12g4""#, "json/text", 1, 2),
      (#""\ud800""#, "json/text", 1, 2), (#""\udc00""#, "json/text", 1, 2),
      (#""\ud800\u0041""#, "json/text", 1, 2), (#"{"a":1,"a":2}"#, "json/duplicate", 1, 8),
      ("[1,\n 2,\n é]", "json/syntax", 3, 2), ("{\"é\":1,\n\"é\": x}", "json/duplicate", 2, 1),
    ])
  func refusals(text: String, code: String, line: Int, column: Int) {
    let error = #expect(throws: JSONError.self) { try JSON(parsing: text) }
    #expect(error?.code == code)
    #expect(error?.place == JSONError.Place(line: line, column: column))
  }

  @Test("A name that stands twice among many is refused")
  func duplicateAmongMany() {
    let names = (0..<40).map { "\"k\($0)\":0" } + ["\"k3\":1"]
    let error = #expect(throws: JSONError.self) {
      try JSON(parsing: "{" + names.joined(separator: ",") + "}")
    }
    #expect(error?.code == "json/duplicate")
  }

  @Test("Bytes that are no UTF-8 are refused inside and outside of texts")
  func badUTF8() {
    for bytes: [UInt8] in [
      [0x22, 0xFF, 0x22], [0x22, 0xC0, 0x80, 0x22], [0xFF], [0x22, 0xED, 0xA0, 0x80, 0x22],
    ] {
      #expect(throws: JSONError.self) { try JSON(parsing: bytes) }
    }
  }

  @Test("512 levels are read, 513 and a million are refused")
  func depth() throws {
    func nested(_ depth: Int) -> String {
      String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    }
    _ = try JSON(parsing: nested(512))
    for depth in [513, 1_000_000] {
      let error = #expect(throws: JSONError.self) { try JSON(parsing: nested(depth)) }
      #expect(error?.code == "json/depth")
    }
    #expect(throws: JSONError.self) {
      try JSON(parsing: String(repeating: "{\"a\":", count: 1_000_000))
    }
  }

  @Test("Every beginning of a text and every changed byte is a value or an error")
  func hostile() throws {
    let text = #"{"a":[1,-2.5e3,true,null,"x\u00e9\ud83d\ude00\n"],"b":{"c":""},"d":1e-5}"#
    let bytes = Array(text.utf8)
    for end in 0..<bytes.count {
      #expect(throws: JSONError.self) { try JSON(parsing: Array(bytes[..<end])) }
    }
    for index in bytes.indices {
      for bit in 0..<8 {
        var changed = bytes
        changed[index] ^= 1 << bit
        guard let json = try? JSON(parsing: changed) else { continue }
        #expect(try JSON(parsing: json.bytes()) == json)
      }
    }
  }
}
