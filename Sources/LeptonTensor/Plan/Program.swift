import Glibc

/// The machine form of a plan: instructions with addresses, in groups that threads share.
///
/// Running it allocates nothing and counts no references.
final class Program: @unchecked Sendable {
  private struct Instruction {
    let work: Unmanaged<Work>
    let pointers: UnsafeMutablePointer<UnsafeMutableRawPointer>
  }

  /// Neighbouring instructions with as many tiles, run tile by tile.
  private struct Group {
    var instructions: Range<Int>
    let tiles: Int
    let phase: Int
  }

  /// The bytes of the arena.
  let peakBytes: Int
  private let arena: UnsafeMutableRawPointer
  private let instructions: UnsafeMutableBufferPointer<Instruction>
  private let groups: UnsafeMutableBufferPointer<Group>
  private let addresses: UnsafeMutablePointer<UnsafeMutableRawPointer>
  private let scratch: UnsafeMutablePointer<UnsafeMutableRawPointer?>
  private let scratchBytes: Int
  private let phases: Int
  /// The phases from the first to the last that have several tiles.
  private let shared: Range<Int>
  private var pace = Pace()
  /// Where the address of each input stands.
  private let inputSlots: [[Int]]
  private let buffers: [Buffer]
  private let offsets: [Int: Int]
  private let works: [Work]
  private let names: [String]
  /// For each thread the nanoseconds that each instruction took, while somebody wants to know.
  private var spent: UnsafeMutableBufferPointer<UInt64>?
  private let failures: [Failure]
  /// The steps as text, one a line, a line of dashes where threads wait for each other.
  let description: String
  /// The steps in the order in which they run.
  let steps: [PlanStep]
  /// The bytes that the results would take if none shared its place with another.
  let resultBytes: Int

  /// Lays out steps.
  ///
  /// Throws `memory/limit` if there is no memory for the arena.
  init(_ list: StepList) throws {
    var list = list
    let schedule = Schedule(list.steps)
    InPlace.apply(to: &list, schedule.phases)
    let plan = Arena(list.buffers, list.steps, schedule.phases)
    guard let memory = Storage.aligned(plan.byteCount + 64) else {
      throw TensorError("memory/limit", "there is no memory for \(plan.byteCount >> 20) MiB")
    }
    memset(memory, 0, plan.byteCount + 64)
    arena = memory
    peakBytes = plan.byteCount
    offsets = plan.offsets
    buffers = list.buffers
    let order = schedule.phases.flatMap(\.self)
    works = order.map { list.steps[$0].work }
    names = order.map { list.steps[$0].name }
    failures = works.compactMap(\.failure)
    scratchBytes = works.reduce(64) { max($0, $1.scratch) }
    scratch = .allocate(capacity: 64)
    scratch.initialize(repeating: nil, count: 64)

    let slots = order.reduce(0) { $0 + list.steps[$1].buffers.count }
    addresses = .allocate(capacity: max(slots, 1))
    addresses.initialize(repeating: memory, count: max(slots, 1))
    instructions = .allocate(capacity: order.count)
    var inputSlots: [[Int]] = []
    var slot = 0
    for (place, index) in order.enumerated() {
      let step = list.steps[index]
      instructions.initializeElement(
        at: place,
        to: Instruction(work: .passUnretained(step.work), pointers: addresses + slot))
      for buffer in step.buffers {
        switch buffers[buffer].source {
        case .arena: addresses[slot] = memory + (plan.offsets[buffer] ?? 0)
        case .external(let pointer): addresses[slot] = pointer
        case .constant(let tensor): addresses[slot] = try tensor.storage.pointer
        case .input(let number):
          while inputSlots.count <= number { inputSlots.append([]) }
          inputSlots[number].append(slot)
        }
        slot += 1
      }
    }
    self.inputSlots = inputSlots
    steps = schedule.phases.enumerated().flatMap { phase, members in
      members.map { PlanStep(list.steps[$0], phase: phase, list.buffers) }
    }
    resultBytes = plan.offsets.keys.reduce(0) { $0 + list.buffers[$1].byteCount }
    description = schedule.phases.map { phase in
      phase.map { "\(list.steps[$0].name) · \(list.steps[$0].work.tiles)" }.joined(separator: "\n")
    }.joined(separator: "\n---\n")
    groups = Program.groups(schedule.phases, list.steps)
    phases = schedule.phases.count
    let cut = groups.filter { $0.tiles > 1 }.map(\.phase)
    shared = (cut.first ?? phases)..<(cut.last.map { $0 + 1 } ?? phases)
  }

  deinit {
    for thread in 0..<64 { scratch[thread]?.deallocate() }
    scratch.deallocate()
    addresses.deallocate()
    instructions.deallocate()
    groups.deallocate()
    spent?.deallocate()
    free(arena)
  }

  private static func groups(
    _ phases: [[Int]], _ steps: [Step]
  ) -> UnsafeMutableBufferPointer<Group> {
    var groups: [Group] = []
    var place = 0
    for (number, phase) in phases.enumerated() {
      for (position, index) in phase.enumerated() {
        let tiles = steps[index].work.tiles
        if position > 0, let last = groups.last, last.tiles == tiles {
          groups[groups.count - 1].instructions = last.instructions.lowerBound..<place + 1
        } else {
          groups.append(Group(instructions: place..<place + 1, tiles: tiles, phase: number))
        }
        place += 1
      }
    }
    let memory = UnsafeMutableBufferPointer<Group>.allocate(capacity: groups.count)
    _ = memory.initialize(from: groups)
    return memory
  }

  /// Gives an input its address.
  func bind(_ input: Int, to pointer: UnsafeMutableRawPointer) {
    guard input < inputSlots.count else { return }
    for slot in inputSlots[input] { addresses[slot] = pointer }
  }

  /// Where a buffer of the arena or outside of it lies.
  func pointer(to buffer: Int) throws -> UnsafeMutableRawPointer? {
    switch buffers[buffer].source {
    case .arena: arena + (offsets[buffer] ?? 0)
    case .external(let pointer): pointer
    case .constant(let tensor): try tensor.storage.pointer
    case .input: nil
    }
  }

  /// Runs all instructions, on the pool's threads where they are faster than one; what has one tile
  /// at the beginning and at the end needs no other thread.
  ///
  /// Throws what a kernel reported, a singular matrix for example.
  func run() throws {
    let context = UnsafeRawPointer(Unmanaged.passUnretained(self).toOpaque())
    let begin = Profile.isOn ? beginProfile() : 0
    defer { if begin > 0 { endProfile(since: begin) } }
    for phase in 0..<shared.lowerBound { run(phase, 0, 1, 0) }
    if !shared.isEmpty {
      pace.run(threads: ThreadPool.shared.free) { isAlone in
        ThreadPool.shared.run(context, phases: shared.count, isAlone: isAlone) {
          context, phase, part, parts, thread in
          Unmanaged<Program>.fromOpaque(context)._withUnsafeGuaranteedRef { program in
            program.run(program.shared.lowerBound + phase, part, parts, thread)
          }
        }
      }
    }
    for phase in shared.upperBound..<phases { run(phase, 0, 1, 0) }
    for failure in failures { try failure.check() }
  }

  private func beginProfile() -> UInt64 {
    let times = UnsafeMutableBufferPointer<UInt64>.allocate(
      capacity: ThreadPool.limit * max(instructions.count, 1))
    times.initialize(repeating: 0)
    spent = times
    return Profile.now
  }

  private func endProfile(since begin: UInt64) {
    guard let times = spent else { return }
    spent = nil
    let steps = names.indices.map { place in
      (
        name: names[place],
        nanoseconds: (0..<ThreadPool.limit).reduce(UInt64(0)) {
          $0 &+ times[$1 * instructions.count + place]
        }
      )
    }
    times.deallocate()
    Profile.note(steps, passed: Profile.now &- begin)
  }

  private func run(_ phase: Int, _ part: Int, _ parts: Int, _ thread: Int) {
    if scratch[thread] == nil {
      scratch[thread] = .allocate(byteCount: scratchBytes + 64, alignment: 64)
    }
    guard let memory = scratch[thread] else { return }
    for index in groups.indices where groups[index].phase == phase {
      let group = groups[index]
      for tile in Tiling.share(of: group.tiles, part, parts) {
        for place in group.instructions {
          let instruction = instructions[place]
          let start = spent == nil ? 0 : Profile.now
          instruction.work._withUnsafeGuaranteedRef { work in
            work.run(Operands(pointers: instruction.pointers, scratch: memory), tile: tile)
          }
          if let spent { spent[thread * instructions.count + place] &+= Profile.now &- start }
        }
      }
    }
  }
}

/// Lets element-wise steps write over an operand that nobody needs any more.
enum InPlace {
  static func apply(to list: inout StepList, _ phases: [[Int]]) {
    var readers: [Int: [Int]] = [:]
    let order = phases.flatMap(\.self)
    for index in order {
      for buffer in Set(list.steps[index].buffers) { readers[buffer, default: []].append(index) }
    }
    var phaseOf: [Int: Int] = [:]
    for (phase, members) in phases.enumerated() {
      for member in members { phaseOf[member] = phase }
    }
    for index in order {
      let step = list.steps[index]
      guard step.writes == 1, step.work.isElementwise else { continue }
      let output = step.buffers[0]
      guard !list.buffers[output].isOutput, list.buffers[output].isInArena else { continue }
      let operand = step.buffers.indices.dropFirst().first { position in
        let buffer = step.buffers[position]
        return list.buffers[buffer].isInArena && !list.buffers[buffer].isOutput
          && list.buffers[buffer].byteCount == list.buffers[output].byteCount
          && step.access(position) == step.access(0) && readers[buffer]?.last == index
          && (readers[buffer] ?? []).allSatisfy { reader in
            phaseOf[reader] != phaseOf[index] || reader == index
              || step.matches(list.steps[reader], on: buffer, at: position)
          }
      }
      guard let operand else { continue }
      let target = step.buffers[operand]
      list.replace(output, by: target)
      readers[target] = (readers[target] ?? []) + (readers[output] ?? [])
    }
  }
}

extension Step {
  /// Whether another step touches a buffer tile by tile as this one does.
  func matches(_ other: Step, on buffer: Int, at position: Int) -> Bool {
    guard other.work.tiles == work.tiles else { return false }
    return other.buffers.enumerated().allSatisfy { place, same in
      same != buffer || work.tiles == 1 || other.access(place) == access(position)
    }
  }
}
