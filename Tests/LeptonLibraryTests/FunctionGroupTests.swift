import Testing

@Suite("Functions that call each other")
struct FunctionGroupTests {
  @Test("are kept apart, however many pairs of them a cell has")
  func many() {
    let pairs = (0..<200).map { number in
      "fn a\(number)(n) = if n > 0 { b\(number)(n - 1) } else { \(number) }\nfn b\(number)(n) = a\(number)(n)\n"
    }
    #expect(Transcript(of: pairs.joined() + "[a199(3), b1(2)]").text.contains("[199, 1]"))
  }
}
