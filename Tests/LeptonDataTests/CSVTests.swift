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

  @Test("Hostile bytes give a value or an error")
  func hostile() {
    _ = feedHostile(Array("a,\"b\"\"\"\r\n1,\"é\n2\"\n".utf8)) { _ = try CSV.table($0) }
  }
}
