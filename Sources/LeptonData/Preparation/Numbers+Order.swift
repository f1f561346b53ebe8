extension [Double] {
  /// The mean.
  var mean: Double { isEmpty ? .nan : reduce(0, +) / Double(count) }

  /// The mean square of the distances from a number.
  func variance(around mean: Double) -> Double {
    reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(count)
  }

  /// The middle one in order, or the mean of the two in the middle.
  var median: Double { sorted().quantile(0.5) }

  /// Of numbers in ascending order that below which a share lies, linear between two of them.
  func quantile(_ share: Double) -> Double {
    guard let last else { return .nan }
    let place = share * Double(count - 1)
    let low = Int(place)
    guard low + 1 < count else { return last }
    let weight = place - Double(low)
    // As NumPy does, from the nearer end, so that the results are the same to the last bit.
    let step = self[low + 1] - self[low]
    return weight < 0.5 ? self[low] + step * weight : self[low + 1] - step * (1 - weight)
  }

  /// How many numbers in ascending order are not above a number.
  func countNotAbove(_ number: Double) -> Int { prefixLength(while: { $0 <= number }) }

  /// How many numbers in ascending order are below a number.
  func countBelow(_ number: Double) -> Int { prefixLength(while: { $0 < number }) }

  private func prefixLength(while isBefore: (Double) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if isBefore(self[middle]) { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
