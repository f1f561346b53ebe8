import LeptonTensor

/// Windows on which convolutions and pooling are tried: sizes, filters and how windows slide.
struct WindowSample: Sendable {
  let picture: [Int]
  let filters: [Int]
  let windowing: Windowing

  static let all = [
    WindowSample([1, 5, 4, 2], [3, 2, 2, 3], Windowing()),
    WindowSample([2, 4, 5, 1], [3, 3, 1, 2], Windowing(before: [1, 1], after: [1, 1])),
    WindowSample(
      [1, 6, 5, 4], [2, 3, 2, 4],
      Windowing(strides: [2, 3], before: [1, 0], after: [0, 2], groups: 2)),
    WindowSample(
      [2, 5, 4, 3], [3, 3, 1, 3], Windowing(before: [1, 1], after: [1, 1], groups: 3)),
    WindowSample(
      [1, 6, 7, 2], [2, 2, 2, 1], Windowing(dilations: [3, 2], before: [2, 1], after: [1, 2])),
    WindowSample([1, 7, 3, 2], [1, 1, 1, 6], Windowing(strides: [3, 2], groups: 2)),
    WindowSample([1, 4, 3, 3], [1, 1, 3, 2], Windowing()),
    WindowSample(
      [1, 2, 2, 1], [1, 1, 1, 1], Windowing(strides: [3, 3], before: [1, 2], after: [3, 2])),
  ]

  init(_ picture: [Int], _ filters: [Int], _ windowing: Windowing) {
    self.picture = picture
    self.filters = filters
    self.windowing = windowing
  }
}

/// Uses of the operations with windows.
func windowSamples() throws -> [Sample] {
  var all: [Sample] = []
  for sample in WindowSample.all {
    let windowing = sample.windowing
    let attributes = windowing.attributes()
    let convolution = try Sample(.convolution, [sample.picture, sample.filters], attributes)
    let result = try convolution.apply(convolution.operands).shape.sizes
    all.append(convolution)
    all.append(
      try Sample(
        .convolutionInput, [result, sample.filters],
        windowing.attributes(sizes: Array(sample.picture[1...2]))))
    all.append(
      try Sample(
        .convolutionFilters, [sample.picture, result],
        windowing.attributes(sizes: Array(sample.filters[0...1]))))
  }
  for (picture, window, windowing) in [
    ([2, 4, 4, 2], [2, 2], Windowing(strides: [2, 2])),
    ([1, 5, 6, 2], [3, 2], Windowing(strides: [2, 1], before: [1, 0], after: [1, 1])),
    ([1, 5, 5, 1], [2, 2], Windowing(strides: [3, 3])),
  ] {
    let attributes = windowing.attributes(sizes: window)
    let largest = try Sample(.maxPool, [picture], attributes)
    let result = try largest.apply(largest.operands).shape.sizes
    all.append(largest)
    all.append(try Sample(.maxPoolSlope, [picture, result], attributes))
    all.append(try Sample(.maxPoolChoice, [picture, picture], attributes))
  }
  return all
}
