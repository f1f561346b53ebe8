/// The long short-term memory (Hochreiter and Schmidhuber 1997, with the forget gate of Gers 2000).
/// Gates stand in the order i, f, g, o, as in Keras and PyTorch:
///
/// i, f, o ← σ(x + h U + b); g ← tanh(x_g + h U_g + b_g); c ← f c + i g; h ← o tanh(c).
enum MemoryCell: Cell {
  static var gates: Int { 4 }
  static var parts: Int { 2 }
  static var slopes: Int { 4 }
  static var needsProduct: Bool { true }

  @inline(__always)
  static func forward<V: Lanes>(_ row: CellRow<V.Number>, _ unit: Int, _ count: Int, as: V.Type) {
    let i = row.sum(0, unit, as: V.self).sigmoid()
    let f = row.sum(1, unit, as: V.self).sigmoid()
    let g = row.sum(2, unit, as: V.self).tanh()
    let o = row.sum(3, unit, as: V.self).sigmoid()
    let c = f * V.load(row.memory + unit) + i * g
    let h = o * c.tanh()
    c.store(row.memory + unit, count)
    h.store(row.state + unit, count)
    h.store(row.output + unit, count)
    c.store(row.output + (row.units + unit), count)
  }

  @inline(__always)
  static func backward<V: Lanes>(_ row: SlopeRow<V.Number>, _ unit: Int, _ count: Int, as: V.Type) {
    let one = V.all(1)
    let i = row.sum(0, unit, as: V.self).sigmoid()
    let f = row.sum(1, unit, as: V.self).sigmoid()
    let g = row.sum(2, unit, as: V.self).tanh()
    let o = row.sum(3, unit, as: V.self).sigmoid()
    let t = V.load(row.state + (row.units + unit)).tanh()
    let dh = row.slope(unit, as: V.self)
    let said = V.load(row.gradient + (row.units + unit)) + V.load(row.memoryCarry + unit)
    let dc = said + dh * o * (one - t * t)
    row.store(dc * g * (i * (one - i)), 0, unit, count)
    row.store(dc * V.load(row.previousMemory + unit) * (f * (one - f)), 1, unit, count)
    row.store(dc * i * (one - g * g), 2, unit, count)
    row.store(dh * t * (o * (one - o)), 3, unit, count)
    V.all(0).store(row.carry + unit, count)
    (dc * f).store(row.memoryCarry + unit, count)
  }

  static func local(_ step: CellStep) throws -> [Tensor] {
    [
      try step.sum(0).sigmoid(), try step.sum(1).sigmoid(), try step.sum(2).tanh(),
      try step.sum(3).sigmoid(), try step.part(step.previous, 1),
      try step.part(step.state, 1).tanh(),
    ]
  }

  static func slopes(_ local: [Tensor], _ carried: [Tensor]) throws -> CellSlopes {
    let (i, f, g, o, last, t) = (local[0], local[1], local[2], local[3], local[4], local[5])
    let dh = carried[0]
    let dc = try carried[1].adding(dh.multiplying(o).multiplying(t.slopeOfTanh()))
    let slopes = [
      try dc.multiplying(g).multiplying(i.slopeOfSigmoid()),
      try dc.multiplying(last).multiplying(f.slopeOfSigmoid()),
      try dc.multiplying(i).multiplying(g.slopeOfTanh()),
      try dh.multiplying(t).multiplying(o.slopeOfSigmoid()),
    ]
    return CellSlopes(
      slopes: slopes, recurrent: slopes,
      carried: [try dh.multiplying(0), try dc.multiplying(f)])
  }
}
