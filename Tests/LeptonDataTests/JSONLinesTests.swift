import LeptonData
import LeptonFiles
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

  @Test func `A list of records is read too`() throws {
    let table = try table(" [{\"a\": 1},\n {\"a\": 2.5, \"b\": \"x\"}]\n")
    #expect(table.columns.map(\.values) == [.numbers([1, 2.5]), .texts([nil, "x"])])
    let error = #expect(throws: FileError.self) { try self.table("[{\"a\": 1}, {\"a\": true}]") }
    #expect(
      error?.message
        == "record 2 of `t.jsonl`: `a` is a truth, not what a column holds beside a number")
    #expect(throws: FileError.self) { try self.table("[{\"a\": 1}") }
    #expect(try self.table("[]").columns.isEmpty)
  }

  @Test(
    arguments: [
      ("{\"a\": 1}\n[1]", "data/json", "line 2 of `t.jsonl`: there is no record on it"),
      (
        "{\"a\": 1}\n{\"a\": \"x\"}", "data/cell",
        "line 2 of `t.jsonl`: `a` is a text, not what a column holds beside a number"
      ),
      (
        "{\"a\": [1]}", "data/cell",
        "line 1 of `t.jsonl`: `a` is a list, not what a column holds beside a list"
      ),
    ])
  func `What is wrong is told with its line`(text: String, code: String, message: String) {
    let error = #expect(throws: FileError.self) { try table(text) }
    #expect(error?.code == code)
    #expect(error?.message == message)
  }

  @Test func `A line that is no JSON is told with its place`() {
    let error = #expect(throws: FileError.self) { try table("{\"a\": 1}\n{\"a\": 01}") }
    #expect(error?.code == "data/json")
    #expect(error?.message.hasPrefix("line 2 of `t.jsonl`: ") == true)
  }

  @Test func `Hostile bytes give a value or an error`() {
    _ = feedHostile(Array("{\"a\": 1.5, \"é\": \"\\u00e9\"}\n{\"a\": null}\n".utf8)) {
      _ = try JSONLines.table($0)
    }
  }
}
