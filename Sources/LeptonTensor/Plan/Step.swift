/// A piece of work of a plan, with the buffers that it writes and reads.
struct Step {
  let name: String
  let work: Work
  /// Buffers by number, those that are written first.
  var buffers: [Int]
  /// How many of the buffers are written.
  let writes: Int

  /// The tiles that a tile of this step and the tile of the same number of another step touch.
  func access(_ position: Int) -> Access {
    position < work.accesses.count ? work.accesses[position] : .whole
  }

  /// Whether two steps touch a buffer that one of them writes.
  func depends(on other: Step) -> Bool {
    buffers.enumerated().contains { position, buffer in
      other.buffers.enumerated().contains { place, same in
        buffer == same && (position < writes || place < other.writes)
      }
    }
  }

  /// Whether threads may run both steps without waiting for each other in between: where they
  /// touch the same buffer, tiles of the same number touch the same part of it.
  func isAligned(with other: Step) -> Bool {
    for (position, buffer) in buffers.enumerated() {
      for (place, same) in other.buffers.enumerated() where buffer == same {
        guard position < writes || place < other.writes else { continue }
        guard work.tiles == other.work.tiles else { return false }
        if work.tiles == 1 { continue }
        guard case .tiled = access(position), access(position) == other.access(place) else {
          return false
        }
      }
    }
    return true
  }
}

/// Memory that steps work on.
struct Buffer {
  enum Source {
    /// A place in the plan's arena.
    case arena
    /// The input with a number, given anew for each replay.
    case input(Int)
    case constant(Tensor)
    /// Memory that outlives the plan.
    case external(UnsafeMutableRawPointer)
  }

  var source: Source
  let byteCount: Int
  /// Whether the contents are wanted after the last step.
  var isOutput = false

  var isInArena: Bool {
    if case .arena = source { true } else { false }
  }
}

/// The order of steps, cut into phases between which all threads wait for each other.
struct Schedule {
  /// The steps by phase.
  private(set) var phases: [[Int]] = []

  /// Takes into each phase, in the given order, every step that need not wait for another phase.
  init(_ steps: [Step]) {
    var touched: [Int: [Int]] = [:]
    let earlier = steps.indices.map { index in
      let candidates = Set(steps[index].buffers.flatMap { touched[$0] ?? [] })
      for buffer in Set(steps[index].buffers) { touched[buffer, default: []].append(index) }
      return candidates.filter { steps[index].depends(on: steps[$0]) }
    }
    var phaseOf = [Int?](repeating: nil, count: steps.count)
    var waiting = Array(steps.indices)
    while !waiting.isEmpty {
      var phase: [Int] = []
      for index in waiting {
        let isReady = earlier[index].allSatisfy { before in
          guard let its = phaseOf[before] else { return false }
          return its < phases.count || steps[index].isAligned(with: steps[before])
        }
        if isReady {
          phaseOf[index] = phases.count
          phase.append(index)
        }
      }
      waiting.removeAll { phaseOf[$0] != nil }
      phases.append(Schedule.chained(phase, earlier))
    }
  }

  /// The steps of a phase with each right behind the last one that it needs, so that what was just
  /// computed is still in the cache.
  private static func chained(_ phase: [Int], _ earlier: [Set<Int>]) -> [Int] {
    var chain: [Int] = []
    for index in phase {
      if let last = chain.lastIndex(where: earlier[index].contains) {
        chain.insert(index, at: last + 1)
      } else {
        chain.append(index)
      }
    }
    return chain
  }
}

/// Places in one arena for buffers whose lifetimes are known.
struct Arena {
  private(set) var offsets: [Int: Int] = [:]
  private(set) var byteCount = 0

  /// Memory is used again only in a later phase, because threads go through a phase unevenly.
  init(_ buffers: [Buffer], _ steps: [Step], _ phases: [[Int]]) {
    var lifetimes: [Int: ClosedRange<Int>] = [:]
    for (phase, members) in phases.enumerated() {
      for buffer in members.flatMap({ steps[$0].buffers }) where buffers[buffer].isInArena {
        let first = lifetimes[buffer]?.lowerBound ?? phase
        lifetimes[buffer] = first...(buffers[buffer].isOutput ? phases.count : phase)
      }
    }
    let order = lifetimes.sorted {
      (-buffers[$0.key].byteCount, $0.key) < (-buffers[$1.key].byteCount, $1.key)
    }
    var placed: [(range: Range<Int>, life: ClosedRange<Int>)] = []
    for (buffer, life) in order {
      let size = (buffers[buffer].byteCount + Storage.slack + 63) / 64 * 64
      var offset = 0
      for other in placed where other.life.overlaps(life) {
        if other.range.overlaps(offset..<offset + size) { offset = other.range.upperBound }
      }
      offsets[buffer] = offset
      byteCount = max(byteCount, offset + size)
      placed.append((offset..<offset + size, life))
      placed.sort { $0.range.lowerBound < $1.range.lowerBound }
    }
  }
}
