/// Which names of a scope have values at a place, as far as the order of statements tells.
///
/// Names are known by their numbers. A path that is left is undone step by step, so that the work is in
/// proportion to what it assigned and not to all names that there are.
struct Flow {
  /// What is known of a name.
  private enum State: UInt8 {
    /// It has a value on no path to the place.
    case unset
    /// It has a value on some path.
    case possible
    /// It has a value on every path.
    case certain
  }

  /// What is known of the names; all behind the last are unset.
  private var states: [State] = []
  /// What changed, in the order in which it did.
  private var steps: [(name: Int, before: State)] = []
  /// Whether no path leads to the place.
  var isDead = false

  /// A place to which one can go back.
  struct Mark {
    fileprivate var steps: Int
    fileprivate var isDead: Bool
  }

  /// A path that was gone and left.
  struct Path {
    fileprivate var certain: [Int] = []
    fileprivate var possible: [Int] = []
    fileprivate var isDead = false

    /// The names that got values on it.
    var names: [Int] { certain + possible }
  }

  /// The place at hand.
  var mark: Mark { Mark(steps: steps.count, isDead: isDead) }

  private func state(_ name: Int) -> State { name < states.count ? states[name] : .unset }

  /// Whether a name has a value on every path.
  func isCertain(_ name: Int) -> Bool { state(name) == .certain }

  /// Whether a name has a value on some path.
  func isPossible(_ name: Int) -> Bool { state(name) != .unset }

  /// Gives a name a value.
  mutating func assign(_ name: Int) { raise(name, to: .certain) }

  /// Notes that a name has a value on some path.
  mutating func mayAssign(_ name: Int) { raise(name, to: .possible) }

  private mutating func raise(_ name: Int, to state: State) {
    let before = self.state(name)
    guard before.rawValue < state.rawValue else { return }
    while states.count <= name { states.append(.unset) }
    states[name] = state
    steps.append((name, before))
  }

  /// Goes back to a place; gives the path from there.
  mutating func leave(to mark: Mark) -> Path {
    var path = Path(isDead: isDead)
    for (name, _) in steps[mark.steps...] {
      if isCertain(name) { path.certain.append(name) } else { path.possible.append(name) }
    }
    while steps.count > mark.steps {
      let (name, before) = steps.removeLast()
      states[name] = before
    }
    isDead = mark.isDead
    return path
  }

  /// Goes on where one of two paths from the place at hand was gone.
  mutating func join(_ first: Path, _ second: Path) {
    for name in Self.certain(first, second) { assign(name) }
    for name in first.names + second.names { mayAssign(name) }
    isDead = isDead || first.isDead && second.isDead
  }

  private static func certain(_ first: Path, _ second: Path) -> [Int] {
    if first.isDead { return second.certain }
    if second.isDead { return first.certain }
    if first.certain.isEmpty || second.certain.isEmpty { return [] }
    let others = Set(second.certain)
    return first.certain.filter(others.contains)
  }

  /// Goes on where a path from the place at hand may have been gone.
  mutating func join(_ path: Path) { join(path, Path()) }
}
