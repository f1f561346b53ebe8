import LeptonData
import LeptonFiles
import LeptonTensor
import Testing

@Suite struct JSONLinesTests {
  private func table(_ text: String) throws(FileError) -> DataTable {
    try JSONLines.table(Array(text.utf8), name: "t.jsonl")
  }

  @Test func `Each key is a column, in the order of first places`() throws {
    let table = try table(
      """
      {"a": 1, "b": "x"}

      {"b": null, "c": 0.5, "a": 2}\r
      {"a": 3, "d": true}
      """)
    #expect(table.names == ["a", "b", "c", "d"])
    #expect(
      table.columns.map(\.values) == [
        .integers([1, 2, 3]), .texts(["x", nil, nil]), .numbers([nil, 0.5, nil]),
        .truths([nil, nil, true]),
      ])
    #expect(try self.table("").columns.isEmpty)
  }

  @Test func `A record within a record has columns of its own`() throws {
    let table = try table(
      """
      \u{FEFF}{"id": 1, "user": {"name": "x", "place": {"city": "K"}}}
      {"id": 2, "user": null}
      {"id": 3, "user": {"name": "y"}, "user.name": "z"}
      """)
    #expect(table.names == ["id", "user.name", "user.place.city", "user"])
    #expect(table.columns[1].values == .texts(["x", nil, "z"]))
    #expect(table.columns[2].values == .texts(["K", nil, nil]))
    let chosen = try JSONLines.table(
      Array("{\"a\": {\"b\": 1, \"c\": [2]}}".utf8), columns: ["a.b"])
    #expect(chosen.columns.map(\.values) == [.integers([1])])
  }

  @Test func `A name that no record has is told, with those that there are`() {
    let text = Array("{\"a\": 1, \"u\": {\"v\": 2}}\n{\"b\": [3], \"a\": 4}\n".utf8)
    let error = #expect(throws: FileError.self) {
      try JSONLines.table(text, columns: ["a", "c"], name: "t")
    }
    #expect(error?.code == "data/column")
    #expect(error?.message == "no record of `t` has `c`")
    #expect(error?.help == ["the columns are `a`, `u.v`, `b`"])
    let late = #expect(throws: FileError.self) {
      try JSONLines.read(MemoryStream(text, name: "t"), .init(columns: ["b"], rowLimit: 1))
    }
    #expect(late?.message == "none of the first records of `t` has `b`")
    #expect(late?.help.count == 2)
  }

  @Test func `A list of records is read too`() throws {
    let table = try table(" [{\"a\": 1},\n {\"a\": 2.5, \"b\": \"x\"}]\n")
    #expect(table.columns.map(\.values) == [.numbers([1, 2.5]), .texts([nil, "x"])])
    let error = #expect(throws: FileError.self) { try self.table("[{\"a\": 1}, {\"a\": true}]") }
    #expect(
      error?.message
        == "line 1 of `t.jsonl`: `a` is a truth, not what a column holds beside a whole number")
    #expect(try self.table(" [ ] \n").columns.isEmpty)
  }

  @Test(
    arguments: [
      ("{\"a\": 1}\n[1]", "data/json", "line 2 of `t.jsonl`: there is no record on it"),
      (
        "{\"a\": 1}\n{\"a\": \"x\"}", "data/cell",
        "line 2 of `t.jsonl`: `a` is a text, not what a column holds beside a whole number"
      ),
      (
        "{\"a\": [1]}", "data/cell",
        "line 1 of `t.jsonl`: `a` is a list, not what a column holds"
      ),
    ])
  func `What is wrong is told with its line`(text: String, code: String, message: String) {
    let error = #expect(throws: FileError.self) { try table(text) }
    #expect(error?.code == code)
    #expect(error?.message == message)
  }

  @Test(
    arguments: [
      ("{\"a\": 1}\n{\"é\": 01}", "line 2 of `t.jsonl`: ", ", column 7"),
      ("{\"a\": 1, \"a\": 2}", "line 1 of `t.jsonl`: the name `a` stands twice", ", column 10"),
      ("{\"a\": 1} {\"a\": 2}", "line 1 of `t.jsonl`: more text stands behind", ", column 10"),
      ("[{\"a\": 1},\n{\"a\": x}]", "line 2 of `t.jsonl`: expected a value", ", column 7"),
      (
        "[{\"a\": 1},\n\n", "line 1 of `t.jsonl`: the list of records is never closed",
        ", column 10"
      ),
      ("[{\"a\": 1}]\n[]", "line 2 of `t.jsonl`: more text stands behind the list", ", column 1"),
      ("[{\"a\": 1} {\"a\": 2}]", "line 1 of `t.jsonl`: more text stands behind", ", column 11"),
      ("[{\"a\": 1}, ]", "line 1 of `t.jsonl`: expected a value", ", column 12"),
    ])
  func `What is no JSON is told with its place`(text: String, start: String, end: String) {
    let error = #expect(throws: FileError.self) { try table(text) }
    #expect(error?.code == "data/json")
    #expect(error?.message.hasPrefix(start) == true, "\(error?.message ?? "")")
    #expect(error?.message.hasSuffix(end) == true, "\(error?.message ?? "")")
  }

  @Test(arguments: [
    "", "{", "[", "{\"a\"", "{\"a\":", "{\"a\": 1", "{\"a\": \"x", "{\"a\": [1", "[{\"a\": 1}",
    "[{\"a\": 1},",
    "[{\"a\": 1}, {\"a\"", "{\"a\": 1}\n{\"b", "[ ",
  ])
  func `A file that is cut off is told from a whole one, packed or not`(text: String) {
    let reads = { (bytes: [UInt8]) in
      (try? JSONLines.read(MemoryStream(bytes, name: "a", blockSize: 5).unpacked())) != nil
    }
    #expect(reads(Array(text.utf8)) == text.isEmpty)
    let packed = Array(text.utf8).gzipped
    #expect(reads(packed) == text.isEmpty)
    #expect(!reads(packed.dropLast(3)))
  }

  private static let manners = [
    "{\"a\": 1, \"b\": \"x\\u00e9\"}\r\n\n  \n{\"b\": null, \"c\": {\"d\": [1, {}], \"e\": true}, \"a\": 2.5}",
    "\u{FEFF}[{\"a\": 1, \"b\": \"],{\\\"\"},\n{\"c\": {\"e\": false}},\n\n{\"a\": -3e2}]  \n",
    "{\"a\": 1}\n[1]\n{\"a\": \"x\"}\nnonsense\n{\"b\": \"y\"}\n",
  ]

  @Test(arguments: manners, [BadRows.error, .skip, .null])
  func `A table is the same however its bytes arrive`(text: String, policy: BadRows) throws {
    func read(_ size: Int) -> Result<(table: DataTable, report: TableReport), any Error> {
      Result {
        let stream = MemoryStream(Array(text.utf8), name: "t.jsonl", blockSize: size)
        return try JSONLines.read(stream, JSONLines.Form(badRows: policy))
      }
    }
    let whole = read(.max)
    for size in 1...40 {
      switch (whole, read(size)) {
      case (.success(let one), .success(let other)):
        #expect(one.table == other.table)
        #expect(one.report == other.report)
      case (.failure(let one as FileError), .failure(let other as FileError)):
        #expect(one == other)
      default: Issue.record("only one of them was read, in blocks of \(size)")
      }
    }
  }

  @Test func `Lines that do not fit are an error, left out, or filled up`() throws {
    let text = """
      {"a": 1, "b": "x"}
      {"a": "y", "b": "z"}
      oops
      {"a": 2, "b": [3]}
      {"a": 3}
      """
    func read(_ policy: BadRows) throws -> (table: DataTable, report: TableReport) {
      try JSONLines.read(
        MemoryStream(Array(text.utf8), name: "t.jsonl"), .init(badRows: policy))
    }
    #expect(throws: FileError.self) { try read(.error) }
    let skipped = try read(.skip)
    #expect(skipped.table.columns.map(\.values) == [.integers([1, 3]), .texts(["x", nil])])
    #expect(skipped.report.skippedCount == 3)
    #expect(skipped.report.rowCount == 2)
    let filled = try read(.null)
    #expect(
      filled.table.columns.map(\.values) == [
        .integers([1, nil, nil, 2, 3]), .texts(["x", "z", nil, nil, nil]),
      ])
    #expect(filled.report.raggedCount == 1)
    #expect(filled.report.columns.map(\.refusedCount) == [1, 1])
    #expect(filled.report.columns.map(\.missingCount) == [2, 3])
  }

  @Test func `What a line that is left out says decides nothing`() throws {
    let text = "{\"new\": \"x\", \"a\": oops}\n{\"b\": \"x\", \"a\": [1]}\n{\"b\": 2, \"a\": 1}\n"
    let table = try JSONLines.read(
      MemoryStream(Array(text.utf8), name: "t"), .init(badRows: .skip)
    ).table
    #expect(table.names == ["b", "a"])
    #expect(table.columns.map(\.values) == [.integers([2]), .integers([1])])
  }

  @Test func `A column that is said to hold texts takes what is written`() throws {
    let text = "{\"a\": 1.50, \"n\": 1}\n{\"a\": \"x\"}\n{\"a\": true, \"n\": 2}\n{\"a\": null}\n"
    func read(_ kinds: [String: ColumnKind]) throws -> DataTable {
      try JSONLines.read(MemoryStream(Array(text.utf8), name: "t"), .init(kinds: kinds)).table
    }
    let table = try read(["a": .text, "n": .number])
    #expect(
      table.columns.map(\.values) == [
        .texts(["1.50", "x", "true", nil]), .numbers([1, nil, 2, nil]),
      ])
    #expect(throws: FileError.self) { try read(["a": .number]) }
    #expect(throws: FileError.self) { try read(["a": .text, "m": .text]) }
    let whole = #expect(throws: FileError.self) {
      try JSONLines.read(
        MemoryStream(Array("{\"a\": 2.5}".utf8), name: "t"), .init(kinds: ["a": .integer]))
    }
    #expect(
      whole?.message
        == "line 1 of `t`: `a` is a number, not what a column holds beside a whole number")
  }

  @Test func `Of two names that make one column the last counts, whatever the first holds`() throws
  {
    let table = try table(
      "{\"a\": {\"b\": \"x\"}, \"a.b\": 5}\n{\"a.b\": true, \"a\": {\"b\": 6}}\n")
    #expect(table.columns == [.init("a.b", .integers([5, 6]))])
  }

  @Test func `A large file is the same on one thread and on several`() throws {
    var lines = (0..<150_000).map {
      "{\"id\": \($0), \"x\": \($0 < 90_000 ? "null" : "\($0 % 7)")}"
    }
    lines[100_000] = "{\"x\": 0.5, \"id\": 100000}"
    lines[120_000] = "{\"id\": 120000, \"late\": true}"
    let table = try table(lines.joined(separator: "\n"))
    #expect(table.names == ["id", "x", "late"])
    #expect(table.columns[0].values == .integers(Cells(Array(0..<150_000))))
    #expect(table.columns[1].values.doubles?[100_000] == 0.5)
    #expect(table.columns[1].values.missingCount == 90_001)
    #expect(table.columns[2].values.missingCount == 149_999)
    lines[99_999] = "{\"x\": \"text\"}"
    let odd = #expect(throws: FileError.self) { try self.table(lines.joined(separator: "\n")) }
    #expect(
      odd?.message
        == "line 100000 of `t.jsonl`: `x` is a text, not what a column holds beside a whole number")
    let skipped = try JSONLines.read(
      MemoryStream(Array(lines.joined(separator: "\n").utf8), name: "t"), .init(badRows: .skip))
    #expect(skipped.report.skippedCount == 1)
    #expect(skipped.table.rowCount == 149_999)
  }

  @Test func `What pieces of a file say of a column is held against each other`() throws {
    // Each megabyte is read by itself: here one finds numbers and the next finds texts, and neither knows the other.
    let empty = String(
      repeating: "{\"x\": null, \"pad\": \"\(String(repeating: "p", count: 200))\"}\n", count: 9000)
    let text = empty + "{\"x\": 1}\n" + empty + "{\"x\": \"a\"}\n" + empty + "{\"x\": 2}\n"
    func read(_ policy: BadRows) throws -> TableReport {
      try JSONLines.read(MemoryStream(Array(text.utf8), name: "t"), .init(badRows: policy)).report
    }
    let error = #expect(throws: FileError.self) { try read(.error) }
    #expect(
      error?.message
        == "line 18002 of `t`: `x` is a text, not what a column holds beside a whole number")
    #expect(try read(.null).columns[0].refusedCount == 1)
    #expect(try read(.null).columns[0].kind == .integer)
    #expect(try read(.skip).skippedCount == 1)
    #expect(try read(.skip).rowCount == 27_002)
  }

  @Test func `A line that never ends is refused before there is memory for it`() {
    let endless = [UInt8](repeating: UInt8(ascii: " "), count: 100 << 20)
    for (start, line) in [
      ("{\"a\": 1}\n{\"a\": \"", 2), ("[{\"a\": 1},\n{\"a\": \"", 1), ("{\"a\": 1}\n", 2),
    ] {
      let error = #expect(throws: FileError.self) {
        try JSONLines.read(
          MemoryStream(Array(start.utf8) + endless, name: "t", blockSize: 1 << 23))
      }
      #expect(error?.message == "line \(line) of `t`: a row has more than 64 MiB")
    }
  }

  @Test func `A table of little but gaps is refused before there is memory for it`() throws {
    let names = (0..<100_000).map { "{\"n\($0)\": 1}" }.joined(separator: "\n")
    let error = #expect(throws: FileError.self) { try self.table(names) }
    #expect(error?.code == "data/size")
    #expect(error?.message.contains("hardly any value") == true)
    #expect(try JSONLines.table(Array(names.utf8), columns: ["n5", "n7"]).rowCount == 100_000)
    let header = (0..<100_000).map { "c\($0)" }.joined(separator: ",") + "\n"
    let rows = header + String(repeating: "1\n", count: 100_000)
    let ragged = #expect(throws: FileError.self) {
      try CSV.read(MemoryStream(Array(rows.utf8), name: "t"), .init(badRows: .null))
    }
    #expect(ragged?.code == "data/size")
  }

  @Test func `Reading ends where somebody asks for it`() {
    let stop = Interruption()
    stop.request()
    let error = #expect(throws: FileError.self) {
      try Execution.$interruption.withValue(stop) { _ = try self.table("{\"a\": 1}") }
    }
    #expect(error?.code == "run/interrupted")
  }

  @Test func `Hostile bytes give a value or an error`() {
    _ = feedHostile(Array("{\"a\": 1.5, \"é\": \"\\u00e9\"}\n{\"a\": null}\n".utf8)) {
      _ = try JSONLines.table($0)
    }
    _ = feedHostile(Array("[{\"a\": 1.5, \"é\": \"\\u00e9\"},\n{\"a\": {\"b\": 2}}]\n".utf8)) {
      _ = try JSONLines.table($0)
    }
  }
}

/// Files larger than memory, in parts.
@Suite struct JSONLinesPartsTests {
  private func parts(
    _ text: String, _ rows: Int, _ form: JSONLines.Form = .init(), size: Int = 50
  ) throws -> [DataTable] {
    let stream = MemoryStream(Array(text.utf8), name: "t.jsonl", blockSize: size)
    let parts = try TableParts(stream, form, rowCount: rows)
    var tables: [DataTable] = []
    while let part = try parts.next() { tables.append(part) }
    return tables
  }

  @Test(arguments: [false, true])
  func `Parts of a table together are the table`(isList: Bool) throws {
    let lines = (0..<100).map { "{\"a\": \($0), \"b\": {\"c\": \"t\($0)\"}}" }
    let text = isList ? "[" + lines.joined(separator: ",\n") + "]" : lines.joined(separator: "\n")
    for (rows, size) in [(1, 7), (30, 50), (100, 1000), (1000, 3), (7, 1 << 20)] {
      let tables = try parts(text, rows, size: size)
      #expect(tables.dropLast().allSatisfy { $0.rowCount == rows })
      #expect(tables.allSatisfy { $0.names == ["a", "b.c"] })
      let numbers = tables.flatMap { $0.columns[0].values.doubles ?? [] }
      #expect(numbers == (0..<100).map(Double.init))
    }
    #expect(try parts("", 3).isEmpty)
    #expect(try parts("\n \n", 3).isEmpty)
    #expect(try parts("[]", 3).isEmpty)
  }

  @Test func `Columns and their kinds are those of the first part`() throws {
    let text =
      "{\"a\": 1, \"n\": null}\n{\"a\": 2}\n{\"a\": 3, \"n\": 4}\n{\"n\": 0.5, \"m\": null}\n"
    #expect(
      try parts(text, 2).map { $0.columns.map(\.values) } == [
        [.integers([1, 2]), .numbers([nil, nil])], [.integers([3, nil]), .numbers([4, 0.5])],
      ])
    for (line, message) in [
      (
        "{\"a\": 0.5}",
        "line 5 of `t.jsonl`: `a` is a number, not what a column holds beside a whole number"
      ),
      ("{\"b\": 1}", "line 5 of `t.jsonl`: `b` is no column of the first part"),
      ("[]", "line 5 of `t.jsonl`: there is no record on it"),
    ] {
      let error = #expect(throws: FileError.self) { try self.parts(text + line, 2) }
      #expect(error?.message == message)
      let skipped = try parts(text + line, 2, .init(badRows: .skip))
      #expect(skipped.map(\.rowCount) == [2, 2])
      let filled = try parts(text + line, 2, .init(badRows: .null))
      #expect(filled.map(\.rowCount) == [2, 2, 1])
      #expect(filled[2].columns.map(\.values) == [.integers([nil]), .numbers([nil])])
    }
  }

  @Test
  func
    `A name that comes late is a column where its type is said, and passed over where others are chosen`()
    throws
  {
    let text = "{\"a\": 1}\n{\"a\": 2}\n{\"a\": 3, \"late\": 7}\n"
    let tables = try parts(text, 2, .init(kinds: ["late": .text]))
    #expect(
      tables.map { $0.columns.map(\.values) } == [
        [.integers([1, 2]), .texts([nil, nil])], [.integers([3]), .texts(["7"])],
      ])
    #expect(try parts(text, 2, .init(columns: ["a"])).map(\.names) == [["a"], ["a"]])
    #expect(
      try parts(text, 2, .init(columns: ["late", "a"], kinds: ["late": .integer])).map(\.names)
        == [["late", "a"], ["late", "a"]])
    let error = #expect(throws: FileError.self) {
      try self.parts(text, 2, .init(columns: ["late"]))
    }
    #expect(error?.code == "data/column")
  }
}

@Suite struct TextLinesTests {
  private func lines(_ text: [UInt8], _ count: Int, size: Int) throws -> [[String]] {
    let text = TextLines(MemoryStream(text, name: "t.txt", blockSize: size), rowCount: count)
    var parts: [[String]] = []
    while let part = try text.next() { parts.append(part) }
    return parts
  }

  @Test func `Lines come without what ends them, however their bytes arrive`() throws {
    let text = Array("\u{FEFF}one\r\n\ntwo é\nthree".utf8)
    for size in 1...20 {
      #expect(try lines(text, 3, size: size) == [["one", "", "two é"], ["three"]])
      #expect(try lines(text, 9, size: size).joined().count == 4)
    }
    #expect(try lines([], 3, size: 1).isEmpty)
    #expect(try lines(Array("\n".utf8), 3, size: 1) == [[""]])
    let many = (0..<400_000).map { "line \($0)" }
    #expect(
      try lines(Array(many.joined(separator: "\n").utf8), 150_000, size: 1 << 22).flatMap(\.self)
        == many)
  }

  @Test func `What is no text is told with its line`() {
    let error = #expect(throws: FileError.self) { try lines([0x61, 0x0A, 0xFF, 0x0A], 3, size: 2) }
    #expect(error?.code == "file/text")
    #expect(error?.message == "line 2 of `t.txt` is not text in UTF-8")
  }
}
