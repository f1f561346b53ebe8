import LeptonTensor

/// Uses of the operations on sequences: two of three steps, for cells of two units.
func sequenceSamples() throws -> [Sample] {
  let mask = try Tensor([true, false, true, true, true, false], shape: [2, 3])
  var all: [Sample] = []
  for cell in SequenceCell.all {
    let given = try cell.operands(batch: 2, time: 3, units: 2, type: .float64)
    let rest = try (0..<2).map {
      try RandomKey(seed: UInt64(70 + $0)).uniform(
        [2, 3, cell.parts * 2], from: -0.9, to: 0.9, type: .float64)
    }
    for (isReversed, masks) in [(false, []), (true, [mask])] {
      let attributes = Attributes(sizes: cell.sizes, steps: isReversed ? [-1] : [])
      all.append(Sample(cell.states, given + masks, attributes))
      all.append(Sample(cell.slopes, given + rest + masks, attributes))
    }
  }
  return all + (try alignmentSamples())
}

/// Frames of three classes that say labels: with a repetition, too few frames, no labels, a short length.
private func alignmentSamples() throws -> [Sample] {
  let frames = try RandomKey(seed: 90).uniform([4, 4, 3], from: -2, to: 0, type: .float64)
  let labels = try Tensor([1, 1, 2, 1, -1, -1, 2, -1], shape: [4, 2])
  let times = try Tensor([4, 1, 3, 2], shape: [4])
  let lengths = try Tensor([2, 2, 0, 1], shape: [4])
  // The second example is impossible: its loss is infinite, which no difference can tell.
  let possible = try [frames, labels, times, lengths].map { try $0.sliced([Slice(step: 2)]) }
  return [
    Sample(.alignment, possible, Attributes(sizes: [0])),
    Sample(.alignmentSlopes, [frames, labels, times, lengths], Attributes(sizes: [0])),
  ]
}

/// The operations of a recurrent cell, and operands for them.
struct SequenceCell: Sendable {
  let name: String
  let states: LeptonTensor.Operation
  let slopes: LeptonTensor.Operation
  let gates: Int
  let parts: Int
  var sizes: [Int] = []

  static let all = [
    SequenceCell(name: "rnn", states: .simpleStates, slopes: .simpleSlopes, gates: 1, parts: 1),
    SequenceCell(
      name: "relu", states: .simpleStates, slopes: .simpleSlopes, gates: 1, parts: 1, sizes: [1]),
    SequenceCell(name: "gru", states: .gatedStates, slopes: .gatedSlopes, gates: 3, parts: 1),
    SequenceCell(name: "lstm", states: .memoryStates, slopes: .memorySlopes, gates: 4, parts: 2),
  ]

  /// Inputs, weights, bias and initial state.
  func operands(batch: Int, time: Int, units: Int, type: ElementType) throws -> [Tensor] {
    try [
      [batch, time, gates * units], [units, gates * units], [gates * units],
      [batch, parts * units],
    ].enumerated().map { place, shape in
      try RandomKey(seed: 40).folded(UInt64(place)).uniform(shape, from: -0.9, to: 0.9, type: type)
    }
  }
}
