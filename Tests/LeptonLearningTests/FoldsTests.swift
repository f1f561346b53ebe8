import LeptonLearning
import LeptonTensor
import Testing

@Suite struct FoldsTests {
  private func data(_ labels: [Int]) throws -> Dataset {
    try Dataset(
      name: "", source: "", inputs: RandomKey(seed: 1).uniform([labels.count, 2]),
      targets: Tensor(labels, shape: [labels.count]))
  }

  @Test func `folds are a partition, even in size and stratified`() throws {
    let labels = (0..<53).map { $0 % 5 == 0 ? 1 : 0 }
    let folds = try data(labels).folds(4, key: RandomKey(seed: 2))
    #expect(folds.flatMap(\.part).sorted() == Array(0..<53))
    for fold in folds {
      #expect((13...14).contains(fold.part.count))
      #expect((2...3).contains(fold.part.count { labels[$0] == 1 }))
      #expect((fold.part + fold.rest).sorted() == Array(0..<53))
    }
  }

  @Test func `the same key gives the same folds, another one others`() throws {
    let whole = try data((0..<30).map { $0 % 2 })
    func parts(_ seed: UInt64) throws -> [[Int]] {
      try whole.folds(3, key: RandomKey(seed: seed)).map(\.part)
    }
    #expect(try parts(1) == parts(1))
    #expect(try parts(1) != parts(2))
  }

  @Test(arguments: [0, 1, 11]) func `folds without examples are refused`(number: Int) throws {
    let ten = try data((0..<10).map { $0 % 2 })
    #expect(throws: TensorError.self) { try ten.folds(number, key: RandomKey(seed: 1)) }
  }

  @Test func `a test of rates finds one between too small and too large`() throws {
    let x = (0..<100).map { Float($0) / 100 }
    let line = try Dataset(
      name: "", source: "", inputs: Tensor(x, shape: [100, 1]),
      targets: Tensor(x.map { 2 * $0 + 1 }, shape: [100]))
    var options = TrainingOptions()
    options.batch = 10
    options.optimizer = .sgd()
    let test = try RateTest(
      Dense(1), on: line, options: options, low: 1e-5, high: 100, steps: 80, key: RandomKey(seed: 1)
    )
    let rate = try #require(test.suggestion)
    #expect(rate > 1e-3 && rate < 3)
    // The loss explodes before the highest rate, and the test ends there.
    #expect(test.rates.count < 80)
    #expect(test.rates == test.rates.sorted() && abs(test.rates[0] - 1e-5) < 1e-12)
  }
}
