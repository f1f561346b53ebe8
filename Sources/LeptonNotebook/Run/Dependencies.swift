/// Knows which cells must not run because a cell they need did not come to its end.
///
/// The language has no aliasing, so the names that a cell reads and defines say everything.
struct Dependencies {
  /// For each name the cell that would define it last, and whether it did.
  private var definers: [String: (id: String, isThere: Bool)] = [:]

  /// The first name a cell reads that is not there, and the cell that should have defined it.
  func missing(for reads: [String]) -> (name: String, from: String)? {
    for name in reads {
      if let definer = definers[name], !definer.isThere { return (name, definer.id) }
    }
    return nil
  }

  /// Notes that a cell which defines these names ended.
  mutating func note(_ defines: [String], id: String, isThere: Bool) {
    for name in defines { definers[name] = (id, isThere) }
  }
}
