import LeptonSyntax

extension NameScan {
  /// The functions that stand directly in the body and mention each other, be it through others.
  ///
  /// A function that stands by itself is in no group. A group holds what its members captured: the
  /// fewer functions belong together, the rarer is a value among that which holds the group in turn, so
  /// that neither is ever given up. Where there would be more groups than `limit`, all of them are one.
  func functionGroups(atMost limit: Int) -> [[String]] {
    let functions = directFunctions.filter { bindingCounts[$0.name] == 1 }
    let places = Dictionary(
      functions.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
    var families = Families(count: functions.count)
    for (place, function) in functions.enumerated() {
      for name in NameScan(function.function).mentioned {
        if let other = places[name] { families.join(place, other) }
      }
    }
    let groups = families.members.filter { $0.count > 1 }
    return (groups.count > limit ? [groups.flatMap(\.self)] : groups)
      .map { $0.map { functions[$0].name } }
  }
}

/// Numbers from 0 on that belong together in families.
private struct Families {
  /// The number behind which each stands; the first of a family stands behind itself.
  private var leaders: [Int]

  /// Makes a family of each number.
  init(count: Int) { leaders = Array(0..<count) }

  /// The first of the family of a number.
  private mutating func leader(of number: Int) -> Int {
    var number = number
    while leaders[number] != number {
      leaders[number] = leaders[leaders[number]]
      number = leaders[number]
    }
    return number
  }

  /// Makes one family of those of two numbers.
  mutating func join(_ one: Int, _ other: Int) {
    let (first, second) = (leader(of: one), leader(of: other))
    leaders[max(first, second)] = min(first, second)
  }

  /// The families in the order of their first numbers, each in order.
  var members: [[Int]] {
    mutating get {
      let firsts = leaders.indices.map { leader(of: $0) }
      let families = Dictionary(grouping: leaders.indices) { firsts[$0] }
      return families.sorted { $0.key < $1.key }.map(\.value)
    }
  }
}
