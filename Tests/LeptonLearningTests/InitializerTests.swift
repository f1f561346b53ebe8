import LeptonLearning
import LeptonTensor
import Testing

@Suite struct InitializerTests {
  private func draw(_ initializer: Initializer, _ shape: [Int]) throws -> [Double] {
    try initializer.draw(shape, key: RandomKey(seed: 3)).elements(as: Double.self)
  }

  private func deviation(_ numbers: [Double]) -> Double {
    let mean = numbers.reduce(0, +) / Double(numbers.count)
    return (numbers.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(numbers.count))
      .squareRoot()
  }

  @Test func `Glorot's uniform fills its interval and not more`() throws {
    let limit = (6.0 / 300).squareRoot()
    let numbers = try draw(.glorotUniform, [200, 100]).map(abs)
    #expect((numbers.max() ?? 1) <= limit)
    #expect((numbers.max() ?? 0) > 0.99 * limit)
  }

  /// Initialisers, and what the square of their deviation is for 200 inputs and 100 outputs.
  static let variances: [(initializer: Initializer, variance: Double)] = [
    (.glorotNormal, 0.006_666_7), (.glorotUniform, 0.006_666_7), (.heNormal, 0.01),
    (.heUniform, 0.01), (.lecunNormal, 0.005), (.lecunUniform, 0.005),
  ]

  @Test(arguments: variances)
  func `an initialiser has the variance its authors give`(
    initializer: Initializer, variance: Double
  ) throws {
    let measured = deviation(try draw(initializer, [200, 100]))
    #expect(abs(measured / variance.squareRoot() - 1) < 0.02)
  }

  @Test func `a truncated normal stays within two of its deviations`() throws {
    let bound = 2 * (2.0 / 200).squareRoot() / 0.879_625_661
    #expect((try draw(.heNormal, [200, 100]).map(abs).max() ?? 9) <= bound * 1.000_01)
  }

  @Test func `a vector counts as inputs and outputs`() throws {
    #expect((try draw(.glorotUniform, [100]).map(abs).max() ?? 9) <= (6.0 / 200).squareRoot())
  }
}
