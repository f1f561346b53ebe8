import LeptonJSON
import LeptonLink
import LeptonSession
import Testing

extension LinkTests {
  @Suite("Tables")
  struct TableCodingTests {
    private static let tables = [
      Table(columns: [], rows: []),
      Table(columns: [], rows: [[], []], hidden: 3),
      Table(
        title: "all kinds",
        columns: [
          .init("a"), .init("a", .fixed(digits: 2)), .init("", .percent(digits: -1)),
          .init("d", .grouped), .init("e", .duration, isTiming: true),
        ],
        rows: [
          [.int(.min), .float(-0.0), .float(.infinity), .bool(true), .missing],
          [.text("-tify\n"), .text(""), .float(3), .int(3), .bool(false)],
        ], hidden: .max),
      Table(columns: [.init("ragged")], rows: [[], [.int(1), .int(2)], [.missing]]),
    ]

    @Test("A table comes back as it was", arguments: tables)
    func roundTrip(table: Table) throws {
      let reply = Reply.event(.output(.table(table)))
      #expect(try Frame(reply).message(as: Reply.self) == reply)
    }

    @Test("A number that is none comes back, too")
    func notANumber() throws {
      let table = Table(columns: [.init("x")], rows: [[.float(.nan)]])
      let back = try Table(decoding: JSON(encoding: table))
      guard case .float(let number) = back.rows[0][0] else {
        Issue.record("\(back)")
        return
      }
      #expect(number.isNaN)
    }

    @Test(
      "A table whose parts do not fit together is refused",
      arguments: [
        ("rows", ["x"]), ("rows", ["ii"]), ("rows", ["é"]), ("formats", ["fixed"]),
        ("formats", []), ("formats", ["general", "general"]), ("formats", ["fixed 2 3"]),
        ("names", []),
      ] as [(String, [String])])
    func damage(key: String, value: [String]) throws {
      let table = Table(columns: [.init("x")], rows: [[.int(1)]])
      guard case .object(var members) = try JSON(encoding: table) else { return }
      let place = try #require(members.firstIndex { $0.key == key })
      members[place].value = .array(value.map(JSON.string))
      #expect(throws: JSONError.self) { try Table(decoding: .object(members)) }
    }
  }
}
