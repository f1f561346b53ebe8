import Glibc

/// Element-wise operations joined into one loop over blocks that stay in the first-level cache.
///
/// Each block of the output runs through all instructions before the next one starts. Operands
/// that broadcast are expanded block by block.
struct BlockProgram: Sendable {
  /// Where an instruction reads or writes.
  enum Place: Sendable, Hashable {
    case operand(Int)
    case register(Int)
    case output(Int)
  }

  struct Instruction: Sendable {
    let loop: BlockLoop
    let target: Place
    let sources: [Place]
  }

  /// The elements of a block.
  static let block = 1024
  /// The elements of a block of a loop with many operands.
  static let shortBlock = 512
  /// The bytes of a register: a block of the widest elements, and slack.
  static let registerBytes = block * 8 + 64

  var operands: [Form]
  /// What is written: one form, or several of one shape.
  var outputs: [Form]
  var instructions: [Instruction]
  var registers: Int

  private var shape: Shape { outputs.first?.shape ?? .scalar }

  /// The program as work with its tiles.
  func work() -> Work {
    let tiling = Tiling(shape)
    let elements = tiling.rowsPerTile * (shape.count / max(tiling.rows, 1))
    return work(
      tile: elements, tiles: tiling.count, operands: operands.map { access($0, tiling) },
      block: BlockProgram.block)
  }

  /// The program as work in tiles of so many elements, whose operands may be the outputs themselves.
  func work(tile: Int) -> Work {
    let tile = max(tile, 1)
    let accesses = operands.map { form -> Access in
      form.shape.count == shape.count ? .tiled(bytes: tile * form.elementType.byteCount) : .whole
    }
    return work(
      tile: tile, tiles: max((shape.count + tile - 1) / tile, 1), operands: accesses,
      block: BlockProgram.shortBlock)
  }

  private func work(tile: Int, tiles: Int, operands accesses: [Access], block: Int) -> Work {
    let machine = BlockMachine(
      self, operands.map { Expander($0, to: shape) }, block: block)
    let count = shape.count
    return Work(
      tiles: tiles,
      accesses: outputs.map { .tiled(bytes: tile * $0.elementType.byteCount) } + accesses,
      scratch: (registers + operands.count) * BlockProgram.registerBytes,
      isElementwise: outputs.count == 1
    ) { memory, index in
      machine.run(memory, index * tile..<min((index + 1) * tile, count))
    }
  }
}

extension BlockProgram {
  /// What a tile reads of an operand: its own rows, if the operand has as many rows as the output.
  private func access(_ form: Form, _ tiling: Tiling) -> Access {
    guard form.shape.rank == shape.rank, form.shape.rank > 0, form.shape[0] == shape[0]
    else { return .whole }
    return .tiled(bytes: tiling.rowsPerTile * (form.byteCount / max(tiling.rows, 1)))
  }
}

/// A block program laid out for its loop: no arrays are touched while it runs.
private final class BlockMachine: @unchecked Sendable {
  private struct Step {
    let loop: BlockLoop
    let target: Int
    let a: Int
    let b: Int
    let c: Int
    let d: Int
  }

  private let steps: UnsafeMutableBufferPointer<Step>
  private let expanders: UnsafeMutableBufferPointer<Expander>
  private let outputBytes: UnsafeMutableBufferPointer<Int>
  private let slots: Int
  private let firstOutput: Int
  private let blockCount: Int

  init(_ program: BlockProgram, _ expanders: [Expander], block: Int) {
    let count = expanders.count
    // Slots: operands, registers, outputs.
    let firstOutput = count + program.registers
    func slot(_ place: BlockProgram.Place) -> Int {
      switch place {
      case .operand(let index): index
      case .register(let index): count + index
      case .output(let index): firstOutput + index
      }
    }
    self.firstOutput = firstOutput
    slots = firstOutput + program.outputs.count
    // A single instruction has nothing to keep in the cache.
    let isSingle = program.instructions.count == 1 && expanders.allSatisfy(\.isDirect)
    blockCount = isSingle ? .max : block
    let steps = program.instructions.map { instruction in
      let sources = instruction.sources.map(slot) + [0, 0, 0, 0]
      return Step(
        loop: instruction.loop, target: slot(instruction.target), a: sources[0], b: sources[1],
        c: sources[2], d: sources[3])
    }
    self.steps = .allocate(capacity: steps.count)
    _ = self.steps.initialize(from: steps)
    self.expanders = .allocate(capacity: count)
    _ = self.expanders.initialize(from: expanders)
    outputBytes = .allocate(capacity: program.outputs.count)
    _ = outputBytes.initialize(from: program.outputs.map(\.elementType.byteCount))
  }

  deinit {
    outputBytes.deallocate()
    steps.deinitialize().deallocate()
    expanders.deinitialize().deallocate()
  }

  func run(_ memory: Operands, _ range: Range<Int>) {
    withUnsafeTemporaryAllocation(of: UnsafeMutableRawPointer.self, capacity: slots) { places in
      for slot in 0..<firstOutput {
        places[slot] = memory.scratch + slot * BlockProgram.registerBytes
      }
      for index in expanders.indices {
        let room = min(blockCount, range.count)
        expanders[index].fillPeriods(places[index], from: operand(index, memory), for: room)
      }
      var start = range.lowerBound
      while start < range.upperBound {
        let count = min(blockCount, range.upperBound - start)
        block(memory, places, start, count)
        start += count
      }
    }
  }

  /// Operands stand behind the outputs.
  @inline(__always)
  private func operand(_ index: Int, _ memory: Operands) -> UnsafeMutableRawPointer {
    memory.pointers[outputBytes.count + index]
  }

  @inline(__always)
  private func block(
    _ memory: Operands, _ places: UnsafeMutableBufferPointer<UnsafeMutableRawPointer>,
    _ start: Int, _ count: Int
  ) {
    for index in outputBytes.indices {
      places[firstOutput + index] = memory.pointers[index] + start * outputBytes[index]
    }
    for index in expanders.indices {
      let source = operand(index, memory)
      let own = memory.scratch + index * BlockProgram.registerBytes
      if let period = expanders[index].period {
        places[index] = own + start % period * expanders[index].elementBytes
      } else if expanders[index].isDirect {
        places[index] = source + start * expanders[index].elementBytes
      } else {
        expanders[index].fill(own, from: source, start, count)
      }
    }
    for index in steps.indices {
      let step = steps[index]
      step.loop(
        places[step.target], places[step.a], places[step.b], places[step.c], places[step.d], count)
    }
  }
}

/// The way from a place in a broadcast result to the element of an operand.
struct Expander: Sendable {
  let elementBytes: Int
  /// The operand has the result's elements in the result's order.
  let isDirect: Bool
  /// The operand is one number.
  let isSingle: Bool
  /// After how many elements the operand repeats, if it is filled in once for all blocks of a tile.
  let period: Int?
  /// Collapsed axes of the result, innermost first: size, and elements between neighbours.
  private let axes: [(size: Int, stride: Int)]

  init(_ form: Form, to shape: Shape) {
    elementBytes = form.elementType.byteCount
    isSingle = form.shape.count == 1 && shape.count != 1
    isDirect = form.shape.count == shape.count
    axes = Expander.collapse(form.shape, shape)
    let repeats = axes.count == 2 && axes[0].stride == 1 && axes[1].stride == 0
    let bytes = (BlockProgram.block + axes[0].size) * elementBytes + Storage.slack
    period = isSingle ? 1 : repeats && bytes <= BlockProgram.registerBytes ? axes[0].size : nil
  }

  private static func collapse(_ operand: Shape, _ result: Shape) -> [(size: Int, stride: Int)] {
    let lead = result.rank - operand.rank
    let strides = operand.strides
    var axes: [(size: Int, stride: Int)] = []
    for axis in result.sizes.indices.reversed() where result[axis] != 1 {
      let own = axis - lead
      let stride = own < 0 || operand[own] == 1 ? 0 : strides[own]
      if let last = axes.last, stride == last.stride * last.size,
        (stride == 0) == (last.stride == 0)
      {
        axes[axes.count - 1].size *= result[axis]
      } else {
        axes.append((result[axis], stride))
      }
    }
    return axes.isEmpty ? [(1, 0)] : axes
  }

  /// Repeats the operand, if it has a period, so often that from any of its elements so many can be read:
  /// what stands there is doubled.
  func fillPeriods(
    _ target: UnsafeMutableRawPointer, from source: UnsafeMutableRawPointer, for room: Int
  ) {
    guard let period else { return }
    let count = room + period - 1
    if isSingle { return Expander.splat(target, source, count, elementBytes) }
    var written = min(period, count)
    memcpy(target, source, written * elementBytes)
    while written < count {
      let more = min(written, count - written)
      memcpy(target + written * elementBytes, target, more * elementBytes)
      written += more
    }
  }

  /// Writes the elements for places `start ..< start + count` of the result.
  func fill(
    _ target: UnsafeMutableRawPointer, from source: UnsafeMutableRawPointer, _ start: Int,
    _ count: Int
  ) {
    let inner = axes[0]
    var place = start
    var written = 0
    while written < count {
      let (outer, within) = place.quotientAndRemainder(dividingBy: inner.size)
      let run = min(inner.size - within, count - written)
      let element = offset(of: outer) + within * inner.stride
      let to = target + written * elementBytes
      if inner.stride == 0 {
        Expander.splat(to, source + element * elementBytes, run, elementBytes)
      } else {
        memcpy(to, source + element * elementBytes, run * elementBytes)
      }
      place += run
      written += run
    }
  }

  private func offset(of outer: Int) -> Int {
    var rest = outer
    var offset = 0
    for axis in axes.dropFirst() {
      let (next, index) = rest.quotientAndRemainder(dividingBy: axis.size)
      offset += index * axis.stride
      rest = next
    }
    return offset
  }

  private static func splat(
    _ target: UnsafeMutableRawPointer, _ source: UnsafeMutableRawPointer, _ count: Int, _ bytes: Int
  ) {
    func repeated<E>(_ type: E.Type) {
      let value = source.assumingMemoryBound(to: E.self)[0]
      target.assumingMemoryBound(to: E.self).update(repeating: value, count: count)
    }
    switch bytes {
    case 1: repeated(UInt8.self)
    case 4: repeated(UInt32.self)
    default: repeated(UInt64.self)
    }
  }
}
