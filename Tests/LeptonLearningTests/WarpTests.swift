import LeptonLearning
import LeptonTensor
import Testing

/// Resampling in vectors against the formula, pixel by pixel.
@Suite struct WarpTests {
  /// A size of pictures.
  struct Size: CustomStringConvertible {
    let height, width, channels: Int
    var description: String { "\(height) × \(width) × \(channels)" }
    var count: Int { height * width * channels }
  }

  static let sizes = [
    Size(height: 1, width: 1, channels: 1), Size(height: 1, width: 9, channels: 1),
    Size(height: 5, width: 3, channels: 1), Size(height: 28, width: 28, channels: 1),
    Size(height: 40, width: 33, channels: 1), Size(height: 7, width: 8, channels: 3),
    Size(height: 33, width: 17, channels: 4), Size(height: 4, width: 5, channels: 2),
  ]

  private func picture(_ size: Size) throws -> [Float] {
    try RandomKey(seed: 3).uniform([size.count]).elements(as: Float.self)
  }

  /// A pixel between four others; outside of a picture all is 0.
  private func sample(_ picture: [Float], _ size: Size, x: Double, y: Double, _ channel: Int)
    -> Double
  {
    func pixel(_ x: Int, _ y: Int) -> Double {
      guard (0..<size.width).contains(x), (0..<size.height).contains(y) else { return 0 }
      return Double(picture[(y * size.width + x) * size.channels + channel])
    }
    let (left, top) = (x.rounded(.down), y.rounded(.down))
    guard abs(left) < 1e6, abs(top) < 1e6 else { return 0 }
    let (column, row, fx, fy) = (Int(left), Int(top), x - left, y - top)
    return (1 - fy) * ((1 - fx) * pixel(column, row) + fx * pixel(column + 1, row))
      + fy * ((1 - fx) * pixel(column, row + 1) + fx * pixel(column + 1, row + 1))
  }

  private func largestDifference(
    _ result: [Float], _ picture: [Float], _ size: Size,
    _ place: (_ x: Double, _ y: Double) -> (x: Double, y: Double)
  ) -> Double {
    var largest = 0.0
    for y in 0..<size.height {
      for x in 0..<size.width {
        let from = place(Double(x), Double(y))
        for channel in 0..<size.channels {
          let expected = sample(picture, size, x: from.x, y: from.y, channel)
          let given = Double(result[(y * size.width + x) * size.channels + channel])
          largest = max(largest, abs(given - expected))
        }
      }
    }
    return largest
  }

  @Test(arguments: sizes)
  func `a shift and a scale take each pixel from where the formula says`(size: Size) throws {
    let picture = try picture(size)
    let steps = Augmentation([.scale(fraction: 0.25), .shift(pixels: 2)])
    let result = steps.applied(
      to: picture, height: size.height, width: size.width, channels: size.channels,
      chance: [0.5, 0.4, -0.7])
    let (middleX, middleY) = (Double(size.width - 1) / 2, Double(size.height - 1) / 2)
    let difference = largestDifference(result, picture, size) { x, y in
      ((x - middleX - 0.8) / 1.125 + middleX, (y - middleY + 1.4) / 1.125 + middleY)
    }
    #expect(difference < 1e-4)
  }

  /// The share of a point in the cubic B-spline at a place, both counted in points.
  private func share(_ distance: Double) -> Double {
    let d = abs(distance)
    if d >= 2 { return 0 }
    return d >= 1 ? (2 - d) * (2 - d) * (2 - d) / 6 : (4 - 6 * d * d + 3 * d * d * d) / 6
  }

  @Test(arguments: sizes, [4, 8, 11, 64])
  func `a bend takes each pixel from where the spline says`(size: Size, grid: Int) throws {
    let picture = try picture(size)
    let shape = [2, size.height, size.width, size.channels]
    let key = RandomKey(seed: 7)
    let bent = try Augmentation([.elastic(pixels: 3, grid: grid)])
      .applied(to: Tensor(picture + picture, shape: shape), key: key).elements(as: Float.self)
    for number in 0..<2 {
      let moves = try key.folded("bend").folded(UInt64(number))
        .uniform([2, grid, grid], from: -3, to: 3).elements(as: Double.self)
      func field(_ axis: Int, _ x: Double, _ y: Double) -> Double {
        let across = size.width > 1 ? x / Double(size.width - 1) * Double(grid - 3) : 0
        let along = size.height > 1 ? y / Double(size.height - 1) * Double(grid - 3) : 0
        var sum = 0.0
        for row in 0..<grid {
          for column in 0..<grid {
            sum +=
              share(along + 1 - Double(row)) * share(across + 1 - Double(column))
              * moves[(axis * grid + row) * grid + column]
          }
        }
        return sum
      }
      let own = Array(bent[number * size.count..<(number + 1) * size.count])
      let difference = largestDifference(own, picture, size) { x, y in
        (x + field(0, x, y), y + field(1, x, y))
      }
      #expect(difference < 1e-3, "picture \(number)")
    }
  }

  @Test func `pictures without pixels stay as they are, and far too large ones are refused`() throws
  {
    let all = Augmentation([.shift(pixels: 1), .elastic(pixels: 2, grid: 8), .mirror(share: 0.5)])
    for shape in [[0, 4, 4], [3, 0, 4], [3, 4, 0], [3, 4, 4, 0], [2, 0, 0, 0]] {
      let empty = try Tensor([Float](), shape: shape)
      #expect(try all.applied(to: empty, key: RandomKey(seed: 1)).shape.sizes == shape)
    }
    let wide = try Tensor([Float](), shape: [0, 1 << 20, 1 << 20])
    let error = #expect(throws: TensorError.self) {
      try all.applied(to: wide, key: RandomKey(seed: 1))
    }
    #expect(error?.code == "value/range")
  }
}
