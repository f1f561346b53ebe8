import LeptonLearning
import Testing

@Suite struct MetricTests {
  @Test func `the Wilson interval is that of the literature`() {
    // Newcombe 1998, table I: 81 of 263 gives 0.2553 to 0.3662.
    let interval = Accuracy(correct: 81, count: 263).interval
    #expect(abs(interval.lowerBound - 0.2553) < 5e-5)
    #expect(abs(interval.upperBound - 0.3662) < 5e-5)
  }

  @Test func `the Wilson interval stays within 0 and 1`() {
    #expect(Accuracy(correct: 0, count: 20).interval.lowerBound == 0)
    #expect(Accuracy(correct: 20, count: 20).interval.upperBound == 1)
    #expect(Accuracy(correct: 0, count: 0).interval == 0...1)
  }

  @Test func `a confusion matrix has true classes as rows`() {
    let matrix = ConfusionMatrix(
      predicted: [0, 1, 1, 2], actual: [0, 0, 1, 2], classes: ["a", "b", "c"])
    #expect(matrix.counts == [[1, 1, 0], [0, 1, 0], [0, 0, 1]])
    #expect(matrix.accuracy == Accuracy(correct: 3, count: 4))
  }

  @Test func `precision looks at what was predicted and recall at what was there`() {
    let scores = ConfusionMatrix(
      predicted: [0, 1, 1, 1], actual: [0, 0, 1, 1], classes: ["a", "b"]
    ).perClass
    #expect(scores[0].precision == 1)
    #expect(scores[0].recall == 0.5)
    #expect(scores[1].precision == 2.0 / 3)
    #expect(abs(scores[1].f1 - 0.8) < 1e-12)
  }

  @Test func `R² is 1 for the truth and 0 for its mean`() {
    #expect(RegressionScore(predicted: [1, 2, 3], actual: [1, 2, 3]).r2 == 1)
    #expect(RegressionScore(predicted: [2, 2, 2], actual: [1, 2, 3]).r2 == 0)
    #expect(RegressionScore(predicted: [2, 2, 2], actual: [1, 2, 3]).meanAbsoluteError == 2.0 / 3)
  }
}
