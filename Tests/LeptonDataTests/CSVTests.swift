import LeptonData
import LeptonFiles
import LeptonTensor
import Testing

@Suite struct CSVTests {
  func table(_ text: String, header: CSV.Header = .firstRow) throws(FileError) -> DataTable {
    try CSV.table(Array(text.utf8), header: header, name: "t.csv")
  }

  @Test("Columns are whole numbers, numbers or texts")
  func kinds() throws {
    let table = try table("a,b,c,d\n1,1.5,x,1e3\n-2,,NA,nan\n")
    #expect(table.names == ["a", "b", "c", "d"])
    #expect(try table.column("a").values == .integers([1, -2]))
    let b = try table.column("b").values.doubles
    #expect(b?.first == 1.5)
    #expect(b?.last?.isNaN == true)
    #expect(try table.column("c").values == .texts(["x", "NA"]))
    #expect(try table.column("d").values.doubles?.first == 1000)
  }

  @Test("What looks like a number only to a programmer is a text")
  func texts() throws {
    let table = try table("a,b,c\n0x10,infinity,1_000\n")
    #expect(
      table.columns.map(\.values) == [.texts(["0x10"]), .texts(["infinity"]), .texts(["1_000"])])
  }

  @Test("Quotes hold separators, line breaks and doubled quotes")
  func quotes() throws {
    let table = try table("\"na\"\"me\",b\r\n\"x, y\r\nz\",\"\"\r\n")
    #expect(table.columns.first == DataTable.Column("na\"me", .texts(["x, y\r\nz"])))
    #expect(try table.column("b").values.doubles?.first?.isNaN == true)
    #expect(table.rowCount == 1)
  }

  @Test("A byte order mark, empty lines and a missing last line end are passed over")
  func tolerance() throws {
    let table = try table("\u{FEFF}a,b\n\n1,2\r\n\n3,4")
    #expect(table.names == ["a", "b"])
    #expect(try table.column("b").values == .integers([2, 4]))
  }

  @Test("Names can be given or made up, and the separator chosen")
  func options() throws {
    #expect(try table("1,2\n", header: .none).names == ["column_1", "column_2"])
    #expect(try table("1,2\n", header: .names(["x", "y"])).names == ["x", "y"])
    #expect(try CSV.table(Array("a;b\n1;2".utf8), separator: ";").names == ["a", "b"])
    #expect(try table("").columns.isEmpty)
  }

  @Test(
    "What is wrong is told with its line",
    arguments: [
      ("a,b\n1,2\n3\n", "data/ragged", "line 3 of `t.csv` has 1 values, not 2"),
      ("a\n\"x\ny\"\n1,2\n", "data/ragged", "line 4 of `t.csv` has 2 values, not 1"),
      ("a\n\"x", "data/quote", "line 2 of `t.csv`: a quote is never closed"),
      (
        "a\n\"x\"y\n", "data/quote",
        "line 2 of `t.csv`: text stands behind the closing quote of a value"
      ),
      ("a,a\n1,2\n", "data/columns", "two columns are called `a`"),
    ])
  func mistakes(text: String, code: String, message: String) {
    let error = #expect(throws: FileError.self) { try table(text) }
    #expect(error?.code == code)
    #expect(error?.message == message)
  }

  @Test("Numeric columns make a matrix")
  func matrix() throws {
    let table = try table("a,b,c\n1,x,0.5\n2,y,1.5\n")
    let matrix = try table.tensor(["c", "a"])
    #expect(matrix.shape.sizes == [2, 2])
    #expect(try matrix.elements(as: Float.self) == [0.5, 1, 1.5, 2])
    #expect(throws: FileError.self) { try table.tensor() }
    let error = #expect(throws: FileError.self) { try table.tensor(["d"]) }
    #expect(error?.help == ["the columns are `a`, `b`, `c`"])
  }

  @Test("Whole numbers with leading zeros are texts, because they are codes")
  func codes() throws {
    let table = try table("zip,n,m\n00501,0,-1\n10001,10,+2\n")
    #expect(
      table.columns.map(\.values) == [
        .texts(["00501", "10001"]), .integers([0, 10]), .integers([-1, 2]),
      ]
    )
  }

  @Test("A column that becomes texts late is read again, and said to be so")
  func lateTexts() throws {
    let text = "a,b\n1,x\n2.5,y\nNA,z\nlater,w\n"
    let (table, report) = try CSV.read(MemoryStream(Array(text.utf8), name: "t.csv"))
    #expect(try table.column("a").values == .texts(["1", "2.5", "NA", "later"]))
    #expect(report.columns.first?.firstText?.line == 5)
    #expect(report.columns.first?.firstText?.text == "later")
    #expect(report.columns.last?.firstText == nil)
    #expect(report.rowCount == 4)
  }

  @Test("Numbers are read as the standard library reads them")
  func numbers() throws {
    var generator = SystemRandomNumberGenerator()
    var texts = [
      "0.1", "1e22", "1e23", "123456789012345678901234567890", "4.9e-324", "1.8e308", "-0.0", ".5",
      "5.",
    ]
    for _ in 0..<2000 {
      let number = Double(bitPattern: UInt64.random(in: 0...UInt64.max, using: &generator))
      if number.isFinite { texts.append("\(number)") }
      texts.append("\(Double(Int.random(in: -999_999...999_999, using: &generator)) / 1000)")
    }
    let read = try table("x\n" + texts.joined(separator: "\n") + "\n").columns[0].values.doubles
    #expect(read == texts.map { Double($0) ?? .nan })
  }

  @Test("A dialect says how a file is written")
  func dialects() throws {
    func read(_ text: String, _ dialect: CSV.Dialect) throws -> DataTable {
      try CSV.read(MemoryStream(Array(text.utf8), name: "t.csv"), dialect).table
    }
    let german = try read("a;b\n1,5;x\n2;-\n", .init(missing: ["-"], decimal: ","))
    #expect(german.columns.map(\.values) == [.numbers([1.5, 2]), .texts(["x", nil])])
    let commented = try read("# by hand\na\tb\n1\t2\n# half\n3\t4", .init(comment: "#"))
    #expect(commented.columns.map(\.values) == [.integers([1, 3]), .integers([2, 4])])
    let chosen = try read("a,b,c\n1,2,3\n4,5,6\n", .init(columns: ["c", "a"], rowLimit: 1))
    #expect(chosen.names == ["c", "a"])
    #expect(chosen.columns.map(\.values) == [.integers([3]), .integers([1])])
    let given = try read("a\n1\n2\n", .init(kinds: ["a": .text]))
    #expect(given.columns[0].values == .texts(["1", "2"]))
    #expect(throws: FileError.self) { try read("a\n1\n", .init(columns: ["b"])) }
    #expect(throws: FileError.self) { try read("a\n1\n", .init(thousands: ".")) }
    #expect(throws: FileError.self) { try read("a\n1\n", .init(kinds: ["b": .text])) }
  }

  @Test("Rows that do not fit are an error, left out, or filled up")
  func badRows() throws {
    let text = "a,b\n1,2\n3\n4,5,6\nx,7\n8,9\n"
    func read(_ policy: BadRows) throws -> (table: DataTable, report: TableReport) {
      try CSV.read(
        MemoryStream(Array(text.utf8), name: "t.csv"),
        .init(badRows: policy, kinds: ["a": .integer]))
    }
    #expect(throws: FileError.self) { try read(.error) }
    let skipped = try read(.skip)
    #expect(skipped.table.columns.map(\.values) == [.integers([1, 8]), .integers([2, 9])])
    #expect(skipped.report.skippedCount == 3)
    let filled = try read(.null)
    #expect(
      filled.table.columns.map(\.values) == [
        .integers([1, 3, 4, nil, 8]), .integers([2, nil, 5, 7, 9]),
      ])
    #expect(filled.report.raggedCount == 2)
    #expect(filled.report.columns[0].refusedCount == 1)
    let cell = #expect(throws: FileError.self) {
      try CSV.read(
        MemoryStream(Array("a\n1\nx\n".utf8), name: "t.csv"), .init(kinds: ["a": .number]))
    }
    #expect(cell?.message == "line 3 of `t.csv`: `x` in column `a` is no number")
  }

  /// A file whose bytes come in blocks of a size.
  private func stream(_ text: String, _ size: Int) -> MemoryStream {
    MemoryStream(Array(text.utf8), name: "t.csv", blockSize: size)
  }

  @Test("A table is the same however its bytes arrive")
  func blocks() throws {
    let text = "\u{FEFF}a,\"b\"\"\",c\r\n1,\"x, y\r\nz\",\r\n\r\n2.5,\"\",true\nNA,q,false\n7,é,"
    let whole = try CSV.read(MemoryStream(Array(text.utf8), name: "t.csv"))
    for size in 1...40 {
      let parts = try CSV.read(stream(text, size))
      #expect(parts.table == whole.table)
      #expect(parts.report == whole.report)
    }
  }

  @Test("A comment that comes in pieces is none the less one")
  func commentsInBlocks() throws {
    let text = "a,b\n1,2\n# said,\"he\" so\n3,4\n#"
    for size in 1...40 {
      let table = try CSV.read(stream(text, size), .init(comment: "#")).table
      #expect(table.columns.map(\.values) == [.integers([1, 3]), .integers([2, 4])])
    }
  }

  @Test("A large table is the same on one thread and on several")
  func threads() throws {
    var text = "id,x,word\n"
    for row in 0..<200_000 { text += "\(row),\(Double(row) / 8),w\(row % 7)\n" }
    text += "last,1,2\n"
    let table = try table(text)
    #expect(table.rowCount == 200_001)
    guard case .texts(let ids) = try table.column("id").values else {
      Issue.record("the ids are no texts")
      return
    }
    #expect(ids.elements == (0..<200_000).map(String.init) + ["last"])
    #expect(try table.column("x").values.doubles?[100_003] == 100_003 / 8)
    let ragged = #expect(throws: FileError.self) { try self.table(text + "1,2\n") }
    #expect(ragged?.message == "line 200003 of `t.csv` has 2 values, not 3")
  }

  @Test("A mark of missing values may look like a number")
  func numericMarks() throws {
    let text = "a,b,c\n1,x,0.5\n-999,-999,-999\n3,y,nan\n"
    let (table, report) = try CSV.read(
      MemoryStream(Array(text.utf8), name: "t.csv"), .init(missing: ["-999", "nan"]))
    #expect(
      table.columns.map(\.values) == [
        .integers([1, nil, 3]), .texts(["x", nil, "y"]), .numbers([0.5, nil, nil]),
      ])
    #expect(report.columns.map(\.missingCount) == [1, 1, 2])
  }

  @Test("A first line can say what separates values, and numbers can have marks between thousands")
  func spreadsheets() throws {
    func read(_ text: String, _ dialect: CSV.Dialect) throws(FileError) -> DataTable {
      try CSV.read(MemoryStream(Array(text.utf8), name: "t.csv"), dialect).table
    }
    let said = try read("\u{FEFF}sep=;\r\na;b,c\r\n1;2\r\n", .init())
    #expect(said.names == ["a", "b,c"])
    #expect(try read("sep=1\n2\n", .init(header: .none)).columns[0].values == .integers([2]))
    #expect(try read("sep=;\na,b\n", .init(separator: ",")).names == ["a", "b"])
    let text = "n;x;code\n1.234;-1.234.567,5;12.34\n12;0,5;1.2345\n1.000.000;-1.000;.123\n"
    let german = try read(text, .init(decimal: ",", thousands: "."))
    #expect(
      german.columns.map(\.values) == [
        .integers([1234, 12, 1_000_000]), .numbers([-1_234_567.5, 0.5, -1000]),
        .texts(["12.34", "1.2345", ".123"]),
      ])
  }

  @Test("A value is the same however it is written", arguments: ["\n", "\r\n"])
  func styles(lineEnd: String) throws {
    var generator = SystemRandomNumberGenerator()
    var lines = ["id,x,on,word"]
    var (ids, xs, truths, words): ([Int?], [Double?], [Bool?], [String?]) = ([], [], [], [])
    func chance(_ share: Int) -> Bool { Int.random(in: 0..<share, using: &generator) == 0 }
    for row in 0..<3000 {
      let most = 1 << (row % 62)
      ids.append(
        chance(20) ? nil : row == 7 ? .min : Int.random(in: -most...most, using: &generator))
      xs.append(chance(20) ? nil : Self.number(row, &generator))
      truths.append(chance(20) ? nil : chance(2))
      words.append(
        chance(20)
          ? nil : ["w", "a, b", "say \"hi\"", "l\(lineEnd)m", "é", "\"", " "].randomElement())
      let number = xs[row].map { chance(9) ? " \($0)" : "\($0)" } ?? (chance(2) ? "NA" : "")
      let word = words[row].map { "\"" + $0.replacing("\"", with: "\"\"") + "\"" } ?? ""
      let id = ids[row].map { chance(9) ? "\"\($0)\"" : "\($0)" } ?? ""
      lines.append("\(id),\(number),\(truths[row].map { $0 ? "True" : "false" } ?? ""),\(word)")
      if chance(50) { lines.append("") }
    }
    let table = try table(lines.joined(separator: lineEnd) + lineEnd)
    #expect(try table.column("id").values == .integers(Cells(ids)))
    #expect(try table.column("x").values == .numbers(Cells(xs)))
    #expect(try table.column("on").values == .truths(Cells(truths)))
    #expect(try table.column("word").values == .texts(Cells(words)))
  }

  /// Numbers of many sizes, of which some look like what stands for a missing one.
  private static func number(
    _ row: Int, _ generator: inout SystemRandomNumberGenerator
  ) -> Double {
    switch row % 5 {
    case 0: Double(Int.random(in: -99_999...99_999, using: &generator)) / 1000
    case 1: Double.random(in: -1...1, using: &generator)
    case 2: Double.random(in: -1e-9...1e-9, using: &generator)
    case 3: Double.random(in: -1e40...1e40, using: &generator)
    default: row % 50 == 4 ? -Double.leastNonzeroMagnitude : 0.1
    }
  }

  @Test("Numbers of up to twenty digits are rounded as the standard library rounds them")
  func digits() throws {
    var generator = SystemRandomNumberGenerator()
    var texts = ["9007199254740993", "9007199254740993.0", "0.00000000000000000000000000001"]
    for count in 1...20 {
      for point in 0...count {
        for _ in 0..<40 {
          let digits = (0..<count).map { _ in "\(Int.random(in: 0...9, using: &generator))" }
          let whole = digits[..<point].joined()
          texts.append(
            (Int(whole) == 0 ? "0" : String(whole.drop { $0 == "0" })) + "."
              + digits[point...].joined())
        }
      }
    }
    let read = try table("x,y\n" + texts.map { "\($0),-\($0)e-3\n" }.joined())
    #expect(
      read.columns[0].values.doubles
        == texts.map { Double($0.hasSuffix(".") ? $0 + "0" : $0) ?? .nan })
    #expect(
      read.columns[1].values.doubles
        == texts.map { Double("-" + ($0.hasSuffix(".") ? $0 + "0" : $0) + "e-3") ?? .nan })
  }

  @Test(
    "Line breaks and lone quotes in a large table are read as in a small one", arguments: [0, 1, 2])
  func largeQuotes(kind: Int) throws {
    // A lone quote misleads whoever counts quotes to find the ends of rows.
    let texts = ["\"a, b\n\"\"c\"\"\"", kind == 1 ? "5\" pipe" : "\"5\"\" pipe\"", "plain"]
    var text = "n,word\n"
    for row in 0..<200_000 { text += "\(row),\(texts[row % 3])\n" }
    if kind == 2 { text += "1,\"x\" y\n" }
    let read = Result { () throws(FileError) in
      try CSV.read(MemoryStream(Array(text.utf8), name: "t.csv"))
    }
    let dripped = Result { () throws(FileError) in
      try CSV.read(stream(text, 50_000))
    }
    switch (read, dripped) {
    case (.success(let whole), .success(let parts)):
      #expect(whole.table == parts.table)
      #expect(whole.report == parts.report)
      guard case .texts(let words) = whole.table.columns[1].values else {
        Issue.record("no texts")
        return
      }
      #expect(words.elements[199_998] == "a, b\n\"c\"")
      #expect(words.elements[199_996] == "5\" pipe")
    case (.failure(let one), .failure(let other)):
      #expect(one.message == other.message)
      // Each third row takes two lines.
      #expect(
        one.message == "line 266669 of `t.csv`: text stands behind the closing quote of a value")
    default: Issue.record("only one of them was read")
    }
  }

  @Test("Parts of a table together are the table")
  func parts() throws {
    let text = "a,b\n" + (0..<100).map { "\($0),t\($0)\n" }.joined()
    for (rows, size) in [(1, 7), (30, 50), (100, 1000), (1000, 3)] {
      let parts = try TableParts(stream(text, size), CSV.Dialect(), rowCount: rows)
      var counts: [Int] = []
      var numbers: [Int] = []
      while let part = try parts.next() {
        counts.append(part.rowCount)
        if case .integers(let cells) = part.columns[0].values { numbers += cells.elements }
      }
      #expect(numbers == Array(0..<100))
      #expect(counts.dropLast().allSatisfy { $0 == rows })
    }
  }

  @Test("A row longer than a block is waited for, and one that never ends refused")
  func wideRows() throws {
    let wide = String(repeating: "1,", count: 3 << 20)
    let text = "a,b\n1,2\n" + wide + "\n3,4\n"
    for size in [1 << 20, 1 << 22, .max] {
      let read = try CSV.read(stream(text, size), .init(badRows: .skip))
      #expect(read.table.columns.map(\.values) == [.integers([1, 3]), .integers([2, 4])])
      #expect(read.report.skippedCount == 1)
    }
    let endless = "a,b\n1,2\n" + String(repeating: wide, count: 12)
    let error = #expect(throws: FileError.self) { try CSV.read(self.stream(endless, 1 << 23)) }
    #expect(error?.message == "line 3 of `t.csv`: a row has more than 64 MiB")
  }

  @Test("Hostile bytes give a value or an error")
  func hostile() {
    _ = feedHostile(Array("a,\"b\"\"\"\r\n1,\"é\n2\"\n".utf8)) { _ = try CSV.table($0) }
  }
}
