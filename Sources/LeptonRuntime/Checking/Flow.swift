/// Which names have values at a place, as far as the order of statements tells.
///
/// A path that is left is undone step by step, so that the work is in proportion to what it assigned
/// and not to all names that there are.
struct Flow {
  /// The names that have values on every path to the place.
  private var certain: Set<String> = []
  /// The others that have values on some path.
  private var possible: Set<String> = []
  /// Whether no path leads to the place.
  var isDead = false
  /// What became certain and what became possible, in the order in which it did.
  private var steps = Steps()

  /// Names that became certain, and names that became possible.
  private struct Steps {
    var certain: [String] = []
    var possible: [String] = []
  }

  /// A place to which one can go back.
  struct Mark {
    fileprivate var certain: Int
    fileprivate var possible: Int
    fileprivate var isDead: Bool
  }

  /// A path that was gone and left.
  struct Path {
    fileprivate var certain: [String] = []
    fileprivate var possible: [String] = []
    fileprivate var isDead = false

    /// The names that got values on it.
    var names: [String] { certain + possible }
  }

  /// The place at hand.
  var mark: Mark {
    Mark(certain: steps.certain.count, possible: steps.possible.count, isDead: isDead)
  }

  /// Whether a name has a value on every path.
  func isCertain(_ name: String) -> Bool { certain.contains(name) }

  /// Whether a name has a value on some path.
  func isPossible(_ name: String) -> Bool { certain.contains(name) || possible.contains(name) }

  /// Gives a name a value.
  mutating func assign(_ name: String) {
    if certain.insert(name).inserted { steps.certain.append(name) }
  }

  /// Notes that a name has a value on some path.
  mutating func mayAssign(_ name: String) {
    if !certain.contains(name), possible.insert(name).inserted { steps.possible.append(name) }
  }

  /// Goes back to a place; gives the path from there.
  mutating func leave(to mark: Mark) -> Path {
    let path = Path(
      certain: Array(steps.certain[mark.certain...]),
      possible: Array(steps.possible[mark.possible...]), isDead: isDead)
    path.certain.forEach { certain.remove($0) }
    path.possible.forEach { possible.remove($0) }
    steps.certain.removeSubrange(mark.certain...)
    steps.possible.removeSubrange(mark.possible...)
    isDead = mark.isDead
    return path
  }

  /// Goes on where one of two paths from the place at hand was gone.
  mutating func join(_ first: Path, _ second: Path) {
    for name in Self.certain(first, second) { assign(name) }
    for name in first.names + second.names { mayAssign(name) }
    isDead = isDead || first.isDead && second.isDead
  }

  private static func certain(_ first: Path, _ second: Path) -> [String] {
    if first.isDead { return second.certain }
    if second.isDead { return first.certain }
    if first.certain.isEmpty || second.certain.isEmpty { return [] }
    let others = Set(second.certain)
    return first.certain.filter(others.contains)
  }

  /// Goes on where a path from the place at hand may have been gone.
  mutating func join(_ path: Path) { join(path, Path()) }
}
