import LeptonLearning
import LeptonTensor
import Testing

/// Changes of pictures that move no pixel between others, and those that mix pictures.
@Suite struct PictureChangeTests {
  private func pictures(_ count: Int, _ height: Int, _ width: Int) throws -> Tensor {
    let numbers = (0..<count * height * width).map { Float($0 % 17 + 1) / 17 }
    return try Tensor(numbers, shape: [count, height, width])
  }

  private func changed(_ step: Augmentation.Step, seed: UInt64 = 1, count: Int = 40) throws -> (
    before: [[Float]], after: [[Float]]
  ) {
    let x = try pictures(count, 6, 7)
    let y = try Augmentation([step]).applied(to: x, key: RandomKey(seed: seed))
    func rows(_ tensor: Tensor) throws -> [[Float]] {
      let all = try tensor.elements(as: Float.self)
      return (0..<count).map { Array(all[$0 * 42..<($0 + 1) * 42]) }
    }
    return (try rows(x), try rows(y))
  }

  @Test func `a mirror turns some pictures about, and leaves the others to the bit`() throws {
    let (before, after) = try changed(.mirror(share: 0.5))
    let turned = before.map { row -> [Float] in
      (0..<42).map { (place: Int) -> Float in row[place - place % 7 + 6 - place % 7] }
    }
    let count = zip(after, turned).count { $0 == $1 }
    #expect(zip(after, before).count { $0 == $1 } == 40 - count)
    #expect((10...30).contains(count))
    #expect(try changed(.mirror(share: 1)).after == turned)
    #expect(try changed(.mirror(share: 0)).after == before)
  }

  @Test func `a crop moves by whole pixels, each way as far as it may`() throws {
    let (before, after) = try changed(.crop(pixels: 1), count: 200)
    let steps: [[Int]] = (0..<9).map { [$0 / 3 - 1, $0 % 3 - 1] }
    var moves: Set<[Int]> = []
    for (old, new) in zip(before, after) {
      let move = steps.first { move in
        let moved = (0..<42).map { (place: Int) -> Float in
          let (y, x) = (place / 7 - move[0], place % 7 - move[1])
          return (0..<6).contains(y) && (0..<7).contains(x) ? old[y * 7 + x] : 0
        }
        return new == moved
      }
      moves.insert(try #require(move))
    }
    #expect(moves.count == 9)
  }

  @Test func `a square is cut out, at the edge a part of it`() throws {
    let (before, after) = try changed(.cutOut(size: 3), count: 100)
    let holes = zip(before, after).map { old, new in
      #expect(zip(old, new).allSatisfy { $1 == 0 || $0 == $1 })
      return new.count { $0 == 0 }
    }
    #expect(holes.max() == 9 && holes.min() ?? 0 >= 2)
  }

  @Test func `brightness moves all pixels of a picture by one amount`() throws {
    let (before, after) = try changed(.brightness(amount: 0.25))
    for (old, new) in zip(before, after) {
      let moves = zip(old, new).map { $1 - $0 }
      #expect(moves.allSatisfy { abs($0) <= 0.25 && abs($0 - moves[0]) < 1e-6 })
    }
  }

  @Test func `noise has the deviation that is asked for, and the same key the same noise`() throws {
    let (before, after) = try changed(.noise(deviation: 0.5))
    let noise = zip(before.joined(), after.joined()).map { Double($1 - $0) }
    let deviation = (noise.reduce(0) { $0 + $1 * $1 } / Double(noise.count)).squareRoot()
    #expect(abs(deviation - 0.5) < 0.05)
    #expect(try changed(.noise(deviation: 0.5)).after == after)
    #expect(try changed(.noise(deviation: 0.5), seed: 2).after != after)
  }

  @Test func `pictures that are mixed without targets are refused`() throws {
    for step in [Augmentation.Step.mixUp(alpha: 0.2), .cutMix(alpha: 1)] {
      let error = #expect(throws: TensorError.self) { try changed(step) }
      #expect(error?.code == "data/mixing")
    }
  }
}
