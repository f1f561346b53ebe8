import Foundation
import LeptonTensor
import Testing

@Suite struct `Fourier transforms` {
  static let lengths = [
    1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 12, 13, 15, 16, 17, 30, 34, 64, 97, 100, 210, 257, 286,
  ]

  /// The sum that defines the transform.
  private func naive(_ x: [Double], sign: Double) -> [Double] {
    let n = x.count / 2
    return (0..<n).flatMap { j in
      var (re, im) = (0.0, 0.0)
      for k in 0..<n {
        let angle = sign * 2 * .pi * Double(j * k % n) / Double(n)
        re += x[2 * k] * cos(angle) - x[2 * k + 1] * sin(angle)
        im += x[2 * k] * sin(angle) + x[2 * k + 1] * cos(angle)
      }
      return [re, im]
    }
  }

  private func distance(_ a: Tensor, _ b: [Double]) throws -> Double {
    zip(try a.elements(as: Double.self), b).reduce(0) { max($0, abs($1.0 - $1.1)) }
  }

  @Test(arguments: lengths) func `every length agrees with the sum`(_ n: Int) throws {
    let limit = 1e-13 * Double(n)
    let x = try RandomKey(seed: UInt64(n)).normal([n, 2], type: .float64)
    let points = try x.elements(as: Double.self)
    #expect(try distance(x.fourier(isComplex: true), naive(points, sign: -1)) < limit)
    let back = try x.inverseFourier()
    #expect(try distance(back, naive(points, sign: 1).map { $0 / Double(n) }) < limit)
    let real = try x.sliced([Slice(), Slice(to: 1)]).reshaped(to: [n])
    let whole = try real.fourier().elements(as: Double.self)
    #expect(try distance(real.realFourier(), Array(whole.prefix(n / 2 * 2 + 2))) < limit)
    let again = try real.realFourier().inverseRealFourier(count: n)
    #expect(try distance(again, real.elements(as: Double.self)) < limit)
  }

  @Test(arguments: [4096, 5000, 65537, 100_003]) func `long transforms keep their precision`(
    _ n: Int
  ) throws {
    for (type, limit) in [(ElementType.float64, 4e-16), (.float32, 1.3e-7)] {
      let x = try RandomKey(seed: 3).normal([n, 2], type: type)
      let back = try x.fourier(isComplex: true).inverseFourier()
      let error = try back.subtracting(x).absolute().max().item()
      #expect(error < limit * log2(Double(n)) * 4, "\(n) \(type)")
    }
  }

  @Test func `signals are cut, filled and transformed along any axis`() throws {
    let x = try RandomKey(seed: 5).normal([3, 6, 2], type: .float64)
    for axis in [0, 1, 2, -3] {
      let place = axis < 0 ? axis + 3 : axis
      var order = [0, 1, 2]
      order.insert(order.remove(at: place), at: 2)
      let turned = try x.transposed(axes: order).realFourier(count: 5)
      let direct = try x.realFourier(count: 5, axis: axis)
      #expect(direct.shape[place] == 3)
      var sizes = x.shape.sizes
      sizes[place] = 3
      #expect(direct.shape.sizes == sizes + [2])
      #expect(
        try turned.sum(axes: [0, 1, 2]).elements(as: Double.self).map { ($0 * 1e9).rounded() }
          == direct.sum(axes: [0, 1, 2]).elements(as: Double.self).map { ($0 * 1e9).rounded() })
    }
    #expect(throws: TensorError.self) { try x.fourier(axis: 3) }
    #expect(throws: TensorError.self) { try x.fourier(count: 0) }
    #expect(throws: TensorError.self) { try x.fourier(count: 1 << 40) }
    #expect(throws: TensorError.self) { try Tensor(repeating: 0.0, shape: [2, 0]).fourier() }
    #expect(throws: TensorError.self) { try Tensor(repeating: 0.0, shape: [4, 3]).magnitude() }
    #expect(throws: TensorError.self) { try Tensor(scalar: 1).realFourier() }
  }

  @Test func `magnitude and phase are those of the numbers`() throws {
    let z = try Tensor([3.0, 4, 0, 0, -1e30, 0, 0, -2], shape: [4, 2], type: .float32)
    #expect(try z.magnitude().elements(as: Float.self) == [5, 0, 1e30, 2])
    let phases = try z.phase().elements(as: Double.self)
    let exact = [atan2(4.0, 3.0), 0, Double.pi, -Double.pi / 2]
    #expect(zip(phases, exact).allSatisfy { abs($0 - $1) < 1e-6 })
  }
}
