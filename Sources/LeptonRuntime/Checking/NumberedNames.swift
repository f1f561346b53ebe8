/// Names in the order in which they came, each with its number.
///
/// A few are compared one by one, which takes less than to hash one of them.
struct NumberedNames {
  /// The names; the number of each is its index.
  private(set) var all: [String] = []
  /// The numbers; empty while there are few names.
  private var numbers: [String: Int] = [:]

  /// How many names are few.
  private static let few = 8

  /// How many there are.
  var count: Int { all.count }

  /// The number of a name; `nil` if it is not there.
  func number(of name: String) -> Int? {
    if all.count > Self.few { return numbers[name] }
    for number in all.indices where all[number] == name { return number }
    return nil
  }

  /// Whether a name is there.
  func contains(_ name: String) -> Bool { number(of: name) != nil }

  /// Adds a name unless it is there; gives its number, and whether it is new.
  mutating func insert(_ name: String) -> (number: Int, isNew: Bool) {
    if let number = number(of: name) { return (number, false) }
    all.append(name)
    if all.count > Self.few { index() }
    return (all.count - 1, true)
  }

  private mutating func index() {
    let indexed = numbers.count
    for number in indexed..<all.count { numbers[all[number]] = number }
  }
}

extension Array {
  /// The elements whose names stand before, in order.
  func repeated(by name: (Element) -> String) -> [Element] {
    if count < 2 { return [] }
    var names = NumberedNames()
    return filter { !names.insert(name($0)).isNew }
  }
}
