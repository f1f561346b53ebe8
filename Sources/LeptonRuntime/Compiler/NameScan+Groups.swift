import LeptonSyntax

extension NameScan {
  /// The functions that stand directly in the body and mention each other, be it through others.
  ///
  /// A function that stands by itself is in no group. A group holds what its members captured: the
  /// fewer functions belong together, the rarer is a value among that which holds the group in turn, so
  /// that neither is ever given up. Where there would be more groups than `limit`, they share so many.
  /// A name that is bound by anything else as well is in none: its value may be another one by then.
  func functionGroups(atMost limit: Int) -> [FunctionGroup] {
    let counts = Dictionary(directFunctions.map { ($0.name.text, 1) }, uniquingKeysWith: +)
    let functions = directFunctions.filter { counts[$0.name.text] == bindingCounts[$0.name.text] }
    let all = FunctionGroup(members: functions.map(\.name))
    var families = Families(count: functions.count)
    for (place, function) in functions.enumerated() {
      for name in NameScan(function.function).mentioned {
        if let other = all.place(of: name, seenFrom: place) { families.join(place, other) }
      }
    }
    let groups = families.members.filter { $0.count > 1 }
    return (0..<min(limit, groups.count)).map { first in
      let shared = stride(from: first, to: groups.count, by: limit).flatMap { groups[$0] }
      return FunctionGroup(members: shared.sorted().map { functions[$0].name })
    }
  }
}

/// Functions of a body that may call each other whatever their order.
struct FunctionGroup {
  /// How many functions a group may hold.
  static let sizeLimit = 256

  /// The names at their places, in order; a name may be defined again.
  let members: [Expression.Name]
  /// Where each name is defined.
  private let places: [String: [Int]]

  /// Makes a group.
  init(members: [Expression.Name]) {
    self.members = members
    places = Dictionary(grouping: members.indices) { members[$0].text }
  }

  /// Which definition a member means by a name: the last up to its own, else the first behind it.
  func place(of name: String, seenFrom member: Int) -> Int? {
    guard let places = places[name] else { return nil }
    return places.last { $0 <= member } ?? places.first
  }

  /// The name by which a member knows each of the members; a definition that it does not mean has none.
  func names(seenFrom member: Int) -> [String] {
    members.enumerated().map { index, name in
      place(of: name.text, seenFrom: member) == index ? name.text : ""
    }
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
