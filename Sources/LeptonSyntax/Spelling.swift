/// Finds what was meant by a misspelt word.
public enum Spelling {
  /// How many letters a word may have that is compared, which takes time by their square.
  private static let longest = 64

  /// Finds the candidate that a person most likely meant; `nil` if none is near.
  ///
  /// Near are words that differ in case only, or by few letters added, left out, changed or swapped
  /// with their neighbour (the restricted Damerau–Levenshtein distance): one for words of two to four
  /// letters, two up to eight, three beyond. Of equally near ones the first is taken.
  public static func nearest(to word: String, in candidates: some Sequence<String>) -> String? {
    let target = Array(word.lowercased().unicodeScalars)
    var best: (candidate: String, distance: Int)?
    guard target.count <= longest else { return nil }
    for candidate in candidates where candidate != word {
      let letters = Array(candidate.lowercased().unicodeScalars)
      let limit = min(tolerance(min(target.count, letters.count)), (best?.distance ?? .max) - 1)
      guard abs(letters.count - target.count) <= limit else { continue }
      let distance = distance(from: target, to: letters)
      if distance <= limit { best = (candidate, distance) }
    }
    return best?.candidate
  }

  private static func tolerance(_ length: Int) -> Int {
    switch length {
    case ...1: 0
    case ...4: 1
    case ...8: 2
    default: 3
    }
  }

  /// The least number of letters to add, leave out, change or swap.
  private static func distance(from first: [Unicode.Scalar], to second: [Unicode.Scalar]) -> Int {
    var twoAbove: [Int] = []
    var above = Array(0...second.count)
    for row in 0..<first.count {
      var current = [row + 1]
      for column in 0..<second.count {
        let isSame = first[row] == second[column]
        var cost = min(above[column] + (isSame ? 0 : 1), above[column + 1] + 1, current[column] + 1)
        if row > 0, column > 0, first[row] == second[column - 1], first[row - 1] == second[column] {
          cost = min(cost, twoAbove[column - 1] + 1)
        }
        current.append(cost)
      }
      (twoAbove, above) = (above, current)
    }
    return above[second.count]
  }
}
