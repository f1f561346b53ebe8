/// Walks through the entries of the past that begin as what has been typed.
struct Recollection {
  private var entries: [String] = []
  /// Where the walk is; behind the last entry there is what was being typed.
  private var place = 0
  private var prefix = ""
  private var typed = ""

  /// Adds an entry behind all others.
  mutating func append(_ entry: String) { entries.append(entry) }

  /// Begins a walk from what is being typed.
  mutating func begin(typed: String, prefix: String) {
    (self.typed, self.prefix) = (typed, prefix)
    place = entries.count
  }

  /// The nearest earlier entry that begins so and differs from what is shown.
  mutating func earlier(than shown: String) -> String? {
    guard
      let found = entries[..<place].lastIndex(where: { $0.hasPrefix(prefix) && $0 != shown })
    else { return nil }
    place = found
    return entries[found]
  }

  /// The nearest later entry that begins so, or in the end what was being typed.
  mutating func later(than shown: String) -> String? {
    guard place < entries.count else { return nil }
    let next = entries[(place + 1)...].firstIndex { $0.hasPrefix(prefix) && $0 != shown }
    place = next ?? entries.count
    return next.map { entries[$0] } ?? typed
  }
}
