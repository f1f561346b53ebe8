import Glibc

/// Goes through sequences with a cell, forwards and backwards.
///
/// A tile is some rows of the batch with all their steps: state @ recurrent is one small matrix product
/// for each step, with the weights beside each other in scratch memory, and the gates follow while its
/// result is in the first-level cache.
struct RecurrentKernel<T: LaneNumber, C: Cell>: Sendable {
  let shape: RecurrentShape
  let isReversed: Bool
  let isMasked: Bool
  private let tiling: Tiling
  /// state @ recurrent, and slopes @ recurrentᵀ.
  private let product: PaddedProduct<T>
  private let back: PaddedProduct<T>

  /// Makes a kernel; `given` is how many operands stand before the mask.
  init(_ problem: Problem, given: Int) {
    shape = RecurrentShape(problem.inputs.map(\.shape), C.self)
    isReversed = RecurrentShape.isReversed(problem.attributes)
    isMasked = problem.inputs.count > given
    tiling = Tiling(rows: shape.batch)
    product = PaddedProduct(
      rows: tiling.rowsPerTile, inner: shape.units, columns: C.gates * shape.units)
    back = PaddedProduct(
      rows: tiling.rowsPerTile, inner: C.gates * shape.units, columns: shape.units)
  }

  private var size: Int { MemoryLayout<T>.stride }
  /// The elements of a row's sequence of inputs, of states, of slopes.
  private var inputRow: Int { shape.time * C.gates * shape.units }
  private var stateRow: Int { shape.time * C.parts * shape.units }
  private var slopeRow: Int { (shape.time + 1) * C.slopes * shape.units }

  /// Each tile's part of a buffer with so many bytes a row.
  private func tiled(_ bytes: Int) -> Access { .tiled(bytes: tiling.rowsPerTile * bytes) }

  /// The place in time of a step with a number.
  @inline(__always)
  private func time(_ step: Int) -> Int { isReversed ? shape.time - 1 - step : step }

  /// The work of the states: `[batch, time, parts · units]`.
  func forward() -> Work {
    let accesses = [
      tiled(stateRow * size), tiled(inputRow * size), .whole, .whole,
      tiled(C.parts * shape.units * size), tiled(shape.time),
    ]
    let scratch = Room.bytes(
      [product.weights, product.result, rowsOfUnits, rowsOfUnits], of: T.self)
    return Work(tiles: tiling.count, accesses: accesses, scratch: scratch + MatrixTile.scratch) {
      forward($0, $1)
    }
  }

  /// The work of the slopes: `[batch, time + 1, slopes · units]`; the last row of each sequence holds the
  /// gradient with respect to the initial state.
  func backward() -> Work {
    let accesses = [
      tiled(slopeRow * size), tiled(inputRow * size), .whole, .whole,
      tiled(C.parts * shape.units * size), tiled(stateRow * size), tiled(stateRow * size),
      tiled(shape.time),
    ]
    let counts = [
      product.weights, back.weights, product.result, back.result, C.gates * rowsOfUnits,
      rowsOfUnits, rowsOfUnits, rowsOfUnits,
    ]
    return Work(
      tiles: tiling.count, accesses: accesses,
      scratch: Room.bytes(counts, of: T.self) + MatrixTile.scratch
    ) { backward($0, $1) }
  }

  private var rowsOfUnits: Int { tiling.rowsPerTile * shape.units }

  private func forward(_ memory: Operands, _ tile: Int) {
    let (units, steps) = (shape.units, shape.time)
    let rows = tiling.range(tile)
    var room = Room(memory.scratch + MatrixTile.scratch)
    let weights = product.packed(memory.input(1, as: T.self), into: &room)
    let sums = room.take(product.result, of: T.self)
    let (h, c) = (room.take(rowsOfUnits, of: T.self), room.take(rowsOfUnits, of: T.self))
    let initial = memory.input(3, as: T.self)
    for (place, row) in rows.enumerated() {
      memcpy(h + place * units, initial + row * C.parts * units, units * size)
      if C.parts == 2 {
        memcpy(c + place * units, initial + (row * 2 + 1) * units, units * size)
      }
    }
    for step in 0..<steps {
      let time = time(step)
      product.multiply(h, weights, into: sums, rows: rows.count, memory.scratch)
      for (place, row) in rows.enumerated() {
        let at = row * steps + time
        let output = memory.output(as: T.self) + at * C.parts * units
        let (h, c) = (h + place * units, c + place * units)
        if isMasked && memory.input(4, as: UInt8.self)[at] == 0 {
          memcpy(output, h, units * size)
          if C.parts == 2 { memcpy(output + units, c, units * size) }
          continue
        }
        run(
          CellRow(
            units: units, input: memory.input(0, as: T.self) + at * C.gates * units,
            product: sums + place * product.columns, bias: memory.input(2, as: T.self),
            state: h, memory: c, output: output))
      }
    }
  }

  private func backward(_ memory: Operands, _ tile: Int) {
    let (units, steps) = (shape.units, shape.time)
    let rows = tiling.range(tile)
    var room = Room(memory.scratch + MatrixTile.scratch)
    let weights = product.packed(memory.input(1, as: T.self), into: &room)
    let turned = back.packedTransposed(memory.input(1, as: T.self), into: &room)
    let sums = room.take(product.result, of: T.self)
    let shares = room.take(back.result, of: T.self)
    let recurrent = room.take(C.gates * rowsOfUnits, of: T.self)
    let last = room.take(rowsOfUnits, of: T.self)
    let (dh, dc) = (room.take(rowsOfUnits, of: T.self), room.take(rowsOfUnits, of: T.self))
    memset(dh, 0, rowsOfUnits * size)
    memset(dc, 0, rowsOfUnits * size)
    for step in (0..<steps).reversed() {
      let time = time(step)
      for (place, row) in rows.enumerated() {
        memcpy(last + place * units, before(step, row, memory), units * size)
      }
      if C.needsProduct {
        product.multiply(last, weights, into: sums, rows: rows.count, memory.scratch)
      }
      for (place, row) in rows.enumerated() {
        let at = row * steps + time
        let states = at * C.parts * units
        let slope = SlopeRow(
          units: units, input: memory.input(0, as: T.self) + at * C.gates * units,
          product: sums + place * product.columns, bias: memory.input(2, as: T.self),
          previous: last + place * units,
          previousMemory: before(step, row, memory) + (C.parts - 1) * units,
          state: memory.input(4, as: T.self) + states,
          gradient: memory.input(5, as: T.self) + states,
          carry: dh + place * units, memoryCarry: dc + place * units,
          slopes: memory.output(as: T.self) + (at + row) * C.slopes * units,
          recurrent: recurrent + place * C.gates * units)
        if isMasked && memory.input(6, as: UInt8.self)[at] == 0 { pass(slope) } else { run(slope) }
      }
      back.multiply(recurrent, turned, into: shares, rows: rows.count, memory.scratch)
      for place in 0..<rows.count {
        add(shares + place * back.columns, to: dh + place * units)
      }
    }
    for (place, row) in rows.enumerated() {
      let target = memory.output(as: T.self) + ((row + 1) * (steps + 1) - 1) * C.slopes * units
      memset(target, 0, C.slopes * units * size)
      memcpy(target, dh + place * units, units * size)
      if C.parts == 2 { memcpy(target + units, dc + place * units, units * size) }
    }
  }

  /// The state of a row before a step.
  @inline(__always)
  private func before(_ step: Int, _ row: Int, _ memory: Operands) -> UnsafeMutablePointer<T> {
    let width = C.parts * shape.units
    if step == 0 { return memory.input(3, as: T.self) + row * width }
    return memory.input(4, as: T.self) + (row * shape.time + time(step - 1)) * width
  }

  @inline(__always)
  private func run(_ row: CellRow<T>) {
    for unit in stride(from: 0, to: shape.units, by: T.Lane.count) {
      C.forward(row, unit, min(T.Lane.count, shape.units - unit), as: T.Lane.self)
    }
  }

  @inline(__always)
  private func run(_ row: SlopeRow<T>) {
    for unit in stride(from: 0, to: shape.units, by: T.Lane.count) {
      C.backward(row, unit, min(T.Lane.count, shape.units - unit), as: T.Lane.self)
    }
  }

  /// A step that a mask leaves out: the gradient goes by.
  private func pass(_ row: SlopeRow<T>) {
    let units = shape.units
    memset(row.slopes, 0, C.slopes * units * size)
    memset(row.recurrent, 0, C.gates * units * size)
    add(row.gradient, to: row.carry)
    if C.parts == 2 { add(row.gradient + units, to: row.memoryCarry) }
  }

  @inline(__always)
  private func add(_ source: UnsafePointer<T>, to target: UnsafeMutablePointer<T>) {
    for unit in 0..<shape.units { target[unit] += source[unit] }
  }
}

/// The sizes of a recurrent operation.
struct RecurrentShape: Sendable {
  let batch: Int
  let time: Int
  let units: Int

  /// Reads the sizes of operands that fit the cell.
  init(_ operands: [Shape], _ cell: any Cell.Type) {
    (batch, time) = (operands[0][0], operands[0][1])
    units = operands[1][0]
  }

  /// Whether a sequence is gone through from its end.
  static func isReversed(_ attributes: Attributes) -> Bool { attributes.steps == [-1] }
}
