import LeptonCatalogue
import LeptonFiles
import Testing

@Suite struct FileFormTests {
  @Test func `a table is told by its lines and columns`() throws {
    #expect(
      try FileForm.words(for: Array("a,b\n1,2\n3,4\n".utf8), name: "x") == "3 lines of 2 columns")
    #expect(
      try FileForm.words(for: Array("a;b,c;d\r\n\r\n".utf8), name: "x") == "1 lines of 3 columns")
    #expect(
      try FileForm.words(for: Array("one, two\tthree".utf8), name: "x") == "1 lines of 2 columns")
    #expect(try FileForm.words(for: Array("{\"a\": [1, 2]}\n{}\n".utf8), name: "x") == "2 lines")
  }

  @Test func `an IDX file is told by its axes, if they make up its length`() throws {
    let header: [UInt8] = [0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 3]
    #expect(try FileForm.words(for: header + [1, 2, 3, 4, 5, 6], name: "x") == "[2, 3]")
    #expect(try FileForm.words(for: header + [1], name: "x") == "13 bytes")
    let huge: [UInt8] = [0, 0, 8, 2] + [UInt8](repeating: 0xFF, count: 8)
    #expect(try FileForm.words(for: huge, name: "x") == "12 bytes")
    #expect(try FileForm.words(for: [], name: "x") == "0 bytes")
  }
}
