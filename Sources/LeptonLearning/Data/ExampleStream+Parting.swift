import LeptonTensor

extension ExampleStream {
  /// Draws a share of each part by chance and leaves the rest, each in the order of the whole.
  ///
  /// What is drawn from a part follows from the key and the number of the part, so nothing has to be remembered.
  /// The shares add up to the rounded share of the whole.
  ///
  /// - Throws: `TensorError` with code `data/empty` if one of both has no example.
  func parted(
    _ fraction: Double, key: RandomKey
  ) throws -> (rest: ExampleStream, part: ExampleStream) {
    let ends = starts.map { Int((Double($0) * fraction).rounded()) }
    let shares = (0..<partCount).map { min(max(ends[$0 + 1] - ends[$0], 0), count(of: $0)) }
    let rests = shares.indices.map { count(of: $0) - shares[$0] }
    let places = { [starts] (number: Int, isDrawn: Bool) in
      let count = starts[number + 1] - starts[number]
      let order = try key.folded(UInt64(number)).permutation(count).elements(as: Int.self)
      return (isDrawn ? order.prefix(shares[number]) : order.dropFirst(shares[number])).sorted()
    }
    return (
      try ExampleStream(of: self, counts: rests) { try places($0, false) },
      try ExampleStream(of: self, counts: shares) { try places($0, true) }
    )
  }
}
