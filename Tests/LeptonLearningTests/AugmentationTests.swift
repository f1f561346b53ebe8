import LeptonLearning
import LeptonTensor
import Testing

@Suite struct AugmentationTests {
  /// A picture of 5 × 5 that is 0 save for one pixel.
  private func dot(x: Int, y: Int) -> [Float] {
    (0..<25).map { $0 == y * 5 + x ? 1 : 0 }
  }

  private func warp(_ picture: [Float], _ augmentation: Augmentation, _ chance: [Float]) -> [Float]
  {
    augmentation.applied(to: picture, height: 5, width: 5, channels: 1, chance: chance)
  }

  @Test func `no chance leaves a picture as it is`() {
    let all = Augmentation([.shift(pixels: 2), .rotate(degrees: 10), .scale(fraction: 0.1)])
    #expect(warp(dot(x: 1, y: 3), all, [0, 0, 0, 0]) == dot(x: 1, y: 3))
  }

  @Test func `a shift moves to the right and down`() {
    let shift = Augmentation([.shift(pixels: 2)])
    #expect(warp(dot(x: 1, y: 1), shift, [0.5, 1]) == dot(x: 2, y: 3))
    #expect(warp(dot(x: 1, y: 1), shift, [-1, 0]).allSatisfy { $0 == 0 })
  }

  @Test func `half a pixel is shared between neighbours`() {
    let moved = warp(dot(x: 2, y: 2), Augmentation([.shift(pixels: 1)]), [0.5, 0])
    #expect(moved[2 * 5 + 2] == 0.5 && moved[2 * 5 + 3] == 0.5)
  }

  @Test func `a quarter turn takes the right to the bottom`() {
    let turned = warp(dot(x: 4, y: 2), Augmentation([.rotate(degrees: 90)]), [1])
    #expect(abs(turned[4 * 5 + 2] - 1) < 1e-5)
  }

  @Test func `steps are composed in order into one map`() {
    let both = Augmentation([.shift(pixels: 2)]).followed(by: Augmentation([.rotate(degrees: 90)]))
    #expect(both.source == "shift(2) >> rotate(90)")
    let result = warp(dot(x: 2, y: 2), both, [1, 0, 1])
    #expect(abs(result[4 * 5 + 2] - 1) < 1e-5)
  }

  @Test func `a picture that is drawn out to nothing does no harm`() {
    let flat = warp(dot(x: 2, y: 2), Augmentation([.scale(fraction: 1)]), [-1])
    #expect(flat.count == 25)
    #expect(warp(dot(x: 2, y: 2), Augmentation([.shift(pixels: .infinity)]), [1, 1]).count == 25)
  }
}
