import LeptonRuntime

/// The plans of one function, by the arguments for which they were made.
///
/// It is bounded: what was not used for longest goes. A number among the arguments belongs to the key, so
/// each new one is a miss; when the same arguments but for their numbers have missed so often, no more
/// plans are made for them.
final class PlanCache {
  /// What to do with a call.
  enum Entry {
    /// Replay a plan.
    case plan(RecordedCall)
    /// Call the function: it asks for values, or has effects.
    case unplanned
  }

  /// How many plans are kept.
  static let limit = 32
  /// How many numbers may be new before no more plans are made.
  static let patience = 8

  private var entries: [PlanKey: (entry: Entry, used: Int)] = [:]
  private var misses: [PlanKey: Int] = [:]
  private var time = 0
  /// What must live as long as the keys, because they name it by identity.
  private let held: Value

  /// Makes an empty cache for a function.
  init(for function: Value) { held = function }

  /// What is known for a key.
  func entry(for key: PlanKey) -> Entry? {
    time += 1
    entries[key]?.used = time
    return entries[key]?.entry
  }

  /// Notes a miss, and says whether a plan is worth to be made.
  func misses(_ key: PlanKey) -> Bool {
    let wide = key.withoutNumbers
    guard wide != key else { return true }
    misses[wide, default: 0] += 1
    return misses[wide, default: 0] <= Self.patience
  }

  /// Keeps what is known for a key.
  func keep(_ entry: Entry, for key: PlanKey) {
    time += 1
    entries[key] = (entry, time)
    guard entries.count > Self.limit,
      let oldest = entries.min(by: { $0.value.used < $1.value.used })?.key
    else { return }
    entries[oldest] = nil
  }
}

/// The caches of the functions that a cell has planned, so that a function that is made again, with the same
/// code and captures, finds its plans.
final class PlanCaches {
  private var caches: [(key: PlanKey, cache: PlanCache)] = []

  private static let key = "planning.caches"
  private static let limit = 64

  /// The cache of a function.
  static func cache(of function: Value, in context: Context) throws -> PlanCache {
    let all = context.attachments[key] as? PlanCaches ?? PlanCaches()
    context.attachments[key] = all
    return try all.cache(of: function)
  }

  private func cache(of function: Value) throws -> PlanCache {
    let key = try PlanKey(function: function)
    if let known = caches.first(where: { $0.key == key }) { return known.cache }
    let made = PlanCache(for: function)
    caches.append((key, made))
    if caches.count > Self.limit { caches.removeFirst() }
    return made
  }
}
