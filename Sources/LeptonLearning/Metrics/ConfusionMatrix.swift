/// How often each class was taken for each other: rows are true classes, columns predicted ones.
public struct ConfusionMatrix: Sendable, Hashable {
  /// The names of the classes.
  public let classes: [String]
  /// `counts[actual][predicted]`.
  public let counts: [[Int]]

  /// Counts pairs of true and predicted classes; a pair that names no class is left out.
  public init(predicted: [Int], actual: [Int], classes: [String]) {
    var counts = [[Int]](
      repeating: [Int](repeating: 0, count: classes.count), count: classes.count)
    let known = classes.indices
    for (guess, truth) in zip(predicted, actual)
    where known.contains(guess) && known.contains(truth) {
      counts[truth][guess] += 1
    }
    self.classes = classes
    self.counts = counts
  }

  /// The share of the diagonal.
  public var accuracy: Accuracy {
    let correct = classes.indices.reduce(0) { $0 + counts[$1][$1] }
    return Accuracy(correct: correct, count: counts.reduce(0) { $0 + $1.reduce(0, +) })
  }

  /// Precision, recall and F1 of each class, in order.
  public var perClass: [ClassScore] {
    classes.indices.map { index in
      ClassScore(
        name: classes[index], hits: counts[index][index],
        actual: counts[index].reduce(0, +),
        predicted: counts.reduce(0) { $0 + $1[index] })
    }
  }
}

/// How well one class is told from the others.
public struct ClassScore: Sendable, Hashable {
  /// The name of the class.
  public let name: String
  /// Examples of the class that were recognised.
  public let hits: Int
  /// Examples of the class.
  public let actual: Int
  /// Examples that were taken for the class.
  public let predicted: Int

  /// Of what was taken for the class, the share that is of it; `nan` if nothing was.
  public var precision: Double { predicted == 0 ? .nan : Double(hits) / Double(predicted) }

  /// Of the examples of the class, the share that was recognised; `nan` without examples.
  public var recall: Double { actual == 0 ? .nan : Double(hits) / Double(actual) }

  /// The harmonic mean of precision and recall: `2 hits / (actual + predicted)`.
  public var f1: Double {
    actual + predicted == 0 ? .nan : 2 * Double(hits) / Double(actual + predicted)
  }
}
