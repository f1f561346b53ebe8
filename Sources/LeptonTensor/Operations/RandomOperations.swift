// Chance. The operand is a key with its counter, `int64 [2]`; the numbers are functions of it and
// of their place alone, so they depend neither on threads nor on what was drawn before.

extension Operation {
  static let randoms: [Operation] = [randomUniform, randomNormal, randomPermutation]

  /// Even distribution.
  public static let randomUniform = draw(
    "random_uniform", "Fractions evenly distributed over 0 ≤ x < 1.",
    { word in Float(word >> 8) * 0x1p-24 }, { words in Double(words >> 11) * 0x1p-53 })

  /// Normal distribution.
  public static let randomNormal = draw(
    "random_normal", "Fractions of the normal distribution with mean 0 and deviation 1.",
    { word in normalQuantile7((Double(word) + 0.5) * 0x1p-32) },
    { words in normalQuantile((Double(words >> 12) + 0.5) * 0x1p-52) })

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

  /// Fisher and Yates's shuffle.
  private static func permute(
    _ order: UnsafeMutablePointer<Int>, _ count: Int, _ key: UnsafePointer<UInt64>
  ) {
    for index in 0..<count { order[index] = index }
    for index in stride(from: count - 1, to: 0, by: -1) {
      let words = Philox.block(index, key[0], key[1])
      let random = UInt64(words.x) | UInt64(words.y) << 32
      let other = Int(random.multipliedFullWidth(by: UInt64(index + 1)).high)
      let moved = order[index]
      order[index] = order[other]
      order[other] = moved
    }
  }

  private static func draw(
    _ name: String, _ document: String, _ single: @escaping @Sendable (UInt32) -> Float,
    _ double: @escaping @Sendable (UInt64) -> Double
  ) -> Operation {
    Operation(
      name, document,
      rule: { forms, attributes in
        try requireKey(forms[0])
        return Form(try Shape(attributes.sizes), attributes.elementType ?? .float32)
      },
      kernel: { problem in
        problem.output.elementType == .float32
          ? fill(problem, perBlock: 4) { (y: UnsafeMutablePointer<Float>, words, start, count) in
            for index in 0..<count { y[start + index] = single(words[index]) }
          }
          : fill(problem, perBlock: 2) { (y: UnsafeMutablePointer<Double>, words, start, count) in
            for index in 0..<count {
              y[start + index] = double(
                UInt64(words[2 * index]) | UInt64(words[2 * index + 1]) << 32)
            }
          }
      },
      derivative: .none, batching: drawing)
  }

  /// Fills tiles; a tile starts at a multiple of a block, so each block belongs to one tile.
  private static func fill<T>(
    _ problem: Problem, perBlock: Int,
    _ write:
      @escaping @Sendable (UnsafeMutablePointer<T>, SIMD4<UInt32>, _ start: Int, _ count: Int) ->
      Void
  ) -> Work {
    let shape = problem.output.shape
    let tiling = Tiling(shape)
    let row = shape.count / Swift.max(tiling.rows, 1)
    let tile = tiling.rowsPerTile * row
    return Work(
      tiles: tiling.count, accesses: [.tiled(bytes: tile * MemoryLayout<T>.stride), .whole]
    ) { memory, index in
      let key = memory.input(0, as: UInt64.self)
      let end = Swift.min((index + 1) * tile, shape.count)
      for start in stride(from: index * tile, to: end, by: perBlock) {
        write(
          memory.output(as: T.self), Philox.block(start / perBlock, key[0], key[1]), start,
          Swift.min(perBlock, end - start))
      }
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
