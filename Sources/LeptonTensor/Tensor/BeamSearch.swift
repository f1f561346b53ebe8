import Glibc

/// The most probable labels of frames: prefixes that are kept as a beam while frames are read, each with
/// the probability of all its alignments so far (Graves 2012; Hannun and others 2014).
public struct BeamSearch: Sendable {
  /// Labels with the logarithm of their probability.
  public struct Hypothesis: Sendable, Hashable {
    /// The labels, without blanks.
    public let labels: [Int]
    /// The logarithm of the sum of the alignments that were kept.
    public let logProbability: Double
  }

  /// How many prefixes are kept.
  private let width: Int
  private let blank: Int

  /// Makes a search.
  ///
  /// Throws `value/range` unless at least one prefix is kept.
  public init(width: Int, blank: Int) throws {
    guard width > 0 else {
      throw TensorError("value/range", "a beam keeps at least 1 prefix, not \(width)")
    }
    self.width = width
    self.blank = blank
  }

  /// Log-probabilities of the alignments of a prefix that end in a blank, and of those that do not.
  private struct Ends {
    var inBlank = -Double.infinity
    var inLabel = -Double.infinity

    var total: Double { Ends.sum(inBlank, inLabel) }

    /// log(eᵃ + eᵇ).
    static func sum(_ a: Double, _ b: Double) -> Double {
      let top = max(a, b)
      return top == -.infinity ? top : top + log1p(exp(min(a, b) - top))
    }
  }

  /// The hypotheses for frames of log-probabilities, the most probable first.
  public func hypotheses(_ frames: [[Double]]) -> [Hypothesis] {
    var beam: [[Int]: Ends] = [[]: Ends(inBlank: 0)]
    for frame in frames { beam = best(extended(beam, frame)) }
    return ranked(beam).map { Hypothesis(labels: $0.key, logProbability: $0.value.total) }
  }

  private func extended(_ beam: [[Int]: Ends], _ frame: [Double]) -> [[Int]: Ends] {
    var next: [[Int]: Ends] = [:]
    for (prefix, ends) in beam {
      var same = next[prefix] ?? Ends()
      if frame.indices.contains(blank) {
        same.inBlank = Ends.sum(same.inBlank, ends.total + frame[blank])
      }
      if let last = prefix.last {
        same.inLabel = Ends.sum(same.inLabel, ends.inLabel + frame[last])
      }
      next[prefix] = same
      for label in frame.indices where label != blank && frame[label] > -.infinity {
        // A label twice needs a blank between.
        let before = prefix.last == label ? ends.inBlank : ends.total
        var other = next[prefix + [label]] ?? Ends()
        other.inLabel = Ends.sum(other.inLabel, before + frame[label])
        next[prefix + [label]] = other
      }
    }
    return next
  }

  private func best(_ beam: [[Int]: Ends]) -> [[Int]: Ends] {
    Dictionary(uniqueKeysWithValues: ranked(beam).prefix(width).map { ($0.key, $0.value) })
  }

  /// The prefixes by their probability, those that are as probable by their labels.
  private func ranked(_ beam: [[Int]: Ends]) -> [(key: [Int], value: Ends)] {
    beam.filter { $0.value.total > -.infinity }.map { (key: $0.key, value: $0.value) }.sorted {
      let (one, other) = ($0.value.total, $1.value.total)
      return one == other ? $0.key.lexicographicallyPrecedes($1.key) : one > other
    }
  }
}
