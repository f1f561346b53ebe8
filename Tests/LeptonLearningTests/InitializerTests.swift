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

  @Test func `a convolution counts its field among inputs and outputs`() throws {
    // 3 × 3 places, 40 channels in, 20 out: 360 inputs and 180 outputs.
    for (initializer, variance) in [
      (Initializer.heNormal, 2.0 / 360), (.glorotNormal, 2.0 / 540), (.lecunUniform, 1.0 / 360),
    ] {
      let measured = deviation(try draw(initializer, [3, 3, 40, 20]))
      #expect(abs(measured / variance.squareRoot() - 1) < 0.03)
    }
  }

  @Test func `a normal without its tails has the deviation that is left`() throws {
    let numbers = try draw(.truncatedNormal(mean: 1, deviation: 0.5), [200, 100])
    #expect(numbers.allSatisfy { abs($0 - 1) <= 1.000_01 })
    #expect(abs(deviation(numbers) / (0.5 * 0.879_625_661) - 1) < 0.02)
  }

  @Test func `an identity stands in the middle of a kernel`() throws {
    let kernel = try Initializer.identity(gain: 2).draw([3, 5, 2, 3], key: RandomKey(seed: 1))
    let middle = try kernel.element(at: 1).element(at: 2).elements(as: Double.self)
    #expect(middle == [2, 0, 0, 0, 2, 0])
    #expect(try kernel.sum().item() == 4)
  }
}
