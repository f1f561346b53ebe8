import LeptonJSON
import Testing

@Suite struct CodingTests {
  struct Everything: Codable, Equatable {
    var flag = true
    var small: Int8 = -128
    var large: UInt64 = 1 << 62
    var float: Float = 0.1
    var double = -0.0
    var text = "é\n"
    var bytes: [UInt8] = [0, 1, 254, 255]
    var numbers = [1.5, .infinity, -.infinity]
    var missing: Int?
    var present: [UInt8]? = []
    var names = ["b": 1, "a": 2]
    var numbered = [3: "x"]
    var shape: Shape = .rectangle(width: 2, height: 3)
    var shapes: [Shape] = [.empty, .circle(1.5)]
    var mark: Mark = .line
    var nested: [[Int]] = [[], [1, 2]]
    var optionals: [Int?] = [1, nil]
  }

  enum Shape: Codable, Equatable {
    case empty
    case circle(Double)
    case rectangle(width: Int, height: Int)
  }

  enum Mark: String, Codable { case line, point }

  @Test("A value of every kind reads back")
  func roundTrip() throws {
    let json = try JSON(encoding: Everything())
    #expect(try Everything(decoding: JSON(parsing: json.bytes())) == Everything())
  }

  @Test("Bytes are Base64, and doubles without a number are words")
  func forms() throws {
    #expect(try JSON(encoding: [UInt8]("hello".utf8)) == "aGVsbG8=")
    #expect(try JSON(encoding: [Double.nan, .infinity, -.infinity]) == ["nan", "inf", "-inf"])
    #expect(try Double(decoding: "nan").isNaN)
    #expect(try JSON(encoding: ["x": [UInt8(1)] as [UInt8]?]) == ["x": "AQ=="])
  }

  @Test("Bytes of every length read back, and Base64 of another form is refused")
  func base64() throws {
    for count in 0..<70 {
      let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 151 &+ count) }
      #expect(try [UInt8](decoding: JSON(encoding: bytes)) == bytes)
    }
    for text in ["A", "AA", "AAA", "A===", "AB==", "AAB=", "AA==AAAA", "AA A", "ÄÄ", "===="] {
      #expect(throws: JSONError.self) { try [UInt8](decoding: .string(text)) }
    }
  }

  @Test("Members stand in the order of the declaration, those of dictionaries sorted")
  func order() throws {
    let json = try JSON(encoding: Everything())
    #expect(json.members?.prefix(3).map(\.key) == ["flag", "small", "large"])
    let names = Dictionary(uniqueKeysWithValues: (0..<40).map { ("k\($0)", $0) })
    #expect(try JSON(encoding: names).members?.map(\.key) == names.keys.sorted())
  }

  @Test("Names that a type does not know are passed over")
  func unknownNames() throws {
    let json: JSON = ["x": 1, "name": "loss", "value": 0.5]
    #expect(try Measure(decoding: json) == Measure(name: "loss", value: 0.5))
  }

  struct Measure: Codable, Equatable {
    var name: String
    var value: Double
  }

  struct Report: Codable {
    var cells: [Measure]
  }

  @Test(
    "A mistake is told with its place in the whole",
    arguments: [
      (
        ["cells": [["name": "a", "value": 1], ["name": "b", "value": "x"]]],
        "`cells[1].value`: expected a number, found a text"
      ),
      (["cells": [["name": "a"]]], "`cells[0]`: the name `value` is missing"),
      (["cells": 3], "`cells`: expected an array, found 3"),
      ([1], "expected an object, found an array"),
    ] as [(JSON, String)])
  func mistakes(json: JSON, message: String) {
    let error = #expect(throws: JSONError.self) { try Report(decoding: json) }
    #expect(error?.message == message)
    #expect(error?.code == "json/value")
  }

  @Test("A number that the type cannot hold is refused, never rounded")
  func exactness() throws {
    #expect(try Int(decoding: 3.0) == 3)
    #expect(throws: JSONError.self) { try Int(decoding: 3.5) }
    #expect(throws: JSONError.self) { try Int8(decoding: 128) }
    #expect(throws: JSONError.self) { try UInt(decoding: -1) }
    #expect(throws: JSONError.self) { try Int(decoding: 1e18) }
    #expect(throws: JSONError.self) { try Float(decoding: 1e300) }
    #expect(throws: JSONError.self) { try JSON(encoding: UInt64.max) }
    #expect(throws: JSONError.self) { try Mark(decoding: "area") }
  }

  /// A value that stands in itself, as often as wished.
  final class Chain: Codable {
    var next: Chain?
  }

  @Test("Values too deep in each other are refused")
  func depth() {
    let first = Chain()
    var last = first
    for _ in 0..<600 {
      let next = Chain()
      last.next = next
      last = next
    }
    #expect(throws: JSONError.self) { try JSON(encoding: first) }
  }

  class Animal: Codable {
    var legs = 4
  }

  final class Bird: Animal {
    var wings = 2

    override init() { super.init() }

    required init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: Keys.self)
      wings = try container.decode(Int.self, forKey: .wings)
      try super.init(from: container.superDecoder())
    }

    override func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: Keys.self)
      try container.encode(wings, forKey: .wings)
      try super.encode(to: container.superEncoder())
    }

    enum Keys: CodingKey { case wings }
  }

  @Test("A class keeps what its superclass encodes")
  func inheritance() throws {
    let json = try JSON(encoding: Bird())
    #expect(json == ["wings": 2, "super": ["legs": 4]])
    #expect(try Bird(decoding: json).legs == 4)
  }
}
