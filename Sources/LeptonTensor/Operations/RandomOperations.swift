import CKernels

// Chance. The operand is a key with its counter, `int64 [2]`; the numbers are functions of it and
// of their place alone, so they depend neither on threads nor on what was drawn before.

extension Operation {
  static let randoms: [Operation] = [randomUniform, randomNormal, randomPermutation]

  /// Even distribution.
  public static let randomUniform = draw(
    "random_uniform", "Fractions evenly distributed over 0 ≤ x < 1.",
    single: { key, y, places in
      lk_uniform(
        key[0], key[1], UInt64(places.lowerBound / 4), y + places.lowerBound, places.count)
    },
    double: { words in Double(words >> 11) * 0x1p-53 })

  /// Normal distribution.
  public static let randomNormal = draw(
    "random_normal", "Fractions of the normal distribution with mean 0 and deviation 1.",
    single: { key, y, places in
      for start in stride(from: places.lowerBound, to: places.upperBound, by: 4) {
        let words = Philox.block(start / 4, key[0], key[1])
        for place in start..<Swift.min(start + 4, places.upperBound) {
          y[place] = Philox.normal(words[place - start])
        }
      }
    },
    double: { words in normalQuantile((Double(words >> 12) + 0.5) * 0x1p-52) })

  /// Order.
  public static let randomPermutation = Operation(
    "random_permutation", "The whole numbers below a count in random order.",
    rule: { forms, attributes in
      try requireKey(forms[0])
      return Form(try Shape(attributes.sizes), .int64)
    },
    kernel: { problem in
      let count = problem.output.shape.count
      return Work(accesses: [.whole, .whole]) { memory, _ in
        permute(memory.output(as: Int.self), count, memory.input(0, as: UInt64.self))
      }
    },
    derivative: .none, batching: drawing)

  /// Fisher and Yates's shuffle, for which some numbers at a time are drawn.
  private static func permute(
    _ order: UnsafeMutablePointer<Int>, _ count: Int, _ key: UnsafePointer<UInt64>
  ) {
    for index in 0..<count { order[index] = index }
    let most = 64
    withUnsafeTemporaryAllocation(of: UInt64.self, capacity: most) { bits in
      guard let bits = bits.baseAddress else { return }
      for start in stride(from: (count - 1) / most * most, through: 0, by: -most) {
        let drawn = Swift.min(most, count - start)
        lk_random_bits(key[0], key[1], UInt64(start), bits, drawn)
        for index in stride(from: start + drawn - 1, through: Swift.max(start, 1), by: -1) {
          let other = Int(bits[index - start].multipliedFullWidth(by: UInt64(index + 1)).high)
          let moved = order[index]
          order[index] = order[other]
          order[other] = moved
        }
      }
    }
  }

  private static func draw(
    _ name: String, _ document: String, single: @escaping Writing<Float>,
    double: @escaping @Sendable (UInt64) -> Double
  ) -> Operation {
    Operation(
      name, document,
      rule: { forms, attributes in
        try requireKey(forms[0])
        return Form(try Shape(attributes.sizes), attributes.elementType ?? .float32)
      },
      kernel: { problem in
        problem.output.elementType == .float32
          ? fill(problem, by: single)
          : fill(problem) { (key, y: UnsafeMutablePointer<Double>, places) in
            for start in stride(from: places.lowerBound, to: places.upperBound, by: 2) {
              let words = Philox.block(start / 2, key[0], key[1])
              for place in start..<Swift.min(start + 2, places.upperBound) {
                let half = 2 * (place - start)
                y[place] = double(UInt64(words[half]) | UInt64(words[half + 1]) << 32)
              }
            }
          }
      },
      derivative: .none, batching: drawing)
  }

  /// Writes the numbers of some places, the first of which begins a block, by a key and its counter.
  private typealias Writing<T> =
    @Sendable (UnsafePointer<UInt64>, UnsafeMutablePointer<T>, Range<Int>) -> Void

  /// Fills tiles; a tile starts at a multiple of a block, so each block belongs to one tile.
  private static func fill<T>(_ problem: Problem, by write: @escaping Writing<T>) -> Work {
    let shape = problem.output.shape
    let tiling = Tiling(shape)
    let row = shape.count / Swift.max(tiling.rows, 1)
    let tile = tiling.rowsPerTile * row
    return Work(
      tiles: tiling.count, accesses: [.tiled(bytes: tile * MemoryLayout<T>.stride), .whole]
    ) { memory, index in
      let start = index * tile
      write(
        memory.input(0, as: UInt64.self), memory.output(as: T.self),
        start..<Swift.max(start, Swift.min(start + tile, shape.count)))
    }
  }

  private static let drawing = Batching.rule { operation, operands, _, attributes in
    let draws = try (0..<operands[0].shape[0]).map {
      try operation.applied([operands[0].element(at: $0)], attributes)
    }
    return try Tensor.stacked(draws)
  }

  private static func requireKey(_ form: Form) throws {
    guard form.elementType == .int64, form.shape.sizes == [2] else {
      throw TensorError("random/key", "a random operation needs a key")
    }
  }
}
