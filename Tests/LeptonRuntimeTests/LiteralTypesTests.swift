import LeptonRuntime
import LeptonTensor
import Testing

@Suite("The literals that an argument takes")
struct LiteralTypesTests {
  private let samples: [(LiteralTypes, Value)] = [
    (.nothing, .nothing), (.bool, .bool(true)), (.int, .int(2)), (.float, .float(2)),
    (.string, .string("a")), (.list, .list([])), (.record, .record(Record())),
  ]

  @Test("are those that its Swift type can be made of")
  func agreement() {
    check(Int.self)
    check(Double.self)
    check(Bool.self)
    check(String.self)
    check(Record.self)
    check(Int?.self)
    check(Record?.self)
    check([Int].self)
    check(Tensor.self)
    check(Callee.self)
  }

  private func check<Argument: Bridged>(_ type: Argument.Type) {
    let types = Argument.literals
    for (sample, value) in samples {
      let isTaken = (try? Argument.bridging(value)) != nil
      #expect(types.contains(sample) == isTaken, "\(type), \(value)")
    }
  }

  @Test("are called as people call them")
  func descriptions() {
    #expect(LiteralTypes.number.description == "a number")
    #expect(LiteralTypes([.number, .nothing]).description == "a number or nothing")
    #expect(LiteralTypes([.int, .string, .list]).description == "an integer, a string or a list")
  }
}
