/// The gated recurrent unit (Cho and others 2014) with the reset gate behind the product, as cuDNN,
/// PyTorch and Keras (`reset_after`) have it. Gates stand in Keras's order z, r, n:
///
/// z ← σ(x_z + h U_z + b_z); r ← σ(x_r + h U_r + b_r); n ← tanh(x_n + r (h U_n + b_n));
/// h ← z h + (1 − z) n.
enum GatedCell: Cell {
  static var gates: Int { 3 }
  static var parts: Int { 1 }
  /// Those of z, r, n, and that of h U_n + b_n.
  static var slopes: Int { 4 }
  static var needsProduct: Bool { true }

  @inline(__always)
  static func forward<V: Lanes>(_ row: CellRow<V.Number>, _ unit: Int, _ count: Int, as: V.Type) {
    let z = row.sum(0, unit, as: V.self).sigmoid()
    let r = row.sum(1, unit, as: V.self).sigmoid()
    let place = 2 * row.units + unit
    let inner = V.load(row.product + place) + V.load(row.bias + place)
    let n = (V.load(row.input + place) + r * inner).tanh()
    let h = n + z * (V.load(row.state + unit) - n)
    h.store(row.state + unit, count)
    h.store(row.output + unit, count)
  }

  @inline(__always)
  static func backward<V: Lanes>(_ row: SlopeRow<V.Number>, _ unit: Int, _ count: Int, as: V.Type) {
    let one = V.all(1)
    let z = row.sum(0, unit, as: V.self).sigmoid()
    let r = row.sum(1, unit, as: V.self).sigmoid()
    let place = 2 * row.units + unit
    let inner = V.load(row.product + place) + V.load(row.bias + place)
    let n = (V.load(row.input + place) + r * inner).tanh()
    let dh = row.slope(unit, as: V.self)
    let dn = dh * (one - z) * (one - n * n)
    row.store(dh * (V.load(row.previous + unit) - n) * (z * (one - z)), 0, unit, count)
    row.store(dn * inner * (r * (one - r)), 1, unit, count)
    dn.store(row.slopes + place, count)
    let inside = dn * r
    inside.store(row.slopes + (place + row.units), count)
    inside.store(row.recurrent + place, count)
    (dh * z).store(row.carry + unit, count)
  }

  static func local(_ step: CellStep) throws -> [Tensor] {
    let (z, r) = (try step.sum(0).sigmoid(), try step.sum(1).sigmoid())
    let inner = try step.part(step.product, 2)
    let n = try step.part(step.input, 2).adding(r.multiplying(inner)).tanh()
    return [z, r, inner, n, try step.part(step.previous, 0)]
  }

  static func slopes(_ local: [Tensor], _ carried: [Tensor]) throws -> CellSlopes {
    let (z, r, inner, n, last) = (local[0], local[1], local[2], local[3], local[4])
    let dn = try carried[0].multiplying(Tensor.difference(1, z)).multiplying(n.slopeOfTanh())
    let dz = try carried[0].multiplying(last.subtracting(n)).multiplying(z.slopeOfSigmoid())
    let dr = try dn.multiplying(inner).multiplying(r.slopeOfSigmoid())
    let inside = try dn.multiplying(r)
    return CellSlopes(
      slopes: [dz, dr, dn, inside], recurrent: [dz, dr, inside],
      carried: [try carried[0].multiplying(z)])
  }
}
