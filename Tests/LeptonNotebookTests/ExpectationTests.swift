import LeptonNotebook
import LeptonSession
import Testing

private func difference(
  _ expected: String, _ outputs: [Output], tolerance: Tolerance = Tolerance()
) -> Failure? {
  let notebook = Notebook(
    parsing: "```lepton\n1\n```\n```expect\n\(expected)\n```\n", name: "n.lnb")
  guard let expectation = notebook.expectations[0]?.first else { return nil }
  let comparison = Comparison(notebook: "n.lnb", expectation: expectation, tolerance: tolerance)
  return ActualForm.closest(to: expectation.pattern, of: outputs, by: comparison).miss
}

private func holds(_ expected: String, _ actual: String, tolerance: Tolerance = Tolerance()) -> Bool
{
  difference(expected, [.text(actual)], tolerance: tolerance) == nil
}

@Suite struct Expectations {
  @Test(
    "Numbers are compared by value, with the precision as written",
    arguments: [
      ("0.53", "0.534", true), ("0.53", "0.541", false), ("0.530", "0.534", false),
      ("2.1", "2.0", true), ("2.2", "2.0", false),
      ("1.5e-4", "0.000151", true), ("1.5e-4", "0.000171", false), ("3", "3", true),
      ("3", "4", false), ("3", "3.0", false), ("3.0", "3", true), ("-1.0", "-1.04", true),
      ("0.5±0.1", "0.6", true), ("0.5±0.1", "0.61", false), ("100±5%", "104.9", true),
      ("100±5%", "105.1", false), ("98.5±0.2 %", "98.6 %", true), ("10±2", "12", true),
      ("10±2", "13", false), ("nan", "nan", true), ("inf", "inf", true), ("inf", "-inf", false),
      ("-inf", "-inf", true), ("0.0", "-0.0", true), ("0.1", "nan", false), ("1e9", "1e9", true),
      ("9007199254740993", "9007199254740993", true),
    ])
  func numbers(expected: String, actual: String, verdict: Bool) {
    #expect(holds(expected, actual) == verdict)
  }

  @Test(
    "Text must be equal, blanks do not count, wildcards stand for anything",
    arguments: [
      ("a b", "a   b", true), ("a b", "ab", false), ("a", "b", false), ("784-128", "784-128", true),
      ("784-128", "784-129", false), ("loss [..] end", "loss 3 4 end", true),
      ("[..]", "anything at all", true), ("a [..]", "b", false), ("...\nz", "a\nb\nz", true),
      ("a\n...\nz", "a\nz", true), ("a\n...\nz", "a\nb", false), ("a\nb", "a", false),
      ("a", "a\nb", false), ("...", "", true), ("a\n\nb", "a\nb", true), ("", "a", false),
      ("f(x) = 2", "f(x) = 2", true), ("float32", "float64", false), ("x2", "x3", false),
      ("...\nb\n...", "a\nb\nb\nc", true), ("[1, 2]", "[1,2]", true), ("日本 1", "日本 1", true),
    ])
  func text(expected: String, actual: String, verdict: Bool) {
    #expect(holds(expected, actual) == verdict)
  }

  @Test func `a stated tolerance takes the place of the written precision`() {
    let tolerance = Tolerance(relative: 1e-3)
    #expect(holds("1.0", "1.0009", tolerance: tolerance))
    #expect(!holds("1.0", "1.002", tolerance: tolerance))
    #expect(!holds("0.5", "0.54", tolerance: tolerance))
    #expect(!holds("3", "4", tolerance: Tolerance(absolute: 10)))
  }

  @Test func `tables are compared in full precision, whatever their layout`() {
    let table = Table(
      columns: [.init("epoch"), .init("loss"), .init("accuracy", .percent(digits: 2))],
      rows: [[.int(1), .float(0.693_147), .float(0.98503)], [.int(2), .float(0.5), .missing]])
    let good =
      "| epoch | loss | accuracy |\n|---|---|---|\n| 1 | 0.6931±0.0001 | 98.50±0.01 % |\n| 2 | 0.5 | |"
    #expect(difference(good, [.table(table)]) == nil)
    #expect(difference("| epoch |loss| accuracy|\n...\n| 2 | 0.5 | |", [.table(table)]) == nil)
    let bad = difference(good.replacing("±0.0001", with: "±0.00001"), [.table(table)])
    #expect(bad?.place.line == 7)
    #expect(bad?.place.column == 7)
    #expect(bad?.message.contains("0.693147") == true)
  }

  @Test func `tensors are compared in full precision`() {
    let tensor = TensorValue(
      elementType: "float32", shape: [2], elements: [0.123456, 2], text: "tensor([0.1235, 2.0])")
    #expect(difference("tensor([0.1235±0.0001, 2.0])", [.tensor(tensor)]) == nil)
    #expect(difference("tensor([0.12346±0.000001, 2.0])", [.tensor(tensor)]) != nil)
  }

  @Test(arguments: [
    ("tensor([0.1235, 2.0])", true), ("[0.1235, 2.0]", true), ("[0.12346±0.00001, 2.0]", true),
    ("tensor([0.1235, 2.0])\n# float32 [2]", true), ("...\n# float32 [2]", true),
    ("[..]([0.1235, 2.0])", true), ("[0.1235, 2.1]", true), ("[0.1235, 2.2]", false),
    ("[0.1235]", false),
    ("0.1235, 2.0", false),
    ("tensor([0.1235, 2.0])\n# float64 [2]", false),
    ("tensor([0.1235, 2.0])\n# float32 [3]", false),
  ])
  func `a tensor may be written as it is made, as it is shown, and as its elements`(
    expected: String, verdict: Bool
  ) {
    let tensor = TensorValue(
      elementType: "float32", shape: [2], elements: [0.123456, 2], text: "tensor([0.1235, 2.0])")
    #expect((difference(expected, [.tensor(tensor)]) == nil) == verdict)
  }

  @Test func `a tensor without dimensions is a number`() {
    let tensor = TensorValue(
      elementType: "float64", shape: [], elements: [0.8437], text: "float64(0.8437)")
    #expect(difference("0.84±0.01", [.tensor(tensor)]) == nil)
    let miss = difference("0.86±0.01", [.tensor(tensor)])
    #expect(miss?.message.hasPrefix("expected 0.86, got 0.8437: off by 0.016") == true)
  }

  @Test func `what is missed is named with both values and the margin`() {
    let miss = difference("loss 0.50±0.01", [.text("loss 0.53")])
    #expect(miss?.code == "expect/output")
    #expect(miss?.message.hasPrefix("expected 0.50, got 0.53: off by 0.03") == true)
    #expect(miss?.message.hasSuffix("allowed 0.01") == true)
    #expect(miss?.place.line == 5)
    #expect(miss?.place.column == 6)
  }

  @Test func `a sign of tolerance needs a number`() {
    let notebook = Notebook(
      parsing: "```lepton\n1\n```\n```expect\n1\n2 ± x\n```\n", name: "n.lnb")
    #expect(notebook.failures.map(\.place.line) == [6])
  }

  @Test func `whoever takes one wildcard for the other is told which is which`() throws {
    let miss = try #require(difference("one ...", [.text("one two three")]))
    #expect(miss.help.joined().contains("`[..]` is any text within a line"))
  }

  @Test func `many wildcards end in time`() {
    let pattern = Array(repeating: "...", count: 60).joined(separator: "\nx\n") + "\ny"
    #expect(!holds(pattern, Array(repeating: "x", count: 3000).joined(separator: "\n")))
    #expect(
      !holds(String(repeating: "[..] a ", count: 60) + "b", String(repeating: "a ", count: 3000)))
  }
}
