import LeptonRuntime
import LeptonTensor
import Testing

/// How values are fitted to the page.
@Suite struct PrintingTests {
  @Test func `What fits a line stands on one`() throws {
    let value = Value.list([.int(1), .record(["a": .string("b")])])
    #expect(value.page == #"[1, {a: "b"}]"#)
    #expect(try Tensor([1.0, 2.5], shape: [2]).display == "float64([1.0, 2.5])")
  }

  @Test func `A long list fills lines`() {
    let value = Value.list((0..<30).map { .int($0 * 100) })
    #expect(
      value.page == """
        [0, 100, 200, 300, 400, 500, 600, 700, 800, 900, 1000, 1100, 1200, 1300, 1400,
         1500, 1600, 1700, 1800, 1900, 2000, 2100, 2200, 2300, 2400, 2500, 2600, 2700,
         2800, 2900]
        """)
  }

  @Test func `Nested values stand below each other`() {
    let layer = Value.record(["name": .string("a layer of the network"), "units": .int(128)])
    let value = Value.record([
      "layers": .list([layer, layer]), "rate": .float(0.1), "note": .string("short"),
    ])
    #expect(
      value.page == """
        {layers: [{name: "a layer of the network", units: 128},
                  {name: "a layer of the network", units: 128}],
         rate: 0.1,
         note: "short"}
        """)
  }

  @Test func `Wide characters count twice`() {
    let value = Value.list(Array(repeating: .string("日本語の本"), count: 7))
    #expect(value.page.split(separator: "\n").map(\.count) == [45, 18])
  }

  @Test func `Breaking only makes line ends of blanks`() {
    var value = Value.list((0..<50).map { .float(Double($0) / 7) })
    for depth in 0..<5 {
      value = .record(["level_\(depth)": value, "x": .list([value, .int(1)])])
    }
    let lines = value.page.split(separator: "\n").map { $0.drop { $0 == " " } }
    #expect(lines.joined(separator: " ") == value.display)
  }

  @Test func `A very long list is shown by its ends`() {
    let text = Value.list((0..<1000).map { .int($0) }).page
    #expect(text.contains("8, 9, …, 990, 991"))
    let records = Value.list((0..<1000).map { .record(["number": .int($0)]) }).page
    #expect(records.split(separator: "\n").count == 21)
  }

  @Test func `Long tensors are broken, with numbers of one width`() throws {
    let row = try Tensor((0..<20).map { Float($0 * $0) / 8 }, shape: [20])
    #expect(
      row.display == """
        tensor([ 0.000,  0.125,  0.500,  1.125,  2.000,  3.125,  4.500,  6.125,  8.000,
                10.125, 12.500, 15.125, 18.000, 21.125, 24.500, 28.125, 32.000, 36.125,
                40.500, 45.125])
        """)
    let matrix = try Tensor((0..<24).map { $0 * 1234 - 5000 }, shape: [4, 6])
    #expect(
      matrix.display == """
        tensor([[-5000, -3766, -2532, -1298,   -64,  1170],
                [ 2404,  3638,  4872,  6106,  7340,  8574],
                [ 9808, 11042, 12276, 13510, 14744, 15978],
                [17212, 18446, 19680, 20914, 22148, 23382]])
        """)
  }

  @Test func `Large tensors are shown by the ends of their axes`() throws {
    let tensor = try Tensor((0..<2000).map { Double($0) / 3 }, shape: [20, 100])
    #expect(
      tensor.display == """
        float64([[  0.00,   0.33,   0.67, …,  32.33,  32.67,  33.00],
                 [ 33.33,  33.67,  34.00, …,  65.67,  66.00,  66.33],
                 [ 66.67,  67.00,  67.33, …,  99.00,  99.33,  99.67],
                 …,
                 [566.67, 567.00, 567.33, …, 599.00, 599.33, 599.67],
                 [600.00, 600.33, 600.67, …, 632.33, 632.67, 633.00],
                 [633.33, 633.67, 634.00, …, 665.67, 666.00, 666.33]])
        """)
  }

  @Test func `Very small numbers and those that are none keep their width`() throws {
    let small = try Tensor((0..<12).map { Double($0) * 1e-6 }, shape: [4, 3])
    #expect(small.display.hasPrefix("float64([[0.0000e+00, 1.0000e-06, 2.0000e-06],\n"))
    let odd = try Tensor(
      [1.5, .nan, -.infinity, 22] + Array(repeating: 0.25, count: 16), shape: [20])
    #expect(odd.display.hasPrefix("float64([ 1.50,   nan,  -inf, 22.00,  0.25,"))
  }
}
